import Laboratory
import Recipes
import Reports

extension AnalysisPlan where Cell == AblationCell {
  /// The work and the cells of `suite`, whose analysis is `design`.
  package init(expanding suite: Suite, _ design: AblationDesign) throws {
    var builder = PlanBuilder()
    var cells: [AblationCell] = []
    for replicate in 1...suite.replicates {
      var expansion = try ReplicateExpansion(suite, design, replicate, builder)
      try expansion.run()
      builder = expansion.builder
      cells += expansion.cells
    }
    self.init(artifacts: builder.artifacts, cells: cells)
  }
}

/// Expands one replicate.
private struct ReplicateExpansion {
  private let suite: Suite
  private let design: AblationDesign
  private let replicate: Int
  private let streams: AblationStreams
  private(set) var builder: PlanBuilder
  private(set) var cells: [AblationCell] = []
  /// The dense training; `nil` where nothing needs it.
  private var dense: Key?

  init(_ suite: Suite, _ design: AblationDesign, _ replicate: Int, _ builder: PlanBuilder) throws {
    self.suite = suite
    self.design = design
    self.replicate = replicate
    self.builder = builder
    streams = AblationStreams(seed: suite.seed, replicate: replicate)
    dense = try addDense()
  }

  /// Adds every artifact and cell.
  mutating func run() throws {
    if design.recordsDense, let dense {
      cells.append(
        AblationCell(
          method: Method.dense, combination: .none, density: .one, replicate: replicate,
          training: dense, mask: nil, methodMask: nil, scores: nil, dense: nil,
          totalTrainingSteps: suite.duration))
    }
    for method in design.methods {
      for density in design.densities {
        for combination in [.none] + method.ablations {
          try add(method, combination, density)
        }
      }
    }
  }

  private mutating func add(
    _ method: Method, _ combination: AblationCombination, _ density: Density
  ) throws {
    let own = try mask(method, .none, density)
    var mask = try mask(method, combination.inversion, density)
    if combination.contains(.shuffle) {
      let stream = streams.shuffle(
        method: method.name, inversion: combination.inversion, density: density)
      mask.key = try builder.add(
        ShuffleRecipe(problem: suite.problem, stream: stream),
        inputs: [InputRole.mask: mask.key],
        label: label("shuffle", method.name, combination.inversion, density))
    }
    let training = subnetwork(method, combination)
    let source = training.reinitializes ?? training.weights
    let steps =
      training.training.duration.iterations(perEpoch: suite.stepsPerEpoch) - training.start
    let key = try builder.add(
      training, inputs: [InputRole.mask: mask.key].merging(inputs(for: source)) { $1 },
      label: label("training", method.name, combination, density))
    let denseSteps = max(mask.iteration, training.weights.iteration)
    cells.append(
      AblationCell(
        method: method.name, combination: combination, density: density, replicate: replicate,
        training: key, mask: mask.key, methodMask: own.key, scores: mask.scores,
        dense: denseSteps > 0 ? dense : nil, totalTrainingSteps: denseSteps + steps))
  }

  // MARK: The dense network

  /// Weights of the dense network after `iteration` steps.
  private func weights(after iteration: Int) -> WeightsSource {
    iteration == 0
      ? .initialization(
        InitializationRecipe(initializer: suite.initializer, stream: streams.initialization))
      : .checkpoint(iteration: iteration)
  }

  private func inputs(for weights: WeightsSource) -> [String: Key] {
    guard weights.iteration > 0, let dense else { return [:] }
    return [InputRole.weights: dense]
  }

  private mutating func addDense() throws -> Key? {
    let keeps = Set(
      design.methods.flatMap { method -> [TrainingPoint] in
        switch method.source {
        case .ranking(_, let maskFrom): [maskFrom, method.continuation.weights]
        case .masks: [method.continuation.weights]
        }
      }.map(suite.iterations(before:)).filter { $0 > 0 })
    guard design.recordsDense || !keeps.isEmpty else { return nil }
    let recipe = TrainingRecipe(
      problem: suite.problem, weights: weights(after: 0), training: suite.training,
      order: streams.order, keeps: keeps.sorted(), start: 0, scheduleStart: 0, reinitializes: nil,
      device: suite.device, precision: suite.precision)
    return try builder.add(
      recipe, label: "training \(Method.dense) · replicate \(replicate)")
  }

  // MARK: Subnetworks

