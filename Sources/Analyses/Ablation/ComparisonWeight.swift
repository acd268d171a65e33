import Suites

/// How much of α a comparison has at first, relative to the others, which have 1 where nothing else is said.
package struct ComparisonWeight: Hashable, Codable, Sendable {
  /// The method.
  package let method: String
  /// What it stands against itself under; `none` where the method itself stands against random pruning.
  package let ablation: String
  /// At least 0. Comparisons without weight wait until all others are shown.
  package let weight: Double
}

extension [Method] {
  /// The method that the others stand against.
  var random: Method? { first(where: \.prunesAtRandom) }

  /// The ablations under which `method` is compared with itself, `none` where it is compared with random pruning
  /// itself. Of random pruning some ablations are null controls, which claim nothing.
  func comparisons(of method: Method) -> [String] {
    let own = method.ablations.map(\.name)
    guard let random else { return own }
    return method.name == random.name
      ? own.filter { !AblationAnalysis.drawsAnew($0) } : [RunRecord.unablated] + own
  }
}

extension Field {
  /// Reads `statistics: weights:`, a mapping of methods to mappings of ablations to weights.
  func weights(_ methods: [Method], _ family: DecisionRules.Family) -> [ComparisonWeight] {
    let example = "weights by method and ablation, such as {snip: {shuffle: 2, none: 0.5}}"
    var weights: [ComparisonWeight] = []
    for (name, field) in entries(example) ?? [] {
      guard let method = methods.first(where: { $0.name == name }) else {
        field.reportUnknown(name, sort: "method", among: methods.map(\.name))
        continue
      }
      let known = methods.comparisons(of: method)
      for (written, value) in field.entries(example) ?? [] {
        guard let ablation = SuiteName.spellings(of: written).first(where: known.contains) else {
          value.reportUnknown(written, sort: "comparison of \(name)", among: known)
          continue
        }
        if let weight = value.number("a weight of at least 0", where: { $0 >= 0 }) {
          weights.append(ComparisonWeight(method: name, ablation: ablation, weight: weight))
        }
      }
    }
    checkSums(weights, methods, family)
    return weights
  }

  /// Notes families of which every comparison weighs nothing: α would have nowhere to go.
  private func checkSums(
    _ weights: [ComparisonWeight], _ methods: [Method], _ family: DecisionRules.Family
  ) {
    let stated = Dictionary(weights.map { ([$0.method, $0.ablation], $0.weight) }) { $1 }
    let all = methods.flatMap { method in
      methods.comparisons(of: method).map {
        (ablation: $0, weight: stated[[method.name, $0]] ?? 1)
      }
    }
    let families = Dictionary(grouping: all) { family == .suite ? "" : $0.ablation }
    if families.values.contains(where: { $0.allSatisfy { $0.weight == 0 } }) {
      report(
        .unexpected(found: "weights that are all 0", expected: "at least one weight above 0"))
    }
  }

  private func reportUnknown(_ name: String, sort: String, among known: [String]) {
    report(
      .unknownName(
        name, sort: sort, nearest: Suggestion.nearest(to: name, among: known), known: known))
  }
}
