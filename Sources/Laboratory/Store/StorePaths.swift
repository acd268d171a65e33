/// Every path of a store.
package struct StorePaths: Hashable, Sendable {
  /// The store's own folder.
  package let root: String

  /// `artifacts/<kind>/<first two of key>/<key>/`.
  var artifacts: String { "\(root)/artifacts" }
  func kind(_ kind: String) -> String { "\(artifacts)/\(kind)" }
  func shelf(_ prefix: String, kind: String) -> String { "\(self.kind(kind))/\(prefix)" }
  func artifact(_ key: Key, kind: String) -> String {
    "\(shelf(String(key.description.prefix(2)), kind: kind))/\(key)"
  }

  /// The recipe within an artifact's folder.
  static let recipe = "recipe.json"
  /// The record within an artifact's folder.
  static let record = "record.json"

  /// `checkpoints/<key>/`: what lets a long piece of work resume.
  var checkpoints: String { "\(root)/checkpoints" }
  func checkpoints(of key: Key) -> String { "\(checkpoints)/\(key)" }

  /// `claims/<key>`: who works on an artifact.
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

  /// `images/<digest>.images`: folders of images, decoded once.
  package var images: String { "\(root)/images" }

  /// `plans/<suite>.json`: the last plan of each suite.
  var plans: String { "\(root)/plans" }
  func plan(suite: String) -> String { "\(plans)/\(suite).json" }

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
