import ArgumentParser
import Recipes

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
    case "grasp":
      try allow(["temperature", "absolute"], for: name)
      let text = values["temperature"] ?? "200"
      guard let temperature = Double(text), temperature > 0, temperature.isFinite else {
        throw ValidationError("--option temperature=\(text): write a number above 0")
      }
      guard let absolute = Bool(values["absolute"] ?? "false") else {
        throw ValidationError("--option absolute=\(values["absolute"]!): write true or false")
      }
      return .grasp(temperature: temperature, absolute: absolute)
    default:
      throw ValidationError(
        "--criterion \(name): write random, magnitude, gradient, snip, grasp or synflow")
    }
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
      throw ValidationError("--option \(unknown): \(criterion) has the options: \(known)")
    }
  }
}
