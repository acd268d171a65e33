import Ablations
import Networks
import Recipes
import Testing

@Suite struct ReinitializeTests {
  private typealias Audit = TrainingResult.Reinitialization

  @Test func freshWeightsDifferInEveryKeptWeight() throws {
    let mask = mask([30, 20, 5])
    let audit = try Audit(of: weights(seed: 1), to: weights(seed: 2), under: mask)
    #expect(audit == Audit(differing: 55, kept: 55))
  }

  @Test func theAuditSeesWeightsThatWereNotDrawnAnew() throws {
    let mask = mask([30, 20, 5])
    #expect(
      try Audit(of: weights(seed: 1), to: weights(seed: 1), under: mask)
        == Audit(differing: 0, kept: 55))
  }

  @Test func prunedWeightsDoNotCount() throws {
    let mask = mask([1, 0, 0])
    #expect(
      try Audit(of: weights(seed: 1), to: weights(seed: 2), under: mask)
        == Audit(differing: 1, kept: 1))
    // Equal where kept, different where pruned.
    let masked = try weights(seed: 1).masked(by: mask)
    #expect(try Audit(of: weights(seed: 1), to: masked, under: mask).differing == 0)
  }
}
