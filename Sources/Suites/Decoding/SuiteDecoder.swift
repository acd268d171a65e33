package import Foundation
package import Recipes

/// A suite read from YAML.
package struct DecodedSuite: Sendable {
  /// The suite.
  package let suite: Suite
  /// What it asks.
  package let analysis: any Analysis
  /// Paths that workers need; they enter no key.
  package let settings: WorkerSettings
  /// What weakens the suite's answer.
  package let warnings: [SuiteWarning]
}

extension Suite {
  /// Reads the suite file at `url`, which asks one of `analyses`, looking for datasets in `dataFolders`.
  ///
  /// - Parameters:
  ///   - url: the file.
  ///   - folder: where its files are named from; the file's own folder unless stated.
  ///   - settings: values in place of the file's.
  ///   - dataFolders: folders that may hold datasets.
  ///   - engines: asks programs that train what they are.
  ///   - analyses: those that may be asked.
  package static func read(
    _ url: URL, in folder: URL? = nil, setting settings: [Setting] = [], dataFolders: [URL],
    engines: EngineDescriptions = EngineDescriptions(), analyses: [any Analysis.Type]
  ) throws(SuiteError) -> DecodedSuite {
    let text: String
    do {
      text = try TextFile.read(url)
    } catch {
      throw .unreadable(error)
    }
    let context = SuiteContext(
      folder: folder ?? url.deletingLastPathComponent(), dataFolders: dataFolders, engines: engines)
    return try decode(
      text, file: url.relativePath, setting: settings, context: context, analyses: analyses)
  }

  /// Reads a suite from YAML that asks one of `analyses`; `file` is its name in messages, and `line` where it begins there.
  ///
  /// - Parameters:
  ///   - text: the suite.
  ///   - file: what messages call it.
  ///   - line: where it begins in the file, from 1.
  ///   - settings: values in place of those in `text`.
  ///   - context: where its files are looked for.
  ///   - analyses: those that may be asked.
  /// - Throws: ``SuiteError/invalid(_:)`` with every problem of the suite at once.
  package static func decode(
    _ text: String, file: String, from line: Int = 1, setting settings: [Setting] = [],
    context: SuiteContext, analyses: [any Analysis.Type]
  ) throws(SuiteError) -> DecodedSuite {
    let findings = Findings(file: file)
    let files = SuiteFiles(context: context)
    let root = try Field(document: text, from: line, setting: settings, findings)
    let decoded = suite(root, files, analyses)
    try findings.throwProblems()
    guard let (suite, analysis) = decoded else {
      preconditionFailure("\(file): a suite without problems that cannot be decoded")
    }
    return DecodedSuite(
      suite: suite, analysis: analysis, settings: files.settings, warnings: findings.warnings)
  }

  private static func suite(
    _ root: Field, _ files: SuiteFiles, _ analyses: [any Analysis.Type]
  ) -> (Suite, any Analysis)? {
    // Suites of an unknown analysis have their other fields checked as those of the first.
    let stated = root.node.mapping?["analysis"]?.scalar?.string ?? ""
    let kind = analyses.first { $0.about.name == stated } ?? analyses[0]
    let (about, needsTraining) = (kind.about, kind.about.needs.contains(.training))
    guard let shared = root.fields(SharedKey.self, beside: about.keys) else { return nil }
    let name = shared.required(.analysis, example: "analysis: \(analyses[0].about.name)")?
      .name("analysis", among: analyses.map { $0.about.name })
    let seed = shared[.seed]?.seed() ?? 1
    let design =
      shared[.replicates]?.replicates()
      ?? ReplicateDesign(replicates: Suite.usualReplicates, looks: nil)
    let replicates = design.replicates
    if design.looks != nil, !kind.decides {
      shared[.replicates]?.report(
        .inapplicable(
          owner: "an analysis that decides nothing density by density",
          remedy: "write `replicates: \(Suite.usualReplicates)`"))
    }
    let engine = shared[.engine]?.engine(files)
    let (network, dataset) =
      shared[.engine] == nil
      ? own(shared, seed: seed, files)
      : programs(engine, shared, about)
    let initializer =
      shared[.initializer]?.initializer()
      ?? InitializerSpecification(weights: .kaimingNormal, biases: .zero)
    let example = "training: {duration: 8ep}"
    let field =
      needsTraining ? shared.required(.training, example: example) : shared[.training]
    let hasExamples = dataset?.hasExamples ?? true
    if !hasExamples {
      (needsTraining ? shared[.dataset] : shared[.training])?.report(
        .inapplicable(
          owner: "networks without examples to train on",
          remedy: "name a dataset, or ask about initialization only"))
    }
    let training =
      if let engine { field?.training(of: engine) } else if shared[.engine] == nil, hasExamples {
        field?.training(dataset)
      } else { TrainingSpecification?.none }
    let precision = (engine == nil ? field?.precision() : nil) ?? .float32
    let device = (engine == nil ? field?.device() : nil) ?? .cpu
    if let network { field?.checkPrecision(precision, on: device, of: network) }
    let evaluateEvery = field?.evaluateEvery() ?? Step(epochs: 1, iterations: 0)
    let frame = SuiteFrame(
      seed: seed, replicates: replicates, network: network, dataset: dataset, training: training,
      precision: precision, files: files)
    frame.checkBatches(of: training, at: field)
    let analysis = read(kind, root, frame, countedAt: shared[.replicates] ?? root)
    let question = shared[.question]?.text("a question") ?? about.question
    let kept = shared[.keep]?.nonEmpty("a list of what is kept, [weights]") {
      $0.name("file", as: KeptFiles.self)
    }
    let fewest = design.looks?.sizes[0] ?? replicates
    if about.needs.contains(.replicates), fewest < 3 {
      (shared[.replicates] ?? root).report(.fewReplicates(fewest))
    }
    guard name != nil, let network, let dataset, let analysis,
      training != nil || !needsTraining
    else { return nil }
    let suite = Suite(
      question: question, seed: seed, replicates: replicates, looks: design.looks,
      problem: Problem(network: network, dataset: dataset), initializer: initializer,
      training: training ?? .none, evaluateEvery: evaluateEvery, precision: precision,
      device: device, keepsWeights: kept?.contains(.weights) == true)
    return (suite, analysis)
  }

