import Wording

/// A term of a report that another one has otherwise.
struct TermChange: Equatable, Sendable {
  /// Where it stands: `settings.margin`, with numbers from 1 for what is in lists.
  let path: String
  /// Its values in words; "–" where a report has none.
  let before, after: String

  /// The terms that differ, sorted by their paths; when and where something ran, and when the terms were
  /// registered, the report's tables tell.
  static func between(_ before: JSON, _ after: JSON) -> [TermChange] {
    let (old, new) = (leaves(of: before), leaves(of: after))
    return Set(old.keys).union(new.keys).sorted {
      $0.localizedStandardCompare($1) == .orderedAscending
    }
    .filter { path in
      !["provenance.", "registration."].contains(where: path.hasPrefix) && old[path] != new[path]
    }
    .map {
      TermChange(path: $0, before: old[$0] ?? Format.missing, after: new[$0] ?? Format.missing)
    }
  }

  /// The values within `value` by their paths; a list of plain values is one.
  private static func leaves(of value: JSON, at path: String = "") -> [String: String] {
    func below(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    switch value {
    case .members(let members):
      return members.reduce(into: [:]) { $0.merge(leaves(of: $1.value, at: below($1.key))) { $1 } }
    case .list(let values):
      let words = values.compactMap(words)
      guard words.count < values.count else { return [path: words.joined(separator: ", ")] }
      return values.enumerated().reduce(into: [:]) {
        $0.merge(leaves(of: $1.element, at: below("\($1.offset + 1)"))) { $1 }
      }
    default: return words(value).map { [path: $0] } ?? [:]
    }
  }

  /// A plain value in words; `nil` for nothing, lists and members.
  private static func words(_ value: JSON) -> String? {
    switch value {
    case .null, .list, .members: nil
    case .flag(let flag): "\(flag)"
    case .whole(let number): "\(number)"
    case .large(let number): "\(number)"
    case .number(let number): "\(number)"
    case .text(let text): text
    }
  }
}
