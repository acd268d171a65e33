import Foundation

/// What networks are rated by: a number with a unit and a direction.
///
/// A new metric is one entry of ``all``. Tables have a column of its name, and where that is empty and the metric is
/// ``derived`` from another, the other's.
package struct Metric: Sendable {
  /// Which values are better.
  package enum Direction: String, Hashable, Codable, Sendable {
    case higher, lower
  }

  /// Its name in suites, tables and sentences.
  package let name: String
  /// What values are told in, such as percent; `nil` for plain numbers.
  package let scale: String?
  /// What differences and margins are told in, such as points; `nil` for plain numbers.
  package let unit: String?
  /// Which values are better.
  package let better: Direction
  /// The largest value.
  package let most: Double
  /// Decimals in reports.
  package let digits: Int
  /// Within which difference two values count as the same where nobody says; `nil` where somebody must.
  package let usualMargin: Double?
  /// What a network has that gives all examples one class, by the percentage of examples in that class; `nil` for what
  /// is no share of the examples, which has no such value, and no least step of one example.
  package let constant: (@Sendable (Double) -> Double)?
  /// Another metric that tells this one, and how.
  package let derived: (from: String, by: @Sendable (Double) -> Double)?
}

extension Metric {
  /// The share of examples that are given their class.
  package static let accuracy = Metric(
    name: "accuracy", scale: "percent", unit: "points", better: .higher, most: 100, digits: 2,
    usualMargin: 0.5, constant: { $0 }, derived: nil)
  /// The share of examples that are not given their class.
  static let error = Metric(
    name: "error", scale: "percent", unit: "points", better: .lower, most: 100, digits: 2,
    usualMargin: 0.5, constant: { 100 - $0 }, derived: (from: "accuracy", by: { 100 - $0 }))
  /// The mean cross-entropy.
  static let loss = Metric(
    name: "loss", scale: "nats", unit: "nats", better: .lower, most: .greatestFiniteMagnitude,
    digits: 4, usualMargin: nil, constant: nil, derived: nil)
  /// The exponential of the mean cross-entropy.
  static let perplexity = Metric(
    name: "perplexity", scale: nil, unit: nil, better: .lower, most: .greatestFiniteMagnitude,
    digits: 2, usualMargin: nil, constant: nil, derived: (from: "loss", by: { exp($0) }))

  /// All that suites and tables may name.
  package static let all = [accuracy, error, loss, perplexity]

  /// The metric called `name`.
  package static func named(_ name: String) -> Metric? { all.first { $0.name == name } }

  /// Whether it is a share of the examples, so that one of them is its least step.
  package var isShare: Bool { constant != nil }

  /// Whether accuracies tell it.
  package var derivesFromAccuracy: Bool { derived?.from == Metric.accuracy.name }

  /// Margins that mean something.
  package var margins: ClosedRange<Double> { .leastNormalMagnitude...most }

  /// How a margin is written.
  package var marginForm: String {
    isShare
      ? "\(name) \(unit ?? "") above 0 and up to \(Int(most))"
      : "a difference in \(name) above 0\(unit.map { ", in \($0)" } ?? "")"
  }

  /// An amount by which values differ, with the unit: `0.5 points`, `1 point`.
  package func amount(_ number: String) -> String {
    guard let unit else { return number }
    return "\(number) \(number == "1" ? String(unit.dropLast()) : unit)"
  }

  /// What differences are called where their unit must be told: `accuracy in points`.
  package var inUnit: String { unit.map { "\(name) in \($0)" } ?? name }

  /// What values are called where their unit must be told: `accuracy in percent`.
  package var inScale: String { scale.map { "\(name) in \($0)" } ?? name }

  /// What it is, its unit and its direction: `accuracy in percent, differences in points, higher is better`.
  package var words: String {
    "\(inScale)\(unit == scale ? "" : unit.map { ", differences in \($0)" } ?? ""), \(better.rawValue) is better"
  }

  /// The name at the start of a sentence.
  package var title: String { name.prefix(1).uppercased() + name.dropFirst() }
}

extension Metric: Hashable {
  package static func == (left: Metric, right: Metric) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// Terms tell the unit and the direction to their readers; the name alone decides.
extension Metric: Codable {
  private enum Key: String, CodingKey { case name, unit, better }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let name = try values.decode(String.self, forKey: .name)
    guard let metric = Metric.named(name) else {
      throw DecodingError.dataCorruptedError(
        forKey: .name, in: values, debugDescription: "no metric `\(name)`")
    }
    self = metric
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(name, forKey: .name)
    try values.encodeIfPresent(unit, forKey: .unit)
    try values.encode(better, forKey: .better)
  }
}
