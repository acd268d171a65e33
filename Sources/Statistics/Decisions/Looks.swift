import Foundation

/// After how many replicates a suite looks at its results, and which part of α each look may spend.
///
/// With looks after n₁ < … < n_K replicates, look k tests at e_k·α,
///
///     e_k = (n_k / n_K)^γ − (n_{k−1} / n_K)^γ,   n₀ = 0,
///
/// whose sum is 1: by Bonferroni no hypothesis is rejected falsely at any look with a chance above α, whatever
/// the dependence between looks. γ = 1 spends evenly by
/// replicates, near Pocock's boundary; γ = 1.5 keeps more for late looks, though less than O'Brien's and Fleming's. Boundaries of t-statistics
/// from normal theory would be less strict, and err at few replicates.
///
/// References: Pocock, "Group sequential methods in the design and analysis of clinical trials", Biometrika
/// 64(2), 1977; Lan and DeMets, "Discrete sequential boundaries for clinical trials", Biometrika 70(3), 1983
/// (spending by powers of the information: Kim and DeMets, Biometrika 74(1), 1987).
package struct Looks: Hashable, Sendable {
  /// Replicates at each look, rising.
  package let sizes: [Int]

  /// The exponent γ of the spending.
  package let exponent: Double

  /// The exponent unless a suite says otherwise.
  package static let usualExponent = 1.5

  /// Looks after these numbers of replicates.
  ///
  /// - Parameters:
  ///   - sizes: rising, the first at least 2, which is the fewest that show anything.
  ///   - exponent: above 0; larger ones keep more of α for late looks.
  /// - Throws: `StatisticsError.tooFewValues` without a look, and `.parameterOutside`.
  package init(_ sizes: [Int], exponent: Double = usualExponent) throws {
    guard let first = sizes.first else {
      throw StatisticsError.tooFewValues(statistic: "a design of looks", needed: 1, given: 0)
    }
    guard first >= 2 else {
      throw StatisticsError.parameterOutside(
        name: "the first look", value: Double(first), allowed: "at least 2 replicates")
    }
    for (earlier, later) in zip(sizes, sizes.dropFirst()) where later <= earlier {
      throw StatisticsError.parameterOutside(
        name: "a look", value: Double(later), allowed: "above the look before it, \(earlier)")
    }
    guard 0 < exponent && exponent < .infinity else {
      throw StatisticsError.parameterOutside(
        name: "the exponent of the spending", value: exponent, allowed: "finite and above 0")
    }
    self.sizes = sizes
    self.exponent = exponent
  }

  /// The last look's replicates: the most that a comparison gets.
  package var last: Int { sizes[sizes.count - 1] }

  /// Whether it looks more than once.
  package var areSeveral: Bool { sizes.count > 1 }

  /// The look at which the replicate of this number is first seen, from 1; `nil` beyond the last.
  package func look(of replicate: Int) -> Int? {
    sizes.firstIndex { replicate <= $0 }.map { $0 + 1 }
  }

  /// The part e_k of α that each look spends; their sum is 1.
  package var shares: [Double] {
    let spent = [0] + sizes.map { pow(Double($0) / Double(last), exponent) }
    return zip(spent, spent.dropFirst()).map { $1 - $0 }
  }
}

extension Looks: Codable {
  private enum CodingKeys: String, CodingKey {
    case sizes = "after"
    case exponent = "spending"
  }

  /// Reads a design.
  ///
  /// - Throws: `DecodingError.dataCorrupted` for one that is none.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    do {
      self = try Looks(
        try container.decode([Int].self, forKey: .sizes),
        exponent: try container.decode(Double.self, forKey: .exponent))
    } catch let error as StatisticsError {
      throw DecodingError.dataCorruptedError(
        forKey: .sizes, in: container, debugDescription: "\(error)")
    }
  }
}
