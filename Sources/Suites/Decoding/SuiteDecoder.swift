package import Foundation
package import Recipes
import Yams

/// A suite read from YAML.
package struct DecodedSuite: Hashable, Sendable {
  /// The suite.
  package let suite: Suite
  /// Paths that workers need; they enter no key.
  package let settings: WorkerSettings
  /// What weakens the suite's answer.
  package let warnings: [SuiteWarning]
}

extension Suite {
  /// Reads the suite file at `url`, looking for datasets in `dataFolders`.
  package static func read(_ url: URL, dataFolders: [URL]) throws(SuiteError) -> DecodedSuite {
    let text: String
    do {
      text = try TextFile.read(url)
    } catch {
      throw .unreadable(error)
    }
    let context = SuiteContext(folder: url.deletingLastPathComponent(), dataFolders: dataFolders)
    return try decode(text, file: url.relativePath, context: context)
  }

  /// Reads a suite from YAML; `file` is its name in messages.
  ///
  /// - Throws: ``SuiteError/invalid(_:)`` with every problem of the suite at once.
  package static func decode(
    _ text: String, file: String, context: SuiteContext
  ) throws(SuiteError) -> DecodedSuite {
    let findings = Findings(file: file)
    let files = SuiteFiles(context: context)
    let root = Field(
      node: compose(text, findings).map { MergeKeys.resolved($0, findings) }
        ?? .mapping(.init([])), path: "", line: 1, findings: findings)
    try findings.throwProblems()
    let suite = suite(root, files)
    try findings.throwProblems()
    guard let suite else {
      preconditionFailure("\(file): a suite without problems that cannot be decoded")
    }
    return DecodedSuite(suite: suite, settings: files.settings, warnings: findings.warnings)
  }

  private static func compose(_ text: String, _ findings: Findings) -> Node? {
    do {
      return try Yams.compose(yaml: text)
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
      findings.add(.duplicateKeys(keys), line: context.mark.line, path: "")
    } catch YamlError.scanner(_, let reason, let mark, _), YamlError.parser(
      _, let reason, let mark, _),
      YamlError.composer(_, let reason, let mark, _)
    {
      findings.add(.malformed(reason), line: mark.line, path: "")
    } catch YamlError.reader(let reason, let offset, _, _) {
      let before = offset.map { text.prefix($0) } ?? ""
      findings.add(.malformed(reason), line: 1 + before.count(where: \.isNewline), path: "")
    } catch {
      findings.add(.malformed("which cannot be read"), line: 1, path: "")
    }
    return nil
  }

