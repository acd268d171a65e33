package import Recipes

extension Field {
  /// Reads a method, the name of a criterion or a mapping.
  ///
  /// Mask files are looked for at each of `densities`; `combinations` are the suite's ablations, where
  /// it states them.
  ///
  /// - Parameter takesOwnDensities: whether files whose name has no place for a density are masks of whatever density
  ///   they have, one for each replicate.
  package func method(
    _ name: String, _ frame: SuiteFrame, densities: [Density], combinations: [AblationCombination]?,
    takesOwnDensities: Bool = false
  ) -> Method? {
    guard isMapping else {
      return ranking(nil, frame).map {
        Method(
          name: name, source: .ranking($0, maskFrom: .step(.zero)),
          continuation: Continuation(weights: .step(.zero), length: .schedule(from: .zero)),
          ablations: combinations ?? Self.defaultCombinations)
      }
    }
    guard let fields = methodFields() else { return nil }
    let continuation = continuation(fields, frame)
    let own = fields[.ablations].map { $0.combinations() ?? [] }
    guard let masks = fields[.masks] else {
      fields.reject([.rename], for: "methods without `masks`")
      let maskFrom = fields[.maskFrom].map { $0.point(frame.timeline) } ?? .step(.zero)
      guard let ranking = ranking(fields, frame), let maskFrom, let continuation else { return nil }
      return Method(
        name: name, source: .ranking(ranking, maskFrom: maskFrom), continuation: continuation,
        ablations: own ?? combinations ?? Self.defaultCombinations)
    }
    if fields[.criterion] != nil { report(.exclusive(["criterion", "masks"])) }
    fields.reject(
      [.examplesPerClass, .examples, .batchSize, .batchNorm, .scope, .schedule, .maskFrom],
      for: "mask files")
    fields.rejectOthers(for: "mask files")
    let excluded = fields[.exclude]?.excluded(frame) ?? []
    let renames = fields[.rename]?.renames() ?? []
    let stated = own ?? combinations
    let inverting = (stated ?? []).filter { !$0.inversion.ablations.isEmpty }
    if !inverting.isEmpty { report(.invertsWithoutScores(inverting.map(\.name))) }
    guard
      let files = masks.maskFiles(
        frame, densities: densities, excluded: excluded, renames: renames,
        takesOwnDensities: takesOwnDensities),
      let continuation
    else {
      return nil
    }
    return Method(
      name: name, source: .masks(files), continuation: continuation,
      ablations: stated ?? Self.defaultCombinations.filter(\.inversion.ablations.isEmpty))
  }

  /// Each ablation by itself.
  private static var defaultCombinations: [AblationCombination] {
    [.shuffle, .reinitialize, .invertGlobal, .invertLayerwise].map { AblationCombination([$0]) }
  }

  /// Reads a point of the dense network's training.
  package func point(_ timeline: Timeline) -> TrainingPoint? {
    if scalar == SuiteName.last { return .last }
    let step = parsed("a step such as 0it or 2ep, or `last`") { Step($0) }
    return timeline.beforeEnd(step, at: self).map(TrainingPoint.step)
  }

  private func continuation(_ fields: Fields<MethodKey>, _ frame: SuiteFrame) -> Continuation? {
    let timeline = frame.timeline
    let point = fields[.continueFrom].map { $0.point(timeline) } ?? .step(.zero)
    let scheduleFrom = fields[.scheduleFrom].map { timeline.beforeEnd($0.step(), at: $0) }
    let fineTune = fields[.fineTune].map { $0.duration() }
    guard let point else { return nil }
    switch (point, scheduleFrom, fineTune) {
    case (_, .some, .some):
      report(.exclusive(["schedule-from", "fine-tune"]))
      return nil
    case (.step, _, .some):
      fields.reject(
        [.fineTune], for: "weights before the end of training",
        remedy: "write `continue-from: last`, or remove it")
      return nil
    case (.last, nil, nil):
      (fields[.continueFrom] ?? self).report(.openEnd)
      return nil
    case (.last, nil, .some(let duration)):
      if frame.training?.schedule.finalFactor == 0 { fields[.fineTune]?.report(.fineTuningAtZero) }
      return duration.map { Continuation(weights: .last, length: .fineTuning($0)) }
    case (_, .some(let step), nil):
      return step.map { Continuation(weights: point, length: .schedule(from: $0)) }
    case (.step(let step), nil, nil):
      return Continuation(weights: point, length: .schedule(from: step))
    }
  }

  /// Reads names in files and the network's for the same.
  private func renames() -> [Rename]? {
    entries("names in the file with the network's, such as {fc1: fc_layers.0}")?
      .compactMap { name, field in
        field.text("the network's name for `\(Naming.shown(name))`")
          .map { Rename(file: name, network: $0) }
      }
  }

  private func maskFiles(
    _ frame: SuiteFrame, densities: [Density], excluded: [String], renames: [Rename],
    takesOwnDensities: Bool
  ) -> MaskFiles? {
    guard let pattern = text("a file name such as masks/{replicate}-{density}.safetensors") else {
      return nil
    }
    let hasOwn = takesOwnDensities && !pattern.contains(MaskFiles.densityPlaceholder)
    let densities: [Density?] = hasOwn ? [nil] : densities
    for (placeholder, count) in [
      (MaskFiles.replicatePlaceholder, frame.replicates),
      (MaskFiles.densityPlaceholder, densities.count),
    ] where count > 1 && !pattern.contains(placeholder) {
      report(.missingPlaceholder(placeholder, count: count))
      return nil
    }
    let paths = (1...frame.replicates).map { replicate in
      densities.map { MaskFiles.path(pattern, replicate: replicate, density: $0 ?? .one) }
    }
    for path in paths.joined() {
      guard let other = frame.files.kindOfOther(path) else { continue }
      report(.mask(path, problem: other.description))
      return nil
    }
    let missing = paths.joined().filter { !frame.files.holds($0) }
    guard missing.isEmpty else {
      report(.missingFiles(missing, remedy: "make them or mend the name"))
      return nil
    }
    guard let problem = frame.problem else { return nil }
    var differing: [(path: String, difference: MaskDifference)] = []
    var matched: [(path: String, words: [String])] = []
    var own: [Density] = []
    for (path, density) in paths.flatMap({ zip($0, densities) }) {
      do throws(MaskFault) {
        let mask = try MaskFile(
          readingFrom: frame.files.path(path), of: problem.tensors.filter(\.isPrunable),
          network: problem.network.description, renames: renames)
        if !mask.matched.isEmpty { matched.append((path, mask.matched)) }
        if let density {
          if let difference = try mask.difference(from: density, excluded: excluded) {
            differing.append((path, difference))
          }
        } else {
          own.append(try mask.density(excluded: excluded))
        }
      } catch {
        report(.mask(path, problem: error.description))
        return nil
      }
    }
    if let (path, difference) = differing.first {
      report(.maskDensity(path, "\(difference)", others: differing.count - 1))
    }
    if let (path, words) = matched.first {
      report(.namesMatched(path, words, others: matched.count - 1))
    }
    return MaskFiles(
      pattern: pattern, renames: renames,
      digests: paths.map { $0.compactMap { frame.files.maskDigest($0, for: self) } },
      own: hasOwn ? own : nil)
  }
}
