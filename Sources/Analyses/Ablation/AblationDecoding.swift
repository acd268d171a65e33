package import Laboratory
import Recipes
package import Suites

extension AblationDesign: Analysis {
  package static var about: AboutAnalysis {
    AboutAnalysis(
      name: "ablation",
      question: "Does the accuracy of pruned networks change under ablations of their masks?",
      keys: AblationKey.allCases.map(\.rawValue), needs: [.training, .replicates])
  }

  package init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(AblationKey.self, beside: nil) else { return nil }
    let densities = fields.required(.densities, example: "densities: [0.8^3, 0.8^6, 10%]")?
      .densities()
    let combinations = fields[.ablations].map { $0.combinations() ?? [] }
    let methods = fields.required(.methods, example: "methods: {random: random, snip: snip}")?
      .methods(frame, densities: densities ?? [], combinations: combinations)
    let rules = root.rules(
      fields[.statistics], frame, primary: { $0.primaryDensities(among: densities ?? []) },
      allPrimary: densities ?? [])
    let recordsDense = fields[.dense]?.flag() ?? true
    guard let densities, let methods else { return nil }
    root.warn(methods, at: fields[.methods] ?? root)
    if frame.precision == .bfloat16,
      methods.contains(where: { $0.ablations.contains { $0.precision(.float32) == .bfloat16 } })
    {
      (fields[.ablations] ?? fields[.methods] ?? root).report(
        .inapplicable(
          owner: "suites whose trainings are in bfloat16 already",
          remedy: "remove the ablation bfloat16, or `precision: bfloat16`"))
    }
    self.init(
      densities: densities, methods: methods, recordsDense: recordsDense, rules: rules)
  }

  package var runsPerReplicate: Double {
    let arms = methods.reduce(0.0) { $0 + Double(1 + $1.ablations.count) }
    return Double(densities.count) * arms + (recordsDense ? 1 : 0)
  }

  package func plan(_ suite: Suite) throws -> AnalysisPlan<AblationCell> {
    try AnalysisPlan(expanding: suite, self)
  }
}

extension AblationCell: AnalysisCell {
  package var keys: [Key] { training.keys }
}

extension Field {
  fileprivate func densities() -> [Density]? {
    let densities = distinct("a list of densities, such as [0.8^3, 10%]") { $0.density() }
    guard let densities, densities.isEmpty, isEmptyList else { return densities }
    report(.unexpected(found: "an empty list", expected: "at least one density"))
    return nil
  }

  fileprivate func methods(
    _ frame: SuiteFrame, densities: [Density], combinations: [AblationCombination]?
  ) -> [Method]? {
    guard let entries = entries("methods by name, such as {random: random, snip: snip}") else {
      return nil
    }
    if entries.isEmpty {
      report(.unexpected(found: "an empty mapping", expected: "at least one method"))
    }
    return entries.compactMap { name, field in
      guard field.isNamed(name, "a method") else { return nil }
      guard name != Method.dense else {
        field.report(
          .unexpected(
            found: "`\(name)` as a method's name",
            expected: "another name; `\(Method.dense)` is the network before pruning"))
        return nil
      }
      return field.method(name, frame, densities: densities, combinations: combinations)
    }.numbered
  }

  fileprivate func primaryDensities(among densities: [Density]) -> [Density]? {
    if scalar == SuiteName.all { return densities }
    let expected = "`all`, or some of the suite's densities, such as [10%]"
    let chosen = distinct(expected) { entry -> Density? in
      guard let density = entry.density() else { return nil }
      guard !densities.isEmpty else { return density }
      guard let own = densities.first(where: density.isNear) else {
        entry.report(.unexpected(found: entry.found, expected: "one of the suite's densities"))
        return nil
      }
      return own
    }
    guard chosen?.isEmpty == true, isEmptyList else { return chosen }
    report(.unexpected(found: "an empty list", expected: expected))
    return nil
  }

  fileprivate func warn(_ methods: [Method], at field: Field) {
    let random = methods.filter(\.prunesAtRandom)
    if random.isEmpty {
      field.report(.noRandomMethod)
    } else if !random.contains(where: { $0.ablations.contains(AblationCombination([.shuffle])) }) {
      field.report(.noNullControl)
    }
  }
}
