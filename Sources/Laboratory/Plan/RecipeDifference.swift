package import Foundation

/// A field of a recipe whose value differs between two recipes.
package struct FieldChange: Hashable, Sendable, CustomStringConvertible {
  /// Where the value stands, such as `training.optimizer.momentum` or `densities[2]`.
  package let path: String
  /// The old value as JSON; nil where the field is new.
  package let old: String?
  /// The new value as JSON; nil where the field is gone.
  package let new: String?

  /// The change as `path: old → new`.
  package var description: String { "\(path): \(old ?? "none") → \(new ?? "none")" }

  /// The leaves in which two recipes differ, in the order of their paths.
  ///
  /// Recipes that differ in no leaf, but in their bytes, differ in the path `recipe`.
  package static func between(_ old: Data, and new: Data) -> [FieldChange] {
    guard old != new else { return [] }
    let old = (try? JSONDecoder().decode(JSONTree.self, from: old))?.leaves() ?? [:]
    let new = (try? JSONDecoder().decode(JSONTree.self, from: new))?.leaves() ?? [:]
    let changes = Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }
      .map { FieldChange(path: $0, old: old[$0], new: new[$0]) }
    // Other spellings of the same values are other bytes, hence another key.
    return changes.isEmpty ? [FieldChange(path: "recipe", old: "another", new: "this")] : changes
  }
}

/// JSON of unknown shape.
private enum JSONTree: Decodable {
  case object([String: JSONTree])
  case array([JSONTree])
  case leaf(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let object = try? container.decode([String: JSONTree].self) {
      self = .object(object)
    } else if let array = try? container.decode([JSONTree].self) {
      self = .array(array)
    } else if let text = try? container.decode(String.self) {
      self = .leaf("\"\(text)\"")
    } else if let flag = try? container.decode(Bool.self) {
      self = .leaf(String(flag))
    } else if let whole = try? container.decode(Int64.self) {
      self = .leaf(String(whole))
    } else if let number = try? container.decode(Double.self) {
      self = .leaf("\(number)")
    } else {
      self = .leaf("null")
    }
  }

  func leaves(at path: String = "") -> [String: String] {
    var leaves: [String: String] = [:]
    switch self {
    case .leaf(let text): leaves[path.isEmpty ? "recipe" : path] = text
    case .object(let members):
      for (name, member) in members {
        leaves.merge(member.leaves(at: path.isEmpty ? name : "\(path).\(name)")) { $1 }
      }
      if members.isEmpty { leaves[path] = "{}" }
    case .array(let items):
      for (index, item) in items.enumerated() {
        leaves.merge(item.leaves(at: "\(path)[\(index)]")) { $1 }
      }
      if items.isEmpty { leaves[path] = "[]" }
    }
    return leaves
  }
}
