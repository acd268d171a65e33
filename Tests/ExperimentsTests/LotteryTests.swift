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
      source: .init(.digits), digests: [], validation: 1000, split: root / "validation",
      normalization: DatasetSource(.digits).defaultNormalization))

  private static let initialization = WeightsSource.initialization(
    InitializationRecipe(
      initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
      stream: root / "initialization"))

  /// Steps of a whole training; 440 examples in batches of 44.
  private static let duration = 20

  private static func training(_ start: WeightsSource = initialization, from step: Int = 0)
    -> WalkRecipe
  {
    WalkRecipe(
      problem: problem, start: start,
      training: TrainingSpecification(
        optimizer: .init(.sgd, ["learning-rate": 0.3, "momentum": 0.9]),
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 44,
        duration: Step("20it")!), order: root / "order", firstStep: step)
  }

  /// The last state of the dense network, or of a subnetwork.
  private func last(_ bench: Bench, under mask: Artifact? = nil) throws -> Artifact {
    var inputs: [String: Artifact] = [:]
    inputs[InputRole.mask] = mask
    return try bench.make(
      StateRecipe(walk: Self.training(), step: Self.duration), inputs: inputs)
  }

  private static let magnitudes = ScoresRecipe(
    problem: problem, weights: .checkpoint(iteration: duration), criterion: .init(.magnitude),
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
    let dense = try [0, 6, 20].map {
      try bench.artifact(StateRecipe(walk: Self.training(), step: $0))
    }
    try bench.make(dense)
    let scores = try bench.make(Self.magnitudes, inputs: [InputRole.weights: dense[2]])
    let mask = try bench.make(Self.mask("0.5"), inputs: [InputRole.scores: scores])
    let kept = try tensors(bench, mask, ArtifactFile.mask)
    for (index, k) in [0, 6].enumerated() {
      let walk = Self.training(k == 0 ? Self.initialization : .checkpoint(iteration: k), from: k)
      let inputs = [InputRole.weights: dense[index], InputRole.mask: mask]
      let states = try [k, 20].map {
        try bench.artifact(StateRecipe(walk: walk, step: $0), inputs: inputs)
      }
      let trace = try bench.artifact(
        TraceRecipe(walk: walk, end: 20, every: 5, splits: [.validation, .test]),
        inputs: inputs)
      try bench.make(states + [trace])
      let before = try tensors(bench, dense[index], ArtifactFile.weights(after: k))
      let after = try tensors(bench, states[0], ArtifactFile.weights(after: k))
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
      let result = TrainingResult(
        state: try bench.result(states[1]), trace: try bench.result(trace))
      #expect(result.steps == 20 - k)
      #expect(result.trace?.curve.map(\.iteration) == (k == 0 ? [5, 10, 15, 20] : [10, 15, 20]))
      #expect(result.change?.kept == 38 && result.change!.distance > 0)
      #expect(result.earlyStoppingTest != nil)
      #expect(result.prunedWeightsAtZero == result.prunedWeights && result.prunedWeights == 38)
    }
    // The wrong subject: the weights at another step are others.
    #expect(
      try bench.digest(dense[0], ArtifactFile.weights(after: 0))
        != bench.digest(dense[1], ArtifactFile.weights(after: 6)))
  }

  @Test("levels nest, count exactly, and keep the output layer's own density")
  func levels() throws {
    let bench = try Bench()
    defer { bench.remove() }
    var parent = try last(bench)
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
      parent = try last(bench, under: mask)
      before = mask
    }
  }

  @Test("scores under a mask are those of the masked network")
  func scoresUnderMask() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let dense = try last(bench)
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
