package import Recipes

extension Field {
  /// Reads the methods of an analysis that scores networks and trains none of them further; `more` are
  /// keys that this analysis has no use for either.
  package func rankedMethods(_ frame: SuiteFrame, rejecting more: [MethodKey] = []) -> [Method]? {
    named("method", such: "{random: random, synflow: synflow}") { name, field in
      field.rankedMethod(name, frame, rejecting: more)
    }?.numbered
  }

  /// Reads the methods of an analysis of masks: those that score networks, as above, and masks from files, at the
  /// suite's `densities` or of whatever density they have.
  package func maskMethods(_ frame: SuiteFrame, densities: [Density]) -> [Method]? {
    named("method", such: "{random: random, mine: {masks: mine.safetensors}}") { name, field in
      guard field.isMapping, let fields = field.methodFields(), fields[.masks] != nil else {
        return field.rankedMethod(name, frame, rejecting: [])
      }
      let foreign: [MethodKey] = [.continueFrom, .scheduleFrom, .fineTune, .ablations]
      fields.reject(foreign, for: "this analysis")
      guard !foreign.contains(where: { fields[$0] != nil }) else { return nil }
      return field.method(
        name, frame, densities: densities, combinations: [], takesOwnDensities: true)
    }?.numbered
  }

  private func rankedMethod(
    _ name: String, _ frame: SuiteFrame, rejecting more: [MethodKey]
  ) -> Method? {
    if isMapping, let fields = methodFields() {
      let foreign = [.masks, .continueFrom, .scheduleFrom, .fineTune, .ablations] + more
      if foreign.contains(where: { fields[$0] != nil }) {
        fields.reject(foreign, for: "this analysis")
        return nil
      }
    }
    guard let method = method(name, frame, densities: [], combinations: []),
      case .ranking(let ranking, let maskFrom) = method.source
    else { return nil }
    if ranking.criterion.descriptor.readsData, frame.dataset?.hasExamples == false {
      report(
        .inapplicable(
          owner: "`dataset: none`, which has no examples to score on",
          remedy: "name a dataset, or use \(Criterion.namesWithoutExamples)"))
    }
    if maskFrom != .step(.zero) { frame.requireTraining(for: self) }
    return method
  }
}

extension SuiteFrame {
  /// Notes that `field` names trained weights in a suite without training.
  package func requireTraining(for field: Field) {
    guard training == nil else { return }
    field.findings.add(
      .missing(example: "training: {duration: 8ep}"), line: field.line, path: "training")
  }
}
