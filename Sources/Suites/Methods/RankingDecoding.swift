import Foundation
package import Recipes

extension Field {
  /// Reads a method's ranking, with the defaults of the paper that introduced its criterion.
  ///
  /// Without `fields` the value itself is the criterion's name.
  package func ranking(_ fields: Fields<MethodKey>?, _ frame: SuiteFrame) -> RankingSpecification? {
    let field = fields.map { $0.required(.criterion, example: "criterion: snip") } ?? self
    guard let field, let criterion = field.criterion(fields, frame) else { return nil }
    return RankingSpecification(
      criterion: criterion, scoring: scoring(criterion, fields, frame),
      scope: fields?[.scope]?.scope() ?? criterion.descriptor.scope,
      schedule: fields?[.schedule]?.pruningSchedule() ?? criterion.descriptor.schedule,
      excluded: fields?[.exclude]?.excluded(frame) ?? [])
  }

  /// Reads a method's mapping: its own keys, and any criterion's options.
  func methodFields() -> Fields<MethodKey>? {
    fields(MethodKey.self, beside: Criterion.options.map(\.name))
  }

  private func criterion(_ fields: Fields<MethodKey>?, _ frame: SuiteFrame)
    -> CriterionSpecification?
  {
    guard !isMapping else {
      fields?.rejectOthers(for: "a command")
      return command(frame)
    }
    let sizes = frame.problem?.tensors.filter(\.isPrunable).map(\.count) ?? []
    let criterion = described(
      as: Criterion.self, options: fields?.others ?? [:], sizes: sizes)
    if let kind = criterion?.descriptor {
      frame.requireVerbs(kind.verbs, of: kind.words, at: self)
    }
    return criterion
  }

  private func scope() -> Scope? { scalar == Scope.uniform ? .layerwise : name("scope") }

  private func command(_ frame: SuiteFrame) -> CriterionSpecification? {
    guard let fields = fields(CommandKey.self) else { return nil }
    let timeout = fields[.timeout].map { $0.seconds() } ?? 60
    guard
      let command = fields.required(
        .command, example: "command: [\"python3\", \"my_scores.py\"]"),
      let timeout,
      let (arguments, digests) = command.program(
        dependingOn: fields[.dependsOn], frame.files)
    else { return nil }
    return CriterionSpecification(
      CommandSpecification(arguments: arguments, digests: digests, timeout: timeout))
  }

  private func scoring(
    _ criterion: CriterionSpecification, _ fields: Fields<MethodKey>?, _ frame: SuiteFrame
  ) -> ScoringSpecification {
    let descriptor = criterion.descriptor
    if !descriptor.readsData {
      fields?.reject([.examplesPerClass, .examples, .batchSize], for: "a criterion without data")
    }
    switch descriptor.mode {
    case .none: fields?.reject([.batchNorm], for: "a criterion that runs no network here")
    case .always(let mode):
      fields?.reject(
        [.batchNorm], for: "\(descriptor.words), for which batch norm is \(mode.words)")
    case .usual: break
    }
    if fields?[.examplesPerClass] != nil, fields?[.examples] != nil {
      report(.exclusive(["examples-per-class", "examples"]))
    }
    let largest = max(1, frame.dataset?.trainCount ?? .max)
    let perClass = fields?[.examplesPerClass]?.integer(1...largest)
    let total = fields?[.examples]?.integer(1...largest)
    let batchSize = fields?[.batchSize]?.integer(1...1_000_000_000)
    let stated: NormalizationMode? = fields?[.batchNorm]?.name("mode of batch norm")
    let mode = stated ?? descriptor.mode.standard ?? .eval
    guard descriptor.readsData else { return .unread(mode) }
    let scoring = ScoringSpecification(
      examples: total.map { .total($0) }
        ?? usualExamples(perClass, fields?[.examplesPerClass], frame),
      batchSize: batchSize ?? 256, mode: mode)
    if scoring.mode == .train {
      frame.checkBatches(
        scoring.examples.count(classes: frame.dataset?.source.classes ?? 1),
        of: scoring.batchSize, "examples to score on",
        at: fields?[.batchSize] ?? fields?[.examples] ?? fields?[.examplesPerClass] ?? self)
    }
    return scoring
  }

