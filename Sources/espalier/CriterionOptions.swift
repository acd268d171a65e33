import ArgumentParser
import Recipes
import Suites

/// The `--option name=value` of `espalier score`.
struct CriterionOptions {
  private let values: [String: String]

  init(_ options: [String]) throws {
    var values: [String: String] = [:]
    for option in options {
      let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, values.updateValue(parts[1], forKey: parts[0]) == nil else {
        throw ValidationError("--option \(option): write each as name=value, once")
      }
    }
    self.values = values
  }

  /// The criterion called `name` with these options; throws for options that it does not have.
  func criterion(named name: String) throws -> CriterionSpecification {
    switch name {
    case "random": return try plain(.random, name)
    case "magnitude": return try plain(.magnitude, name)
    case "gradient": return try plain(.gradient, name)
    case "synflow": return try plain(.synflow, name)
    case "snip":
      try allow(["reading"], for: name)
      let readings = CriterionSpecification.SnipReading.allCases.map(\.rawValue)
      let text = values["reading"] ?? readings[0]
      guard let reading = CriterionSpecification.SnipReading(rawValue: text) else {
        throw ValidationError(
          "--option reading=\(text): write \(readings.joined(separator: " or "))")
      }
      return .snip(reading)
    case "gradient-magnitude": return try plain(.gradientMagnitude, name)
    case "taylor-fo": return try plain(.taylorFO, name)
    case "obd":
      try allow(["probes", "exact", "exact-up-to", "absolute"], for: name)
      return .obd(try hessianDiagonal(), absolute: try flag("absolute"))
    case "grasp":
      try allow(["temperature", "absolute"], for: name)
      let text = values["temperature"] ?? "200"
      guard let temperature = Double(text), temperature > 0, temperature.isFinite else {
        throw ValidationError("--option temperature=\(text): write a number above 0")
      }
      return .grasp(temperature: temperature, absolute: try flag("absolute"))
    default:
      let nearest = Suggestion.nearest(to: name, among: Self.known)
      throw ValidationError(
        "--criterion \(name): "
          + (nearest.map { "did you mean \($0)?" } ?? "write \(Self.names)"))
    }
  }

  private static let known = [
    "random", "magnitude", "gradient", "gradient-magnitude", "snip", "taylor-fo", "grasp", "obd",
    "synflow",
  ]

  /// The criteria there are, for help and messages.
  static let names = known.dropLast().joined(separator: ", ") + " or \(known.last!)"

  private func hessianDiagonal() throws -> HessianDiagonal {
    if try flag("exact") {
      try allow(["exact", "absolute"], for: "obd with exact=true")
      return .exact
    }
    return .hutchinson(
      probes: try integer("probes", in: 1...1_000_000, default: HessianDiagonal.defaultProbes),
      exactUpTo: try integer("exact-up-to", in: 0...HessianDiagonal.largestExact, default: 0))
  }

  private func flag(_ option: String) throws -> Bool {
    guard let text = values[option] else { return false }
    guard let flag = Bool(text) else {
      throw ValidationError("--option \(option)=\(text): write true or false")
    }
    return flag
  }

  private func integer(_ option: String, in range: ClosedRange<Int>, default value: Int) throws
    -> Int
  {
    guard let text = values[option] else { return value }
    guard let number = Int(text), range.contains(number) else {
      throw ValidationError(
        "--option \(option)=\(text): write a whole number from \(range.lowerBound) to "
          + "\(range.upperBound)")
    }
    return number
  }

  private func plain(_ criterion: CriterionSpecification, _ name: String) throws
    -> CriterionSpecification
  {
    try allow([], for: name)
    return criterion
  }

  private func allow(_ names: [String], for criterion: String) throws {
    if let unknown = values.keys.sorted().first(where: { !names.contains($0) }) {
      let known = names.isEmpty ? "none" : names.joined(separator: ", ")
      let nearest = Suggestion.nearest(to: unknown, among: names)
      throw ValidationError(
        "--option \(unknown): "
          + (nearest.map { "did you mean \($0)?" } ?? "\(criterion) has the options: \(known)"))
    }
  }
}