  private static func suite(_ root: Field, _ files: SuiteFiles) -> Suite? {
    // Suites of an unknown analysis have their other fields checked as an ablation's.
    let stated = root.node.mapping?["analysis"]?.scalar?.string ?? ""
    let kind = SuiteName.Analysis(rawValue: stated) ?? .ablation
    guard let shared = root.fields(SharedKey.self, beside: kind.keys) else { return nil }
    let name = shared.required(.analysis, example: "analysis: ablation")?
      .name("analysis", as: SuiteName.Analysis.self)
    let seed = shared[.seed]?.seed() ?? 1
    let replicates = shared[.replicates]?.integer(1...1000) ?? 5
    let networkField = shared.required(.network, example: "network: lenet-300-100")
    let dataset = shared.required(.dataset, example: "dataset: digits")?
      .dataset(seed: seed, files: files)
    let network = networkField?.network(reading: dataset)
    let initializer =
      shared[.initializer]?.initializer()
      ?? InitializerSpecification(weights: .kaimingNormal, biases: .zero)
    let example = "training: {duration: 8ep}"
    let field =
      kind.needsTraining ? shared.required(.training, example: example) : shared[.training]
    let hasExamples = dataset?.hasExamples ?? true
    if !hasExamples {
      (kind.needsTraining ? shared[.dataset] : shared[.training])?.report(
        .inapplicable(
          owner: "networks without examples to train on",
          remedy: "name a dataset, or ask about initialization only"))
    }
    let training = hasExamples ? field?.training(dataset) : nil
    let precision = field?.precision() ?? .float32
    let device = field?.device() ?? .cpu
    let evaluateEvery = field?.evaluateEvery() ?? Step(epochs: 1, iterations: 0)
    let frame = SuiteFrame(
      seed: seed, replicates: replicates, network: network, dataset: dataset, training: training,
      precision: precision, files: files)
    frame.checkBatches(of: training, at: field)
    let analysis: Analysis? =
      switch kind {
      case .ablation: root.ablationDesign(frame).map(Analysis.ablation)
      case .collapse: root.collapseDesign(frame).map(Analysis.collapse)
      case .conservation: root.conservationDesign(frame).map(Analysis.conservation)
      case .schedule: root.scheduleDesign(frame).map(Analysis.schedule)
      case .instability: root.instabilityDesign(frame).map(Analysis.instability)
      case .lottery: root.lotteryDesign(frame).map(Analysis.lottery)
      case .curve: root.curveDesign(frame).map(Analysis.curve)
      case .plane: root.planeDesign(frame).map(Analysis.plane)
      case .alignment: root.alignmentDesign(frame).map(Analysis.alignment)
      case .dropoutStability:
        root.dropoutStabilityDesign(frame).map(Analysis.dropoutStability)
      }
    let question = shared[.question]?.text("a question") ?? kind.question
    // A plane is a picture, not an estimate.
    if kind.needsTraining, kind != .plane, replicates < 3 {
      (shared[.replicates] ?? root).report(.fewReplicates(replicates))
    }
    if let runs = analysis?.runs(replicates: replicates), runs > Double(SuiteSize.most) {
      (shared[.replicates] ?? root).report(.tooManyRuns(runs))
      return nil
    }
    guard name != nil, let network, let dataset, let analysis,
      training != nil || !kind.needsTraining
    else { return nil }
    return Suite(
      question: question, seed: seed, replicates: replicates,
      problem: Problem(network: network, dataset: dataset), initializer: initializer,
      training: training ?? .none, evaluateEvery: evaluateEvery, precision: precision,
      device: device,
      analysis: analysis)
  }
}

extension SuiteName.Analysis {
  /// The question asked where a suite states none.
  fileprivate var question: String {
    switch self {
    case .ablation: "Does the accuracy of pruned networks change under ablations of their masks?"
    case .collapse: "At which compression does a method empty a layer?"
    case .conservation: "Which scores are conserved from layer to layer?"
    case .schedule: "Which schedules of SynFlow prune less than a cut in every iteration?"
    case .instability: "From which step on is training stable to the noise of its data order?"
    case .lottery: "Does the ticket match the dense network, and do its controls?"
    case .curve: "Are two trained networks joined by a path of low error?"
    case .plane: "What lies between three trained networks?"
    case .alignment:
      "Does weight matching lower the barrier between independently trained networks?"
    case .dropoutStability:
      "Are independently trained networks joined by a path through networks of half their width?"
    }
  }
}

/// What an analysis' own fields are checked against; `nil` where a field is wrong itself.
struct SuiteFrame {
  /// Root of every random stream.
  let seed: UInt64
  /// Number of replicates.
  let replicates: Int
  /// Architecture.
  let network: NetworkSpecification?
  /// Data.
  let dataset: DatasetSpecification?
  /// How networks are trained.
  let training: TrainingSpecification?
  /// What trainings compute in.
  let precision: Precision
  /// Finds and digests files.
  let files: SuiteFiles

  /// Names of the tensors that may be pruned.
  var prunable: [String]? { problem?.tensors.filter(\.isPrunable).map(\.name) }

  /// Network and data.
  var problem: Problem? {
    guard let network, let dataset else { return nil }
    return Problem(network: network, dataset: dataset)
  }

  /// The length of training.
  var timeline: Timeline {
    Timeline(
      stepsPerEpoch: training.flatMap { dataset?.stepsPerEpoch(batchSize: $0.batchSize) },
      duration: training?.duration)
  }
}
