import Foundation
import Laboratory
import Statistics

/// What a suite states in the store before its first run.
struct StatedTerms<Settings: Encodable>: Encodable {
  let question: String
  let replicates: Int
  let looks: Looks?
  let settings: Settings

  init<A: Analysis>(_ analysis: A, _ suite: Suite, _ plan: AnalysisPlan<A.Cell>) throws
  where A.Settings == Settings {
    question = suite.question
    replicates = suite.replicates
    looks = suite.looks
    settings = try analysis.settings(suite, plan)
  }

  /// The statement about `results`, of which some are `present`.
  func statement(about results: Set<Key>, having present: Set<Key>) throws -> Statement {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Statement(
      text: String(decoding: try encoder.encode(self), as: UTF8.self),
      present: results.intersection(present).count, results: results.count)
  }
}

/// How many replicates stated terms ask for.
struct StatedDesign: Hashable, Decodable {
  /// `nil` in statements of versions that did not tell it.
  let replicates: Int?
  let looks: Looks?

  /// The design that has α to spend: the last one that was stated before any result was there, or the first.
  ///
  /// Whoever adds replicates after a look at the results adds none of α.
  static func registered(by statements: [Statement]) throws -> StatedDesign? {
    guard let statement = statements.last(where: { $0.present == 0 }) ?? statements.first else {
      return nil
    }
    return try JSONDecoder().decode(StatedDesign.self, from: Data(statement.text.utf8))
  }
}

extension Terms {
  /// The terms of what `records` have of `plan`, as `store` knows them to be stated.
  init<A: Analysis>(
    _ analysis: A, _ suite: Suite, _ plan: AnalysisPlan<A.Cell>, _ records: Records, in store: Store
  ) throws where A.Settings == Settings {
    try self.init(analysis, suite, plan, records)
    try register(store.statements(analysis, suite, plan, having: records.keys))
  }

  /// Takes what was stated about the results, these terms last.
  mutating func register(_ statements: [Statement]) throws {
    guard let registered = try StatedDesign.registered(by: statements) else { return }
    registration = Registration(of: statements)
    guard registered != StatedDesign(replicates: replicates, looks: looks) else { return }
    // One replicate decides nothing, so that no look was taken at it.
    guard let count = registered.replicates, count > 1 else { return }
    looks = try registered.looks ?? Looks([count])
  }
}

extension Terms {
  /// The rows that these terms judge: those of the looks that α is spent at, whatever the suite asks for by now.
  func rows<A: Analysis>(
    _ analysis: A, _ suite: Suite, _ plan: AnalysisPlan<A.Cell>, _ records: Records
  ) throws -> [A.Row] where A.Settings == Settings {
    var judged = suite
    judged.looks = looks
    return try analysis.rows(judged, plan.cells, records)
  }
}

extension Store {
  /// What was stated about the results of `suite`, its present terms last.
  func statements<A: Analysis>(
    _ analysis: A, _ suite: Suite, _ plan: AnalysisPlan<A.Cell>, having present: Set<Key>
  ) throws -> [Statement] {
    let stated = try StatedTerms(analysis, suite, plan)
      .statement(about: plan.results, having: present)
    let earlier = try statements(about: plan.registered)
    return earlier.last?.text == stated.text ? earlier : earlier + [stated]
  }
}

extension AnalysisPlan where Cell: AnalysisCell {
  /// What its report is made of.
  var results: Set<Key> { Set(cells.flatMap(\.keys)) }

  /// What its terms are stated about: the results of the first replicate, which are the same however many there are.
  var registered: Key { Key(of: Set(first.flatMap(\.keys))) }
}
