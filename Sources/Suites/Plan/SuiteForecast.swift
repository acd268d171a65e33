import Randomness
import Recipes
package import Statistics
import Wording

/// What a suite may be expected to show of sameness, and how many replicates it takes.
package struct SuiteForecast: Sendable {
  /// A density of a comparison.
  private struct Place {
    let name: String
    let density: Density
    let deviation: Double
    let power: Double
    /// The chance that all denser ones are shown.
    let reached: Double
  }

  private let looks: Looks
  private let claims: PlannedClaims
  private let stated: Double?
  private let places: [Place]
  private let unknown: Int
  private let shares: [Double]
  private let replicates: Double

  /// A density that comes out less often than this is no question that the design can answer.
  private static let hopeless = 0.1

  /// Simulates the claims of a design.
  ///
  /// - Parameters:
  ///   - deviation: how far all differences spread, in the metric's unit; `nil` for as far as their runs do,
  ///     where there are any. Comparisons without are then left out.
  ///   - seed: root of the simulation's random streams.
  /// - Returns: `nil` where no spread is known.
  package init?(_ claims: PlannedClaims, _ looks: Looks, deviation: Double?, seed: UInt64) throws {
    var (places, shares, replicates, arms) = ([Place](), looks.sizes.map { _ in 0.0 }, 0.0, 0.0)
    var unknown = 0
    for (family, members) in Dictionary(grouping: claims.comparisons, by: \.family)
      .sorted(by: { $0.key < $1.key })
    {
      let known = members.map { comparison in
        (
          comparison,
          comparison.densities.compactMap { density in
            (deviation ?? comparison.deviations[density]).map { (density, $0) }
          }
        )
      }.filter { !$0.1.isEmpty }
      unknown += members.map(\.densities.count).reduce(0, +) - known.map(\.1.count).reduce(0, +)
      guard !known.isEmpty else { continue }
      let chains = known.map { comparison, spreads in
        DesignForecast.Chain(
          weight: comparison.weight, arms: comparison.arms, deviations: spreads.map(\.1),
          densities: spreads.map { $0.0.value }, sameness: comparison.sameness)
      }
      var stream = RandomStream(StreamPath(seed: seed) / "forecast" / family)
      let forecast = try DesignForecast(of: chains, looks, claims.rule, &stream)
      let count = Double(chains.map(\.deviations.count).reduce(0, +))
      for index in shares.indices { shares[index] += forecast.shares[index] * count }
      replicates += forecast.replicates * count
      arms += count
      for (index, (comparison, spreads)) in known.enumerated() {
        for (density, spread) in spreads.enumerated() {
          places.append(
            Place(
              name: comparison.name, density: spread.0, deviation: spread.1,
              power: forecast.power[index][density],
              reached: density == 0 ? 1 : forecast.power[index][density - 1]))
        }
      }
    }
    guard !places.isEmpty else { return nil }
    (self.looks, self.claims, self.stated) = (looks, claims, deviation)
    (self.places, self.unknown) = (places, unknown)
    self.shares = shares.map { $0 / arms }
    self.replicates = replicates / arms
  }

  /// The forecast in sentences.
  package var lines: [String] {
    let spread =
      stated.map { "by \(claims.metric.amount(Format.significant($0)))" }
      ?? "as the runs do that are there"
    let margin = claims.metric.amount(Format.significant(claims.rule.margin))
    let steps = zip(looks.sizes, shares).map { size, share in
      "\(Format.number(100 * share, digits: 0)) % by \(Format.count(size, "replicate"))"
    }
    var lines = [
      "by simulation, where nothing differs and differences spread \(spread): sameness within \(margin) is shown at "
        + Format.count(places.count, "density of a comparison", plural: "densities of comparisons")
        + " like this: \(steps.joined(separator: ", "))"
    ]
    if looks.sizes.count > 1 {
      lines.append(
        "an arm then takes \(Format.number(replicates, digits: 1)) of up to \(looks.last) replicates on average"
      )
    }
    if unknown > 0 {
      lines.append(
        "left out: \(Format.count(unknown, "density", plural: "densities")) without two runs of both arms"
      )
    }
    // What stands behind a density that is not shown is not shown either, however little it spreads.
    let hopeless = places.filter { $0.power < Self.hopeless && $0.reached >= Self.hopeless }
    if !hopeless.isEmpty {
      let names = hopeless.map {
        "\($0.name) at \(Format.percent($0.density.value)) (spread \(Format.significant($0.deviation)))"
      }
      lines.append(
        "hardly to be shown the same by \(Format.count(looks.last, "replicate")): "
          + Format.list(names, limit: 6) + ", and what is sparser"
          + "; what is left out of `primary-densities` is explored and decides nothing")
    }
    return lines
  }
}
