package import Laboratory
import Wording

/// When the terms of a report were settled: before its results, or after how many of them.
package struct Registration: Hashable, Codable, Sendable {
  /// Terms that took the place of others.
  package struct Change: Hashable, Codable, Sendable {
    /// What changed, as `settings.margin: 1 → 5`.
    package let fields: [String]
    /// How many results were in the store by then.
    package let present: Int
  }

  /// How many results the report needs.
  package let results: Int
  /// How many of them were in the store when the first terms were stated.
  package let present: Int
  /// Later terms, in their order.
  package let changes: [Change]

  /// What `statements` about the same results tell, of which the last has the present terms.
  package init(of statements: [Statement]) {
    precondition(!statements.isEmpty, "terms that nobody stated are not registered")
    results = statements[statements.count - 1].results
    present = statements[0].present
    changes = zip(statements, statements.dropFirst()).map { before, after in
      Change(fields: after.changes(since: before).map(\.description), present: after.present)
    }
  }

  /// Whether the terms were stated before any result was there, and are the same still.
  package var isBefore: Bool { present == 0 && changes.isEmpty }

  /// When the terms were settled, in a sentence without its full stop.
  package var words: String {
    let first =
      present == 0
      ? "registered before the first of \(Format.count(results, "result"))"
      : "registered when \(amount(present)) there already"
    return
      ([first]
      + changes.map {
        "then changed (\($0.fields.joined(separator: ", "))) when \(amount($0.present)) there"
      }).joined(separator: "; ")
  }

  private func amount(_ count: Int) -> String {
    count == results && count > 1
      ? "all \(Format.count(results, "result")) were"
      : "\(Format.count(count)) of \(Format.count(results, "result")) \(count == 1 ? "was" : "were")"
  }
}
