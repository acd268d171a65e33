import Recipes
import Reports

/// How a suite's records came about, as the report tells it: no host names, no paths.
struct ReportProvenance {
  let suite: Suite
  let design: AblationDesign
  /// Provenance of every artifact behind the records.
  let runs: [RunProvenance]

  init(_ suite: Suite, _ design: AblationDesign, runs: [RunProvenance]) {
    self.suite = suite
    self.design = design
    self.runs = runs
  }

  /// Different values of one field, in a fixed order.
  func values(_ field: KeyPath<RunProvenance, String>) -> String {
    Set(runs.map { $0[keyPath: field] }).sorted().joined(separator: "; ")
  }
}

extension ReportSection {
  /// Settings, seeds, versions, processor and cost.
  static func provenance(_ provenance: ReportProvenance, records: [RunRecord]) -> ReportSection {
    let (suite, design) = (provenance.suite, provenance.design)
    let problem = suite.problem
    let source = problem.dataset.source
    let weights = problem.prunableCount(excluding: [])
    var table = Markdown.Table([.text("what"), .text("value")])
    func add(_ name: String, _ value: String) { table.append([.init(name), .init(value)]) }
    add("network", "\(problem.network), \(Format.count(weights)) prunable weights")
    add(
      "dataset",
      "\(source.name): \(Format.count(problem.dataset.trainCount)) training, "
        + "\(Format.count(problem.dataset.validation)) validation, "
        + "\(Format.count(source.testCount)) test examples")
    add("normalization", words(problem.dataset.normalization))
    if let folder = source.imageFolder {
      add(
        "images",
        "\(Format.count(folder.classes, "class", plural: "classes")), \(folder.shape.height)×\(folder.shape.width) pixels"
          + (folder.converted == 0
            ? "" : ", \(Format.count(folder.converted)) grey or transparent ones made RGB"))
    }
    if let augmentation = problem.dataset.augmentation {
      add("augmentation of training examples", words(augmentation))
    }
    for (file, digest) in zip(source.files, problem.dataset.digests) {
      add("SHA-256 of \(file)", digest)
    }
    add(
      "initializer",
      "\(suite.initializer.weights.rawValue), biases \(suite.initializer.biases.rawValue)")
    add("training", words(suite.training, steps: suite.duration))
    add("training and evaluation on", "\(words(suite.device)), \(words(suite.precision))")
    add("split that decides", design.rules.split.rawValue)
    add("seed", "\(suite.seed), \(Format.count(suite.replicates, "replicate"))")
    add("Espalier", provenance.values(\.version))
    add("engine", provenance.values(\.engine))
    add("matrix products", provenance.values(\.blas))
    add("processor", provenance.values(\.processor))
    add(
      "cores", Set(provenance.runs.map(\.cores)).sorted().map(String.init).joined(separator: "; "))
    let seconds = provenance.runs.reduce(0) { $0 + $1.seconds }
    add(
      "cost",
      "\(Format.count(provenance.runs.count, "artifact")), \(Format.duration(seconds: seconds)) of work "
        + "on one core")
    let steps = records.compactMap(\.details.steps).reduce(0, +)
    add("optimizer steps", "\(Format.count(steps)) in \(Format.count(records.count, "run"))")
    return ReportSection(blocks: [.heading(2, "How it was run"), .table(table)])
  }

  static func words(_ normalization: Normalization) -> String {
    func list(_ values: [Double]) -> String {
      values.map { Format.significant($0, digits: 4) }.joined(separator: ", ")
    }
    return "(byte / \(Format.significant(normalization.fullScale)) − \(list(normalization.mean)))"
      + " / \(list(normalization.standardDeviation))"
  }

  static func words(_ device: DeviceKind) -> String {
    switch device {
    case .cpu: "CPU"
    case .cuda: "GPU by CUDA (scores on the CPU)"
    }
  }

  static func words(_ precision: Precision) -> String {
    switch precision {
    case .float32: "float32"
    case .bfloat16: "bfloat16 (weights, batch norm and optimizer in float32)"
    }
  }

  static func words(_ augmentation: Augmentation) -> String {
    let flip = augmentation.flip ? ["mirrored with probability ½"] : []
    let crop =
      augmentation.crop > 0 ? ["cropped at random from a black border of \(augmentation.crop)"] : []
    return (flip + crop).joined(separator: ", then ")
  }

  static func words(_ training: TrainingSpecification, steps: Int) -> String {
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
