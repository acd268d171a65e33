import Tensors
import Testing

/// Against SciPy 1.17.1 (rank_correlation.py), and against all pairs counted one by one.
@Suite struct RankCorrelationTests {
  private static func tensor(_ values: [Int], over divisor: Double = 1) throws -> Tensor {
    try Tensor(values.map { Double($0) / divisor }, shape: [values.count])
  }

  private static func correlation(_ x: [Int], _ y: [Int]) throws -> RankCorrelation {
    try #require(try RankCorrelation([tensor(x)], [tensor(y)]))
  }

  private static func ties(_ count: Int) -> (x: [Int], y: [Int]) {
    let x = (0..<count).map { $0 * 7919 % 1009 }
    return (x.map { $0 - 500 }, x.enumerated().map { $0 * $0 % 613 + $1 / 2 })
  }

  @Test("ties, permutations and a million of both, as SciPy has them")
  func reference() throws {
    func expect(
      _ found: RankCorrelation, _ spearman: Double, _ kendall: Double,
      _ place: SourceLocation = #_sourceLocation
    ) {
      #expect(abs(found.spearman - spearman) < 1e-14, "\(found)", sourceLocation: place)
      #expect(abs(found.kendall - kendall) < 1e-14, "\(found)", sourceLocation: place)
    }
    let ties = Self.ties(5000)
    expect(
      try Self.correlation(ties.x, ties.y), 0.5879401268182918, 0.4131317683744003)
    let p = 10_007
    expect(
      try Self.correlation((0..<p).map { $0 * 5 % p }, (0..<p).map { $0 * $0 * $0 % p }),
      -0.0036979011633787116, -0.002449075173662665)
    let n = 1_000_003
    let x = (0..<n).map { $0 * 5 % n }
    expect(
      try Self.correlation(x, (0..<n).map { $0 % 3 == 0 ? $0 * $0 % 1013 : -x[$0] }),
      -0.44444913729480096, -0.4444959886990863)
  }

  /// τ_b of all pairs.
  private static func kendall(_ x: [Int], _ y: [Int]) -> Double {
    var (score, untiedX, untiedY) = (0, 0, 0)
    for i in x.indices {
      for j in 0..<i {
        let (a, b) = ((x[i] - x[j]).signum(), (y[i] - y[j]).signum())
        score += a * b
        untiedX += abs(a)
        untiedY += abs(b)
      }
    }
    return Double(score) / (Double(untiedX) * Double(untiedY)).squareRoot()
  }

  @Test("every length up to 40 agrees with pairs counted one by one", arguments: 3...40)
  func pairs(count: Int) throws {
    let x = (0..<count).map { $0 * 37 % 11 }
    let y = (0..<count).map { $0 * 53 % 7 - $0 % 3 }
    let found = try Self.correlation(x, y)
    #expect(abs(found.kendall - Self.kendall(x, y)) < 1e-14)
    #expect(found.kendall != Self.kendall(x, x.reversed()), "the reference can differ")
  }

  @Test("float32 and float64, in one part or in several, give the same")
  func parts() throws {
    let (x, y) = Self.ties(900)
    let whole = try Self.correlation(x, y)
    let narrow = try Tensor(x.map { Float($0) / 8 }, shape: [30, 30])
    let split = try [y[..<100], y[100...]].map { try Self.tensor(Array($0)) }
    #expect(try RankCorrelation([narrow], [Self.tensor(y)]) == whole)
    let first = try [x[..<100], x[100...]].map { try Self.tensor(Array($0), over: 8) }
    #expect(try RankCorrelation(first, split) == whole)
  }

  @Test("equal orders are 1, opposite ones −1, and 0 equals −0")
  func bounds() throws {
    let rising = Array(-20..<20)
    let same = try Self.correlation(rising, rising.map { 3 * $0 + 1 })
    #expect(same.spearman == 1 && same.kendall == 1)
    let opposite = try Self.correlation(rising, rising.map { -$0 })
    #expect(opposite.spearman == -1 && opposite.kendall == -1)
    let zeros = try Tensor([-0.0, 0.0, 1.0, -1.0], shape: [4])
    let tied = try Tensor([2.0, 2.0, 3.0, 1.0], shape: [4])
    let found = try #require(try RankCorrelation([zeros], [tied]))
    #expect(found.spearman == 1 && found.kendall == 1)
  }

  @Test("a constant list has no correlation; lists of other lengths have none either")
  func refused() throws {
    let constant = try Tensor([Float](repeating: 2, count: 5), shape: [5])
    let rising = try Self.tensor([1, 2, 3, 4, 5])
    #expect(try RankCorrelation([constant], [rising]) == nil)
    #expect(try RankCorrelation([rising], [constant]) == nil)
    #expect(throws: TensorError.self) { try RankCorrelation([rising], [Self.tensor([1, 2])]) }
  }
}