  private func subnetwork(_ method: Method, _ combination: AblationCombination) -> TrainingRecipe {
    let own = suite.iterations(before: method.continuation.weights)
    let precision = combination.contains(.bfloat16) ? Precision.bfloat16 : suite.precision
    if combination.contains(.reinitialize) {
      let fresh = InitializationRecipe(
        initializer: suite.initializer, stream: streams.reinitialization)
      return TrainingRecipe(
        problem: suite.problem, weights: .initialization(fresh), training: suite.training,
        order: streams.order, keeps: [], start: 0, scheduleStart: 0,
        reinitializes: weights(after: own), device: suite.device, precision: precision)
    }
    // Rewinding the schedule rewinds the data order with it: only the weights differ.
    let (training, start) =
      switch method.continuation.length {
      case .schedule(let from): (suite.training, suite.iterations(before: .step(from)))
      case .fineTuning(let duration): (suite.training.fineTuning(for: duration), 0)
      }
    return TrainingRecipe(
      problem: suite.problem, weights: weights(after: own), training: training,
      order: streams.order, keeps: [], start: start, scheduleStart: start,
      reinitializes: nil, device: suite.device, precision: precision)
  }

  // MARK: Masks

  /// A mask, the scores it ranks, and the dense network's steps that it took.
  private struct FoundMask {
    var key: Key
    let scores: Key?
    let iteration: Int
  }

  private mutating func mask(
    _ method: Method, _ inversion: AblationCombination, _ density: Density
  ) throws -> FoundMask {
    switch method.source {
    case .masks(let files):
      let index = design.densities.firstIndex(of: density) ?? 0
      let recipe = ImportedMaskRecipe(
        problem: suite.problem, digest: files.digests[replicate - 1][index], density: density)
      let key = try builder.add(
        recipe, label: label("imported mask", method.name, .none, density))
      return FoundMask(key: key, scores: nil, iteration: 0)
    case .ranking(let ranking, let maskFrom):
      return try mask(method.name, ranking, suite.iterations(before: maskFrom), inversion, density)
    }
  }

  private mutating func mask(
    _ method: String, _ ranking: RankingSpecification, _ iteration: Int,
    _ inversion: AblationCombination, _ density: Density
  ) throws -> FoundMask {
    let scored = ScoresRecipe(
      problem: suite.problem, weights: weights(after: iteration), criterion: ranking.criterion,
      scoring: ranking.scoring, stream: streams.scoring(ranking.criterion, method: method))
    var inputs = inputs(for: scored.weights)
    var scores: Key?
    if ranking.schedule == .oneShot {
      let key = try builder.add(
        scored, inputs: inputs, label: "scores \(method) · replicate \(replicate)")
      (scores, inputs) = (key, [InputRole.scores: key])
    }
    let selection = selection(inversion, ranking.scope)
    if selection == .lowestWithinLayers {
      inputs[InputRole.counts] = try mask(method, ranking, iteration, .none, density).key
    }
    let recipe = MaskRecipe(
      problem: suite.problem,
      scores: scores == nil ? .iterative(scored, ranking.schedule) : .artifact, density: density,
      scope: ranking.scope, selection: selection, excluded: ranking.excluded)
    let key = try builder.add(
      recipe, inputs: inputs, label: label("mask", method, inversion, density))
    return FoundMask(key: key, scores: scores, iteration: iteration)
  }

  private func selection(_ inversion: AblationCombination, _ scope: Scope) -> Selection {
    if inversion.contains(.invertGlobal) { return .lowest }
    guard inversion.contains(.invertLayerwise) else { return .highest }
    // Ranked within layers, both inversions keep the method's own counts: equal work, equal key.
    return switch scope {
    case .global: .lowestWithinLayers
    case .layerwise, .erdosRenyi, .erdosRenyiKernel: .lowest
    }
  }

  private func label(
    _ kind: String, _ method: String, _ combination: AblationCombination, _ density: Density
  ) -> String {
    (["\(kind) \(method)"] + (combination == .none ? [] : [combination.name])
      + [Format.percent(density.value), "replicate \(replicate)"]).joined(separator: " · ")
  }
}

extension WeightsSource {
  /// Steps of the dense network behind these weights.
  fileprivate var iteration: Int {
    switch self {
    case .initialization: 0
    case .checkpoint(let iteration): iteration
    }
  }
}
