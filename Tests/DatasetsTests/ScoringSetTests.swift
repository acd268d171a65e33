import Datasets
import Randomness
import Readers
import Recipes
import Tensors
import Testing

@Suite struct ScoringSetTests {
  private let data: Dataset

  init() throws {
    data = try Dataset(
      specification(synthetic(dimension: 12), validation: 40), paths: [:])
  }

  private func set(
    _ examples: ScoringSpecification.Examples, batchSize: Int = 1000, seed: UInt64 = 1
  ) throws -> [Batch] {
    try data.scoringSet(
      ScoringSpecification(examples: examples, batchSize: batchSize, mode: .eval),
      stream: StreamPath(seed: seed) / "scoring")
  }

  private func labels(_ batches: [Batch]) throws -> [Int] {
    try batches.flatMap { try $0.labels.elements(of: Int64.self).map { Int($0) } }
  }

  @Test func classesAreBalancedInEveryBatch() throws {
    let batches = try set(.perClass(5), batchSize: 8)
    #expect(batches.map(\.labels.count) == [8, 8, 4])
    #expect(histogram(try labels(batches), classes: 4) == [5, 5, 5, 5])
    for batch in batches.dropLast() {
      #expect(histogram(try labels([batch]), classes: 4) == [2, 2, 2, 2])
    }
  }

  @Test func totalsAreExact() throws {
    #expect(try set(.total(23), batchSize: 10).map(\.labels.count) == [10, 10, 3])
    #expect(try set(.total(80)).map(\.labels.count) == [80])
  }

  @Test(arguments: [ScoringSpecification.Examples.perClass(8), .total(60)])
  func examplesAreOfTheTrainingSplitAndOnceEach(examples: ScoringSpecification.Examples) throws {
    let rows = try set(examples, batchSize: 7).flatMap { try $0.rows }
    #expect(Set(rows).count == rows.count)
    #expect(Set(rows).isSubset(of: Set(try data.rows(of: .train))))
    #expect(Set(rows).isDisjoint(with: Set(try data.rows(of: .validation))))
  }

  @Test func labelsBelongToTheirInputs() throws {
    let known = Dictionary(
      uniqueKeysWithValues: zip(try data.rows(of: .train), try data.classes(of: .train)))
    let batches = try set(.total(30), batchSize: 9)
    #expect(try batches.flatMap { try $0.rows }.map { known[$0] } == labels(batches))
  }

  @Test func theSameStreamGivesTheSameSet() throws {
    func rows(_ seed: UInt64) throws -> [[Float]] { try set(.perClass(6), seed: seed)[0].rows }
    #expect(try rows(1) == rows(1))
    #expect(try Set(rows(1)) != Set(rows(2)))
  }

  @Test func tooFewIsAnErrorThatCounts() throws {
    #expect(throws: DatasetError.tooFew(wanted: 81, present: 80, what: "examples")) {
      try set(.total(81))
    }
    let fewest = histogram(try data.classes(of: .train), classes: 4).min()!
    #expect(try set(.perClass(fewest))[0].labels.count == 4 * fewest)
    let error = #expect(throws: DatasetError.self) { try set(.perClass(fewest + 1)) }
    guard case .tooFew(fewest + 1, fewest, let what) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(what.hasPrefix("examples of class "))
  }
}
