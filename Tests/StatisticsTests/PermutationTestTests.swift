import Randomness
import Statistics
import Testing

@Suite struct PairedPermutationTestTests {
  private func test(_ differences: [Double], draws: Int = 1) throws -> PairedPermutationTest {
    var stream = RandomStream(StreamPath(seed: 53) / "paired")
    return try PairedPermutationTest(differences: differences, draws: draws, stream: &stream)
  }

  @Test(arguments: try NonparametricReference.load().paired)
  func agreesWithSciPy(row: NonparametricReference.Permutation) throws {
    let test = try test(row.first)
    #expect(test.isExact && test.arrangements == 1 << row.first.count)
    #expect(agree(test.pValue, row.pValue))
  }

  /// Of 32 equal differences only two of 2³² flips are as extreme; random ones cannot say less than 1/(m + 1).
  @Test func randomFlipsNeverGiveZero() throws {
    let test = try test(Array(repeating: 0.1, count: 32), draws: 999)
    #expect(!test.isExact && test.arrangements == 1000 && test.pValue == 0.001)
  }

  /// 24 differences ±1 of which 16 are positive: p is that of the sign test, 0.1516.
  @Test func randomFlipsAgreeWithTheBinomial() throws {
    let differences = (0..<24).map { $0 < 16 ? 1.0 : -1.0 }
    let test = try test(differences, draws: 4000)
    let exact = try SignTest(differences: differences).pValue
    #expect(isPlausible(Int(test.pValue * 4001), of: 4001, probability: exact))
  }

  @Test func zerosSayNothing() throws {
    #expect(try test([0, 0, 0]).pValue == 1)
    #expect(try test([0.4]).pValue == 1)
    #expect(try test([0.1, 0.2, 0.3]).pValue == 0.25)
    #expect(try test(Array(repeating: 0, count: 30), draws: 10).pValue == 1)
  }

  @Test func refusesNothingAndNoDraws() {
    #expect(throws: StatisticsError.self) { try test([]) }
    #expect(throws: StatisticsError.self) { try test([.infinity]) }
    #expect(throws: StatisticsError.self) { try test([1], draws: 0) }
  }
}

@Suite struct TwoSamplePermutationTestTests {
  private func test(
    _ first: [Double], _ second: [Double], draws: Int = 1
  ) throws -> TwoSamplePermutationTest {
    var stream = RandomStream(StreamPath(seed: 53) / "two samples")
    return try TwoSamplePermutationTest(first, second, draws: draws, stream: &stream)
  }

  @Test(arguments: try NonparametricReference.load().groups)
  func agreesWithSciPy(row: NonparametricReference.Permutation) throws {
    let test = try test(row.first, row.second)
    #expect(test.isExact && agree(test.pValue, row.pValue))
    #expect(agree(try self.test(row.second, row.first).pValue, row.pValue))
  }

  /// Eight of each kind in groups of 12 and 12: the hypergeometric p of Fisher's test.
  @Test func randomAssignmentsAgreeWithFisher() throws {
    let first = (0..<12).map { $0 < 8 ? 1.0 : 0 }
    let second = (0..<12).map { $0 < 4 ? 1.0 : 0 }
    let test = try test(first, second, draws: 4000)
    #expect(!test.isExact && test.arrangements == 4001)
    let exact = try FisherExactTest(8, 4, 4, 8).pValue
    #expect(isPlausible(Int(test.pValue * 4001), of: 4001, probability: exact))
  }

  @Test func countsAllAssignmentsUpToItsLimit() throws {
    // C(6, 3): the observed assignment and its mirror.
    let apart = try test([1, 2, 3], [7, 8, 9])
    #expect(apart.arrangements == 20 && agree(apart.pValue, 0.1))
    #expect(try test([1, 1], [1, 1, 1]).pValue == 1)
    #expect(try test([1], [2]).pValue == 1)
    let far = try test(Array(repeating: 0, count: 40), Array(repeating: 1, count: 40), draws: 99)
    #expect(far.pValue == 0.01)
  }

  @Test func refusesNothingAndNoDraws() {
    #expect(throws: StatisticsError.self) { try test([], [1]) }
    #expect(throws: StatisticsError.self) { try test([1], [.nan]) }
    #expect(throws: StatisticsError.self) { try test([1], [2], draws: 0) }
  }
}
