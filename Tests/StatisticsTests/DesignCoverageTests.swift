import Randomness
import Statistics
import Testing

/// How often intervals of components, effects and breakpoints hold what they are of, at 90 %.
@Suite struct DesignCoverageTests {
  private static let level = 0.9

  private struct Scenario {
    let interval: String
    let law: String
    /// How far coverage may fall below the level, where the interval is approximate.
    var shortfall = 0.0
    let holds: (inout RandomStream) throws -> Bool
  }

  /// Initializations, with orders within them or crossed, and mask draws, each of its own standard deviation.
  private static func components(nested: Bool, _ levels: [Int], _ deviations: [Double])
    -> [Scenario]
  {
    let names = ["initialization", "order", "mask"]
    let factors = names.indices.map {
      BalancedComponents.Factor(
        names[$0], levels: levels[$0], within: nested ? Array(names[..<$0]) : [])
    }
    return (nested ? [0, 1, 2] : [0, 1, 2, 6]).map { index in
      Scenario(
        interval: "component \(nested ? names[index] : (index < 3 ? names[index] : "residual"))",
        law: "\(nested ? "nested" : "crossed") \(levels), sd \(deviations)", shortfall: 0.02
      ) { stream in
        let values = draw(nested: nested, levels, deviations, &stream)
        let found = try BalancedComponents(factors: factors, values: values)
        let deviation = deviations[min(index, deviations.count - 1)]
        let interval = try found.components[index].interval(level: level)
        return interval.contains(deviation * deviation)
      }
    }
  }

  /// Values of a design; crossed ones have a fourth deviation, of chance.
  private static func draw(
    nested: Bool, _ levels: [Int], _ deviations: [Double], _ stream: inout RandomStream
  ) -> [Double] {
    let orders = (0..<levels[1]).map { _ in deviations[1] * stream.normal() }
    let masks = (0..<levels[2]).map { _ in deviations[2] * stream.normal() }
    var values: [Double] = []
    for _ in 0..<levels[0] {
      let start = deviations[0] * stream.normal()
      for order in 0..<levels[1] {
        let middle = start + (nested ? deviations[1] * stream.normal() : orders[order])
        for mask in 0..<levels[2] {
          values.append(
            middle
              + (nested
                ? deviations[2] * stream.normal() : masks[mask] + deviations[3] * stream.normal()))
        }
      }
    }
    return values
  }

  private static var effects: [Scenario] {
    let paired = [(3, 0.0), (5, 0.5), (8, 2.0)].map { count, effect in
      Scenario(interval: "Hedges' g, paired", law: "n = \(count), δ = \(effect)") { stream in
        let values = (0..<count).map { _ in effect + stream.normal() }
        return try HedgesG(differences: values).interval(level: level).contains(effect)
      }
    }
    let samples = [(4, 6, 0.0), (5, 5, 1.0)].map { first, second, effect in
      Scenario(interval: "Hedges' g, two samples", law: "n = \(first), \(second), δ = \(effect)") {
        stream in
        let treated = (0..<first).map { _ in effect + stream.normal() }
        let control = (0..<second).map { _ in stream.normal() }
        return try HedgesG(treated: treated, control: control).interval(level: level)
          .contains(effect)
      }
    }
    return paired + samples
  }

  private static var breakpoints: [Scenario] {
    let x = (0..<8).map { Double($0) }
    return [(1, 3.4, 1.5), (5, 3.4, 1.5), (5, 3, 1.5), (5, 4.7, 0.5), (5, 3.4, 0.05)].map {
      count, place, fall in
      Scenario(
        interval: "breakpoint", law: "\(count) curves, at \(place), fall \(fall) sd per step"
      ) { stream in
        let curves = (0..<count).map { _ in
          let offset = 2 * stream.normal()
          return x.map { offset - fall * max(0, $0 - place) + stream.normal() }
        }
        return try BrokenLine(x: x, replicates: curves).interval(level: level).contains(place)
      }
    }
  }

  private static var all: [Scenario] {
    components(nested: true, [5, 3, 2], [2, 1, 0.5])
      + components(nested: true, [5, 3, 2], [0.3, 1, 1])
      + components(nested: false, [5, 4, 3], [1, 0.5, 0.3, 0.5]) + effects + breakpoints
  }

  private func held(_ scenario: Scenario, trials: Int) throws -> Int {
    var stream = RandomStream(StreamPath(seed: 44) / scenario.interval / scenario.law)
    var count = 0
    for _ in 0..<trials where try scenario.holds(&stream) { count += 1 }
    return count
  }

  @Test func intervalsHoldAsOftenAsTheySay() throws {
    for scenario in Self.all {
      let found = try held(scenario, trials: 60)
      #expect(
        Simulation.isPlausible(60 - found, of: 60, atMost: 1 - Self.level + scenario.shortfall),
        "\(scenario.interval), \(scenario.law)")
    }
  }

  @Test(.enabled(if: Simulation.trials != nil, Simulation.hint))
  func table() throws {
    let trials = try #require(Simulation.trials)
    var rows: [[String]] = []
    for scenario in Self.all {
      let found = try held(scenario, trials: trials)
      #expect(
        Simulation.isPlausible(
          trials - found, of: trials, atMost: 1 - Self.level + scenario.shortfall),
        "\(scenario.interval), \(scenario.law)")
      rows.append([scenario.interval, scenario.law, Simulation.percent(found, of: trials)])
    }
    Simulation.printTable(
      "Coverage of intervals of 90 %, \(trials) draws each",
      columns: ["interval", "law", "held"], rows: rows)
  }
}
