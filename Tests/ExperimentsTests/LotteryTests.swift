import Experiments
import Foundation
import Laboratory
import Randomness
import Recipes
import Tensors
import Testing

/// Tickets through recipes and the store, as a lottery suite runs them.
@Suite(.serialized) struct LotteryTests {
  private static let root = StreamPath(seed: 7)

  /// A small network with batch norm on the embedded digits.
  private static let problem = Problem(
    network: .custom([
      .convolution(name: "a", outputs: 4, kernel: 3, padding: 1), .batchNorm(name: "b"), .relu,
      .globalAveragePool, .linear(name: "fc", outputs: nil),
    ]),
    dataset: DatasetSpecification(
      source: .digits, digests: [], validation: 1000, split: root / "validation",
      normalization: DatasetSource.digits.defaultNormalization))

  private static let initialization = WeightsSource.initialization(
    InitializationRecipe(
      initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
      stream: root / "initialization"))

  /// Steps of a whole training; 440 examples in batches of 44.
  private static let duration = 20

  private static func training(
    _ weights: WeightsSource = initialization, start: Int = 0, keeps: [Int]
  ) -> TrainingRecipe {
    TrainingRecipe(
      problem: problem, weights: weights,
      training: TrainingSpecification(
        optimizer: .sgd(learningRate: 0.3, momentum: 0.9, nesterov: false, weightDecay: 0),
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 44,
        duration: Step("20it")!, evaluateEvery: Step("5it")!),
      order: root / "order", keeps: keeps, start: start, scheduleStart: start, reinitializes: nil,
      measures: Set(TrainingMeasure.allCases))
  }

  private static let magnitudes = ScoresRecipe(
    problem: problem, weights: .checkpoint(iteration: duration), criterion: .magnitude,
    scoring: ScoringSpecification(examples: .total(0), batchSize: 1, mode: .eval),
    stream: root / "scoring")

  private static func mask(_ density: String, own: [String: Density] = [:]) -> MaskRecipe {
    MaskRecipe(
      problem: problem, scores: .artifact, density: Density(density)!, scope: .global,
      selection: .highest, excluded: [], ownDensities: own)
  }

  private func tensors(_ bench: Bench, _ artifact: Artifact, _ file: String) throws
    -> [String: Tensor]
  {
    let path = try bench.store.verifiedFile(file, of: artifact.key)
    let contents = try Safetensors(readingFrom: URL(fileURLWithPath: path))
    return Dictionary(uniqueKeysWithValues: contents.tensors.map { ($0.name, $0.tensor) })
  }

  private func elements(_ tensor: Tensor?) throws -> [Double] {
    try #require(tensor).converted(to: .float64).elements(of: Double.self)
  }

  @Test(
    "rewinding restores the weights at k, batch norm's statistics included; k = 0 is initialization"
  )
  func rewinding() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let dense = try bench.make(Self.training(keeps: [0, 6, 20]))
    let scores = try bench.make(Self.magnitudes, inputs: [InputRole.weights: dense])
    let mask = try bench.make(Self.mask("0.5"), inputs: [InputRole.scores: scores])
    let kept = try tensors(bench, mask, ArtifactFile.mask)
    for k in [0, 6] {
      let source = k == 0 ? Self.initialization : .checkpoint(iteration: k)
      let ticket = try bench.make(
        Self.training(source, start: k, keeps: [k]),
        inputs: [InputRole.weights: dense, InputRole.mask: mask])
      let before = try tensors(bench, dense, ArtifactFile.weights(after: k))
      let after = try tensors(bench, ticket, ArtifactFile.weights(after: k))
      #expect(after.keys.sorted() == before.keys.sorted())
      for (name, tensor) in before {
        let expected =
          try kept[name].map { mask in
            try zip(elements(tensor), elements(mask)).map { $1 == 1 ? $0 : 0 }
          } ?? elements(tensor)
        #expect(try elements(after[name]) == expected, "\(name) at \(k)")
      }
      let statistics = try elements(after["b.running_mean"])
      #expect(statistics.allSatisfy { $0 == 0 } == (k == 0))
      let result: TrainingResult = try bench.result(ticket)
      #expect(result.steps == 20 - k)
      #expect(result.change?.kept == 38 && result.change!.distance > 0)
      #expect(result.earlyStoppingTest != nil)
      #expect(result.prunedWeightsAtZero == result.prunedWeights && result.prunedWeights == 38)
    }
    // The wrong subject: the weights at another step are others.
    #expect(
      try bench.digest(dense, ArtifactFile.weights(after: 0))
        != bench.digest(dense, ArtifactFile.weights(after: 6)))
  }

  @Test("levels nest, count exactly, and keep the output layer's own density")
  func levels() throws {
    let bench = try Bench()
    defer { bench.remove() }
    var parent = try bench.make(Self.training(keeps: [20]))
    var before: Artifact?
    for level in 1...4 {
      var inputs = [InputRole.weights: parent]
      inputs[InputRole.mask] = before
      let scores = try bench.make(Self.magnitudes, inputs: inputs)
      inputs = [InputRole.scores: scores]
      inputs[InputRole.within] = before
      let mask = try bench.make(
        Self.mask("0.8^\(level)", own: ["fc.weight": Density("0.9^\(level)")!]), inputs: inputs)
      let result: MaskResult = try bench.result(mask)
      // 36 weights of the convolution, 40 of the output layer.
      let kept = [
        Density("0.8^\(level)")!.kept(of: 36), Density("0.9^\(level)")!.kept(of: 40),
      ]
      #expect(result.audit.layers.map(\.kept) == kept)
      #expect(kept == [[29, 36], [24, 33], [19, 30], [15, 27]][level - 1])
      if let before {
        let outer = try tensors(bench, before, ArtifactFile.mask)
        for (name, tensor) in try tensors(bench, mask, ArtifactFile.mask) {
          #expect(try zip(elements(tensor), elements(outer[name])).allSatisfy { $0 <= $1 })
        }
      }
      parent = try bench.make(
        Self.training(keeps: [20]), inputs: [InputRole.mask: mask])
      before = mask
    }
  }

  @Test("scores under a mask are those of the masked network")
  func scoresUnderMask() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let dense = try bench.make(Self.training(keeps: [20]))
    let whole = try bench.make(Self.magnitudes, inputs: [InputRole.weights: dense])
    let mask = try bench.make(Self.mask("0.5"), inputs: [InputRole.scores: whole])
    let masked = try bench.make(
      Self.magnitudes, inputs: [InputRole.weights: dense, InputRole.mask: mask])
    let (before, after, kept) = (
      try tensors(bench, whole, ArtifactFile.scores),
      try tensors(bench, masked, ArtifactFile.scores), try tensors(bench, mask, ArtifactFile.mask)
    )
    for (name, tensor) in before {
      let expected = try zip(elements(tensor), elements(kept[name])).map { $0 * $1 }
      #expect(try elements(after[name]) == expected)
    }
  }
}
