import Foundation
import Randomness
import Statistics
import Testing

@Suite struct DesignForecastTests {
  private typealias Chain = DesignForecast.Chain

  private func forecast(
    _ chains: [Chain], _ sizes: [Int], trials: Int = 100, _ name: String
  ) throws -> DesignForecast {
    var stream = RandomStream(StreamPath(seed: 39) / name)
    return try DesignForecast(
      of: chains, Looks(sizes), DecisionRule(margin: 0.5, alpha: 0.05), trials: trials, &stream)
  }

  /// The power of two one-sided t-tests at five replicates of sd σ about zero, by the law of their variance:
  ///
  ///     ∫ f(x) max(0, 2Φ((m − t s/√5) √5/σ) − 1) dx,   s² = σ² x/4, f(x) = x e^(−x/2) / 4 of χ² with 4 df,
  ///
  /// t = 2.1318 the 95 % point at 4 df.
  private func power(_ deviation: Double) -> Double {
    let step = 0.001
    return (0..<60_000).reduce(0) { sum, index in
      let x = (Double(index) + 0.5) * step
      let z = 0.5 * 5.0.squareRoot() / deviation - 2.131846786 * (x / 4).squareRoot()
      // 2Φ(z) − 1 = erf(z / √2)
      return sum + step * x * exp(-x / 2) / 4 * max(0, erf(z / 2.0.squareRoot()))
    }
  }

  @Test(arguments: [0.2, 0.35, 0.5])
  func oneDensityAtOneLookHasTheTestsPower(deviation: Double) throws {
    let trials = 1000
    let chain = Chain(arms: ["a", "b"], deviations: [deviation])
    let found = try forecast([chain], [5], trials: trials, "one \(deviation)")
    let shown = Int((found.power[0][0] * Double(trials)).rounded())
    #expect(isPlausible(shown, of: trials, probability: power(deviation)))
    #expect(agree(found.shares[0], found.power[0][0]))
    #expect(agree(found.replicates, 5))
  }

  /// The closed form itself, at its ends and by a value in between that other densities do not have.
  @Test func theClosedFormFallsFromOneToZero() {
    #expect(power(0.01) > 0.9999 && power(2) < 0.001)
    #expect(
      !isPlausible(
        Int(1000 * power(0.2)), of: 1000, probability: power(0.35)))
  }

  @Test func whatHardlySpreadsIsDecidedAtTheFirstLook() throws {
    let chains = (0..<3).map { Chain(arms: ["control", "\($0)"], deviations: [1e-6, 1e-3]) }
    let found = try forecast(chains, [5, 8, 12], "precise")
    #expect(found.power.joined().allSatisfy { agree($0, 1) })
    #expect(found.shares.allSatisfy { agree($0, 1) })
    #expect(agree(found.replicates, 5))
  }

  @Test func whatSpreadsWidelyGoesOnToTheLast() throws {
    let chains = (0..<3).map { Chain(arms: ["control", "\($0)"], deviations: [3, 3]) }
    let found = try forecast(chains, [5, 8, 12], "wide")
    #expect(found.power.joined().allSatisfy { $0 == 0 })
    #expect(found.shares == [0, 0, 0])
    // The few that seem to lie beyond the margin end before.
    #expect(11.8 < found.replicates && found.replicates <= 12 * (1 + 1e-9))
  }

  @Test func anArmGoesOnWhileAComparisonWithItIsOpen() throws {
    let sure = Chain(arms: ["control", "sure"], deviations: [1e-6])
    let never = Chain(arms: ["control", "never"], deviations: [3])
    let apart = Chain(arms: ["other", "sure"], deviations: [1e-6])
    // Control and "never" have 20, "sure" 5; then "other" has 5 as well.
    let together = try forecast([sure, never], [5, 20], "arms").replicates
    #expect(abs(together - (20 + 20 + 5) / 3) < 0.5)
    let separate = try forecast([apart, never], [5, 20], "arms").replicates
    #expect(abs(separate - (20 + 20 + 5 + 5) / 4) < 0.5)
  }

  @Test func whatIsShownGrowsFromLookToLook() throws {
    let chain = Chain(arms: ["a", "b"], deviations: SimulatedSuite.ladder(from: 0.15, to: 0.6))
    let found = try forecast(Array(repeating: chain, count: 4), [5, 8, 12, 20], "rises")
    #expect(found.shares == found.shares.sorted() && found.shares[0] < found.shares[3])
    let mean = found.power.joined().reduce(0, +) / 24
    #expect(agree(found.shares[3], mean))
    #expect(5 < found.replicates && found.replicates < 20)
    // A chain ends before the first that is not shown.
    #expect(found.power.allSatisfy { $0 == $0.sorted(by: >) })
    let oneLook = try forecast(Array(repeating: chain, count: 4), [5], "rises")
    #expect(oneLook.shares[0] < found.shares[3])
  }

  @Test func weightsDivideAlpha() throws {
    let never = Chain(arms: ["a", "b"], deviations: [3])
    let waiting = Chain(weight: 0, arms: ["a", "c"], deviations: [1e-6])
    let found = try forecast([never, waiting], [5, 8], "weights")
    // What has no weight waits for a comparison that is never shown.
    #expect(found.power == [[0], [0]])
  }

  @Test func dependsOnItsStreamAlone() throws {
    let chains = [Chain(arms: ["a", "b"], deviations: [0.3, 0.4])]
    let first = try forecast(chains, [5, 8], "one")
    #expect(try forecast(chains, [5, 8], "one") == first)
    #expect(try forecast(chains, [5, 8], "another") != first)
  }

  @Test func refusesWeightsThatAreNone() {
    let chain = Chain(weight: -1, arms: ["a", "b"], deviations: [0.3])
    #expect(throws: StatisticsError.self) { try forecast([chain], [5], "refused") }
  }
}