  /// What is scored on where a suite does not state how many examples in all.
  private func usualExamples(_ wanted: Int?, _ field: Field?, _ frame: SuiteFrame)
    -> ScoringSpecification.Examples
  {
    guard let program = frame.network?.program else {
      return .perClass(examplesPerClass(wanted, field, frame))
    }
    let description = program.description
    let tellsClasses = description.classes != nil && description.verbs.contains("labels")
    if let field, !tellsClasses {
      field.report(
        .inapplicable(
          owner: "a program that tells no classes of its examples", remedy: "write `examples:`"))
    }
    // As many as of ten classes, where there are none.
    return tellsClasses
      ? .perClass(examplesPerClass(wanted, field, frame))
      : .total(min(100, description.examples.train))
  }

  /// How many examples of each class are scored on: `wanted`, which every class must have, or 10, or as many
  /// as the smallest class has.
  private func examplesPerClass(_ wanted: Int?, _ field: Field?, _ frame: SuiteFrame) -> Int {
    let number = wanted ?? 10
    guard let dataset = frame.dataset, dataset.hasExamples, wanted != nil || field == nil else {
      return number
    }
    guard let (name, present) = frame.files.smallestClass(of: dataset, upTo: number) else {
      // Where counting would take long, no more than classes of equal size would have.
      return wanted ?? min(number, max(1, dataset.trainCount / dataset.source.classes))
    }
    guard present < number else { return number }
    if let field {
      field.report(.tooFewExamples(wanted: number, present: present, className: name))
    } else if present == 0 {
      report(.tooFewExamples(wanted: number, present: present, className: name))
    } else {
      report(.fewExamples(usual: number, present: present, className: name))
    }
    return max(present, 1)
  }

  private func pruningSchedule() -> PruningSchedule? {
    guard let (name, options) = choice("pruning schedule", as: SuiteName.Pruning.self) else {
      return nil
    }
    switch (name, options) {
    case (.oneShot, nil): return .oneShot
    case (.oneShot, .some(let options)):
      options.report(.inapplicable(owner: "one-shot", remedy: "write `schedule: one-shot`"))
      return nil
    case (.linear, .some(let options)):
      return options.integer(1...10_000).map { $0 == 1 ? .oneShot : .linear(iterations: $0) }
    case (.exponential, .some(let options)):
      return options.integer(1...10_000).map { $0 == 1 ? .oneShot : .exponential(iterations: $0) }
    case (.linear, nil), (.exponential, nil):
      report(
        .unexpected(
          found: found, expected: "its number of iterations too: {\(name.rawValue): 100}"))
      return nil
    }
  }

  /// Reads `exclude:`.
  package func excluded(_ frame: SuiteFrame) -> [String]? {
    let names = distinct("a list of tensors, such as [fc.weight]") { entry -> String? in
      guard let name = entry.text("a tensor's name, such as fc.weight") else { return nil }
      guard let known = frame.prunable, !known.contains(name) else { return name }
      entry.report(.unknownTensor(name, known: known))
      return nil
    }
    guard let names, let known = frame.prunable else { return names }
    if Set(names) == Set(known) { report(.nothingToPrune) }
    // Network order, so that the order written does not change the key.
    return known.filter(names.contains)
  }
}

extension ScoringSpecification {
  /// What criteria without data have: one form, so that equal work has an equal key.
  package static func unread(_ mode: NormalizationMode) -> ScoringSpecification {
    ScoringSpecification(examples: .total(0), batchSize: 1, mode: mode)
  }
}
