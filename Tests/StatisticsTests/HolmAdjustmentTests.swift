import Randomness
import Statistics
import Testing

@Suite struct HolmAdjustmentTests {
  @Test func agreesWithTheHand() throws {
    // Sorted 0.005, 0.01, 0.03, 0.04 times 4, 3, 2, 1: 0.02, 0.03, 0.06, 0.04, which may not fall.
    #expect(try holmAdjusted([0.01, 0.04, 0.03, 0.005]) == [0.03, 0.06, 0.06, 0.02])
    #expect(try holmAdjusted([0.02, 0.02, 0.5]) == [0.06, 0.06, 0.5])
    #expect(try holmAdjusted([0.6, 0.9, 0]) == [1, 1, 0])
    #expect(try holmAdjusted([0.3]) == [0.3])
    #expect(try holmAdjusted([]) == [])
  }

  @Test func refusesWhatIsNoPValue() {
    #expect(
      throws: StatisticsError.parameterOutside(
        name: "the p-value at index 1", value: 1.5, allowed: "between 0 and 1")
    ) { try holmAdjusted([0.1, 1.5]) }
    #expect(throws: StatisticsError.self) { try holmAdjusted([.nan]) }
    #expect(throws: StatisticsError.self) { try holmAdjusted([-0.1]) }
  }

  @Test func liesBetweenTheValuesAndBonferronis() throws {
    var stream = RandomStream(StreamPath(seed: 16) / "Holm")
    for _ in 0..<200 {
      let values = (0..<6).map { _ in stream.uniform() }
      for (value, adjusted) in zip(values, try holmAdjusted(values)) {
        #expect(value <= adjusted && adjusted <= min(1, 6 * value))
      }
    }
  }

  /// Under five true nulls some adjusted value falls below α with a chance of 1 − (1 − α/5)⁵.
  @Test func keepsTheFamilyWiseErrorRate() throws {
    var stream = RandomStream(StreamPath(seed: 16) / "family-wise error")
    let errors = try (0..<4000).count { _ in
      try holmAdjusted((0..<5).map { _ in stream.uniform() }).contains { $0 < 0.1 }
    }
    #expect(isPlausible(errors, of: 4000, probability: 1 - 0.9039207968))
  }
}
