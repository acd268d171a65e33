import Recipes
import Reports
import Statistics

extension Verdict {
  /// The verdict's name.
  var name: String {
    switch self {
    case .maintained: "maintained"
    case .lowered: "lowered"
    case .raised: "raised"
    case .undecided: "undecided"
    }
  }

  /// The verdict as the forest plot draws it.
  var drawn: ForestPlot.Verdict {
    switch self {
    case .maintained: .maintained
    case .lowered: .lowered
    case .raised: .raised
    case .undecided: .undecided
    }
  }
}

extension PairedComparison {
  /// Mean difference and its (1 − 2α) interval.
  var difference: String { Format.difference(mean, inference?.interval, digits: 2) }
}

extension Format {
  /// A difference and its interval, if it has one.
  static func difference(_ mean: Double, _ interval: Interval?, digits: Int) -> String {
    interval.map { difference(mean, lower: $0.lower, upper: $0.upper, digits: digits) }
      ?? difference(mean, digits: digits)
  }
}

extension Sequence where Element == Density {
  /// The densities in percent, joined by commas.
  var words: String { map { Format.percent($0.value) }.joined(separator: ", ") }
}

extension Collection where Element == String {
  /// The names joined by commas and a last `and`.
  var sentence: String {
    count < 2
      ? joined()
      : dropLast().joined(separator: ", ") + " and " + self[index(endIndex, offsetBy: -1)]
  }
}