  /// The network of the toolkit's own that `shared` names, and its data.
  private static func own(_ shared: Fields<SharedKey>, seed: UInt64, _ files: SuiteFiles) -> (
    NetworkSpecification?, DatasetSpecification?
  ) {
    let field = shared.required(.network, example: "network: lenet-300-100")
    let dataset = shared.required(.dataset, example: "dataset: digits")?
      .dataset(seed: seed, files: files)
    return (field?.network(reading: dataset), dataset)
  }

  /// The network and the examples of a program, which `about` must be able to do with.
  private static func programs(
    _ engine: EngineSpecification?, _ shared: Fields<SharedKey>, _ about: AboutAnalysis
  ) -> (NetworkSpecification?, DatasetSpecification?) {
    shared.reject(
      [.network, .dataset, .initializer], for: "a suite with `engine:`",
      remedy: "remove it: the program has its own")
    if about.needs.contains(.layers) {
      shared[.engine]?.report(
        .inapplicable(
          owner: "\(about.name), which looks into the network's layers",
          remedy: "write a `network:` that the toolkit has"))
    }
    guard let engine else { return (nil, nil) }
    if about.needs.contains(.classes), engine.description.classes == nil {
      shared[.engine]?.report(
        .inapplicable(
          owner: "\(about.name), which counts the examples that are given their class",
          remedy: "name a program that tells `classes`, or ask about ablations with `metric: loss`")
      )
    }
    return (.program(engine), DatasetSpecification(of: engine.description))
  }

  private static func read<A: Analysis>(
    _: A.Type, _ root: Field, _ frame: SuiteFrame, countedAt field: Field
  ) -> (any Analysis)? {
    guard let analysis = A(root, frame) else { return nil }
    let runs = Double(frame.replicates) * analysis.runsPerReplicate
    guard runs <= Double(SuiteSize.most) else {
      field.report(.tooManyRuns(runs))
      return nil
    }
    return analysis
  }
}

/// What an analysis' own fields are checked against; `nil` where a field is wrong itself.
package struct SuiteFrame {
  /// Root of every random stream.
  package let seed: UInt64
  /// Number of replicates.
  package let replicates: Int
  /// Architecture.
  package let network: NetworkSpecification?
  /// Data.
  package let dataset: DatasetSpecification?
  /// How networks are trained.
  package let training: TrainingSpecification?
  /// What trainings compute in.
  package let precision: Precision
  /// Finds and digests files.
  package let files: SuiteFiles

  /// The same suite with another network and other data.
  package func reading(_ network: NetworkSpecification, _ dataset: DatasetSpecification)
    -> SuiteFrame
  {
    SuiteFrame(
      seed: seed, replicates: replicates, network: network, dataset: dataset, training: training,
      precision: precision, files: files)
  }

  /// Names of the tensors that may be pruned.
  package var prunable: [String]? { problem?.tensors.filter(\.isPrunable).map(\.name) }

  /// Network and data.
  package var problem: Problem? {
    guard let network, let dataset else { return nil }
    return Problem(network: network, dataset: dataset)
  }

  /// The length of training.
  package var timeline: Timeline {
    Timeline(
      stepsPerEpoch: training.flatMap { dataset?.stepsPerEpoch(batchSize: $0.batchSize) },
      duration: training?.duration)
  }
}
