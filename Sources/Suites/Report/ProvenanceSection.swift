package import Recipes
package import Reports
import Wording

extension Suite {
  /// Settings, seeds, versions, processor and cost in words: no host names, no paths.
  ///
  /// - Parameter repetition: how a program's first training went that was done twice.
  package func provenance(
    _ runs: [RunProvenance], repetition: Outcome<RepetitionResult>? = nil
  ) -> [Fact] {
    var facts: [Fact] = []
    func add(_ what: String, _ value: String) { facts.append(Fact(what, value)) }
    func different(_ field: (RunProvenance) -> String) -> String {
      Set(runs.map(field)).sorted().joined(separator: "; ")
    }
    let (dataset, source) = (problem.dataset, problem.dataset.source)
    add(
      "network",
      "\(problem.network), \(Format.count(problem.prunableCount(excluding: []))) prunable weights")
    if let program = problem.network.program {
      for (file, digest) in program.digests.sorted(by: { $0.key < $1.key }) {
        add("SHA-256 of \(file)", digest)
      }
      add("repeated training", repetition.map(ReportSection.words) ?? Format.missing)
    } else {
      add("input", ReportSection.words(source))
      add("initializer", "\(initializer.weights.rawValue), biases \(initializer.biases.rawValue)")
    }
    if source.testCount > 0, problem.network.program == nil {
      add("normalization", ReportSection.words(dataset.normalization, of: source))
      for (file, digest) in zip(source.files, dataset.digests) {
        add("SHA-256 of \(file)", digest)
      }
    }
    if training != .none {
      add(
        "examples",
        "\(Format.count(dataset.trainCount)) training, \(Format.count(dataset.validation)) validation, "
          + "\(Format.count(source.testCount)) test")
      if let augmentation = dataset.augmentation {
        add("augmentation of training examples", ReportSection.words(augmentation, of: source))
      }
      if let program = problem.network.program {
        add("training", ReportSection.words(training, of: program.description, steps: duration))
      } else {
        add("training", ReportSection.words(training, steps: duration))
        add("training on", "\(ReportSection.words(device)), \(ReportSection.words(precision))")
      }
    }
    let most = looks?.areSeveral == true ? "up to " : ""
    add("seed", "\(seed), \(most)\(Format.count(replicates, "replicate"))")
    add("Espalier", different(\.version))
    add("engine", different(\.engine))
    add("matrix products", different(\.blas))
    add("processor", different(\.processor))
    add("cores", different { "\($0.cores)" })
    if let first = runs.compactMap(\.day).min(), let last = runs.compactMap(\.day).max() {
      add("date", first == last ? first : "\(first) to \(last)")
    }
    let seconds = runs.reduce(0) { $0 + $1.seconds }
    add(
      "cost",
      "\(Format.count(runs.count, "artifact")), \(Format.duration(seconds: seconds)) of work on one core"
    )
    return facts
  }
}

extension ReportSection {
  /// How methods find their masks and how the suite was run; nothing of a table made elsewhere.
  package static func provenance<Settings>(
    _ terms: Terms<Settings>, _ more: [Fact] = []
  ) -> ReportSection {
    guard !terms.provenance.isEmpty else { return ReportSection() }
    let registration = terms.registration.map { [Fact("terms of the statistics", $0.words)] } ?? []
    return ReportSection(
      blocks: (terms.methods.isEmpty ? [] : methods(terms.methods).blocks)
        + [
          .heading(2, "How it was run"), .table(.init(of: terms.provenance + more + registration)),
        ])
  }

  package static func words(_ source: DatasetSource) -> String {
    let shape = source.shape
    var words =
      "\(source.name): \(shape.channels) × \(shape.height) × \(shape.width), "
      + Format.count(source.classes, "class", plural: "classes")
    if let folder = source.imageFolder, folder.converted > 0 {
      words += ", \(Format.count(folder.converted)) grey or transparent images made RGB"
    }
    return words
  }

  package static func words(_ normalization: Normalization, of source: DatasetSource) -> String {
    func list(_ values: [Double], _ noun: String) -> String {
      values.count > 4
        ? "\(noun) of each of \(Format.count(values.count, "channel"))"
        : values.map { Format.significant($0, digits: 4) }.joined(separator: ", ")
    }
    let (mean, deviation) = (
      list(normalization.mean, "mean"),
      list(normalization.standardDeviation, "standard deviation")
    )
    let isOfExamples = source.trainingFile?.normalization == normalization
    let value = source.trainingFile?.elements == .numbers ? "value" : "byte"
    let scale = Format.significant(normalization.fullScale)
    return "(\(value)\(scale == "1" ? "" : " / \(scale)") − \(mean)) / \(deviation)"
      + (isOfExamples ? ", both of all training examples" : "")
  }

  /// A program's training, and what its results are.
  static func words(
    _ training: TrainingSpecification, of program: EngineDescription, steps: Int
  ) -> String {
    "\(training.optimizer.words) and schedule; batch \(training.batchSize), \(training.duration) "
      + "(\(Format.count(steps, "step"))); \(program.classes == nil ? "loss" : "accuracy") of the last step"
  }

  /// How a training went that a program did twice.
  static func words(_ outcome: Outcome<RepetitionResult>) -> String {
    guard let found = outcome.found else { return "diverged both times" }
    return found.repeats
      ? "the first training, done twice, ended at the same bits"
      : "the first training, done twice, ended \(Format.significant(found.distance)) apart (Euclidean),"
        + " \(Format.count(found.differing)) of \(Format.count(found.count)) numbers differing; no stored state was"
        + " continued"
  }

  package static func words(_ device: DeviceKind) -> String {
    switch device {
    case .cpu: "CPU"
    case .cuda: "GPU by CUDA (scores on the CPU)"
    }
  }

  package static func words(_ precision: Precision) -> String {
    switch precision {
    case .float32: "float32"
    case .bfloat16: "bfloat16 (weights, batch norm and optimizer in float32)"
    }
  }

  package static func words(_ augmentation: Augmentation, of source: DatasetSource) -> String {
    let flip = augmentation.flip ? ["mirrored with probability ½"] : []
    // A byte of 0 is black; what a number of 0 looks like the user knows.
    let border =
      source.trainingFile?.elements == .numbers
      ? "a border of \(augmentation.crop) zeros" : "a black border of \(augmentation.crop)"
    let crop = augmentation.crop > 0 ? ["cropped at random from \(border)"] : []
    return (flip + crop).joined(separator: ", then ")
  }

  package static func words(_ training: TrainingSpecification, steps: Int) -> String {
    let shape =
      switch training.schedule.shape {
      case .constant: "constant"
      case .steps(let milestones, let factor):
        "times \(factor) at \(milestones.map(\.description).joined(separator: ", "))"
      case .cosine(let final): "cosine to \(final)"
      case .linearDecay(let from, let to, let final):
        "constant, from \(Format.percent(from)) of training linear to factor \(final) at "
          + Format.percent(to)
      }
    let warmup =
      training.schedule.warmup == .zero ? "" : " after \(training.schedule.warmup) of warmup"
    return
      "\(training.optimizer.words), \(shape)\(warmup); batch \(training.batchSize), \(training.duration) "
      + "(\(Format.count(steps, "step"))); accuracy of the last step"
  }
}

extension Markdown.Table {
  /// A table of facts.
  package init(of facts: [Fact]) {
    self.init(
      [.text("what"), .text("value")], rows: facts.map { [.init($0.what), .init($0.value)] })
  }
}
