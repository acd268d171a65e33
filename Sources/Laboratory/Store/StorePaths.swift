import Digests

/// Every path of a store.
package struct StorePaths: Hashable, Sendable {
  /// The store's own folder.
  package let root: String

  /// The file that tells a store from other folders.
  static let marker = "espalier-store"
  var marker: String { "\(root)/\(StorePaths.marker)" }

  /// The store's main folders.
  var folders: [String] { [artifacts, checkpoints, claims, temporary, plans, statements] }

  /// `artifacts/<kind>/<first two of key>/<key>/`.
  var artifacts: String { "\(root)/artifacts" }
  func kind(_ kind: String) -> String { "\(artifacts)/\(kind)" }
  func shelf(_ prefix: String, kind: String) -> String { "\(self.kind(kind))/\(prefix)" }
  static func isShelf(_ name: String) -> Bool {
    name.utf8.count == 2 && name.utf8.allSatisfy("0123456789abcdef".utf8.contains)
  }
  func artifact(_ key: Key, kind: String) -> String {
    "\(shelf(String(key.description.prefix(2)), kind: kind))/\(key)"
  }

  /// The recipe within an artifact's folder.
  static let recipe = "recipe.json"
  /// The record within an artifact's folder.
  static let record = "record.json"
  static let reserved: Set<String> = [recipe, record]

  /// `checkpoints/<key>/`: what lets a walk resume.
  var checkpoints: String { "\(root)/checkpoints" }
  func checkpoints(of key: Key) -> String { "\(checkpoints)/\(key)" }

  /// `claims/<key>`: who works on a walk.
  var claims: String { "\(root)/claims" }
  func claim(on key: Key) -> String { "\(claims)/\(key)" }

  /// `temporary/<purpose>.<owner>.<random>`: what is not whole yet, or being deleted.
  var temporary: String { "\(root)/temporary" }

  /// A new name below `temporary` that tells whose it is, so that only its owner's death makes it
  /// garbage.
  func newTemporary(for purpose: String) -> String {
    let random = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    return "\(temporary)/\(purpose).\(Owner.current.tag).\(random)"
  }

  /// The owner that the name of something below `temporary` tells; nil for names not made here.
  static func owner(ofTemporary name: String) -> Owner? {
    let parts = name.split(separator: ".")
    return parts.count == 3 ? Owner(tag: String(parts[1])) : nil
  }

  /// Whether the store makes such a name in one of its main folders.
  func makes(_ name: String, in folder: String) -> Bool {
    switch folder {
    case artifacts: (try? Plan.check(name: name, use: "artifact kind")) != nil
    case checkpoints, claims, statements: Key(name) != nil
    case temporary: StorePaths.owner(ofTemporary: name) != nil
    case plans: name.hasSuffix(".json")
    default: false
    }
  }

  /// `plans/<suite>.json`: the last plan of each suite.
  var plans: String { "\(root)/plans" }
  func plan(suite: String) -> String { "\(plans)/\(suite).json" }

  /// `statements/<key>/<number>.json`: what was stated about results, and when.
  var statements: String { "\(root)/statements" }
  func statements(about key: Key) -> String { "\(statements)/\(key)" }

  /// Where the store is unless told otherwise: `$ESPALIER_STORE`, else `espalier` below
  /// `$XDG_CACHE_HOME`, else `~/.cache/espalier`.
  package static func defaultRoot(environment: [String: String]) -> String {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let store = value("ESPALIER_STORE") { return store }
    // The XDG specification has relative paths ignored.
    if let cache = value("XDG_CACHE_HOME"), cache.hasPrefix("/") { return "\(cache)/espalier" }
    return "\(value("HOME") ?? ".")/.cache/espalier"
  }
}
