import Statistics
import Testing

@Suite struct AssociationTests {
  /// `numpy.corrcoef` (NumPy 2.4.6) of these lists is 0.873333764609373.
  @Test func correlation() throws {
    let association = try Association(x: [1, 2, 3, 4], y: [2, 1, 4, 6])
    #expect(agree(try #require(association.correlation), 0.873333764609373))
    // Σxy / Σx² = (2 + 2 + 12 + 24) / 30.
    #expect(agree(try #require(association.slopeThroughOrigin), 40.0 / 30))
    // |y − x| over means: 1/1.5, 1/1.5, 1/3.5, 2/5.
    #expect(
      agree(try #require(association.medianRelativeDifference), (2.0 / 3 + 0.4) / 2))
  }

  @Test func whatHasNoAnswerHasNone() throws {
    let constant = try Association(x: [0, 0], y: [0, 0])
    #expect(constant.correlation == nil)
    #expect(constant.medianRelativeDifference == nil)
    #expect(try Association.coefficientOfVariation([-1, 1]) == nil)
    #expect(throws: StatisticsError.self) { try Association(x: [1, 2], y: [1, 2, 3]) }
  }

  @Test func variation() throws {
    #expect(try Association.coefficientOfVariation([2, 2, 2]) == 0)
    // Mean 2, deviations 1 with divisor n.
    #expect(agree(try #require(try Association.coefficientOfVariation([1, 3])), 0.5))
  }
}
