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
    guard let criterion = Criterion.named(name), Criterion.names.contains(name) else {
      let nearest = Suggestion.nearest(to: name, among: Criterion.names)
      throw ValidationError(
        "--criterion \(name): "
          + (nearest.map { "did you mean \($0)?" } ?? "write \(Self.names)"))
    }
    try allow(criterion.options, for: name)
    var stated: [String: OptionValue] = [:]
    for option in criterion.options {
      guard let text = values[option.name] else { continue }
      guard let value = option.kind.value(from: text) else {
        throw ValidationError("--option \(option.name)=\(text): write \(option.kind.expected)")
      }
      stated[option.name] = value
    }
    let described = CriterionSpecification(criterion, stated)
    if let idle = criterion.options.first(where: { described.options[$0.name] == nil })?.idle {
      try allow(
        criterion.options(beside: described.options), for: "\(name) with \(idle.flag)=true")
    }
    if let fault = criterion.fault(in: described.options, sizes: []) {
      throw ValidationError("--option \(fault.options[0]): \(fault.sentence)")
    }
    return described
  }

  /// The criteria there are, for help and messages.
  static let names =
    Criterion.names.dropLast().joined(separator: ", ") + " or \(Criterion.names.last!)"

  /// The options there are and whose they are, for help.
  static let help = Criterion.options.filter { option in
    Criterion.names.contains {
      Criterion.named($0)?.options.contains { $0.name == option.name } == true
    }
  }.map { option in
    let owners = Criterion.all.filter { $0.options.contains { $0.name == option.name } }
    return "\(option.name)= (\(owners.map(\.name).joined(separator: ", ")): \(option.help))"
  }.joined(separator: ", ")

  private func allow(_ options: [CheckedOption], for criterion: String) throws {
    let names = options.map(\.name)
    if let unknown = values.keys.sorted().first(where: { !names.contains($0) }) {
      let known = names.isEmpty ? "none" : names.joined(separator: ", ")
      let nearest = Suggestion.nearest(to: unknown, among: names)
      throw ValidationError(
        "--option \(unknown): "
          + (nearest.map { "did you mean \($0)?" } ?? "\(criterion) has the options: \(known)"))
    }
  }
}
