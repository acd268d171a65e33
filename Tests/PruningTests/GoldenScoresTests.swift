import Datasets
import Foundation
import Networks
import Pruning
import Recipes
import Programs
import Tensors
import Testing

/// Saliencies computed in float64 by automatic differentiation on OpenLTH's models.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["ESPALIER_REFERENCE"] != nil,
    "set ESPALIER_REFERENCE to the folder of reference scores that holds lenet-300-100"))
struct GoldenScoresTests {
  struct Case: CustomTestStringConvertible {
    let network: String
    let mode: NormalizationMode
    var testDescription: String { "\(network), \(mode.rawValue)" }
  }

  static let cases = [
    Case(network: "lenet-300-100", mode: .eval), Case(network: "resnet-20", mode: .train),
    Case(network: "resnet-20", mode: .eval),
  ]

  @Test(arguments: cases) func gradientsAndLoss(_ testCase: Case) throws {
    let golden = try Golden(testCase)
    let (weights, batch) = (golden.weights, golden.batch)
    let loss = try golden.network.logits(weights.tensors, batch.inputs, mode: testCase.mode)
      .crossEntropy(batch.labels)
    let expected = try #require(golden.expected.modes[testCase.mode.rawValue]).loss
    #expect(abs(try loss.item / expected - 1) < 1e-5)
    let error = try golden.worst(
      golden.scoring().scores(by: .init(.gradient)).values, "gradient", magnitudes: true)
    print("\(testCase.testDescription): relative error of gradient \(error)")
    #expect(error < 1e-6)
  }

  @Test func fusedGradientsOfTheDenseNetwork() throws {
    let golden = try Golden(Self.cases[0])
    let fused = try DenseGradients(
      shapes: golden.network.tensors.map(\.shape), batchSize: 100)
    let loss = try fused.compute(
      golden.weights.tensors, inputs: golden.batch.inputs, labels: golden.batch.labels)
    #expect(abs(Double(loss) - (try #require(golden.expected.modes["eval"]).loss)) < 1e-5)
    let error = try golden.worst(
      golden.network.prunableIndices.map {
        try fused.gradients[$0].converted(to: .float64).elements()
      }, "gradient")
    print("relative error of fused gradient: \(error)")
    #expect(error < 1e-4)
  }

  @Test(arguments: cases, SNIPReading.allCases)
  func snip(_ testCase: Case, reading: SNIPReading) throws {
    let golden = try Golden(testCase)
    let error = try golden.worst(
      golden.scoring().scores(by: .init(.snip, ["reading": .name(reading.rawValue)])).values, "snip"
    )
    print("\(testCase.testDescription): relative error of SNIP, \(reading.rawValue) \(error)")
    #expect(error < 1e-6)
  }

  @Test(arguments: cases) func gradientMagnitude(_ testCase: Case) throws {
    let golden = try Golden(testCase)
    let error = try golden.worst(
      golden.scoring().scores(by: .init(.gradientMagnitude)).values, "snip")
    print("\(testCase.testDescription): relative error of gradient magnitude \(error)")
    #expect(error < 1e-6)
  }

  @Test(arguments: cases, [1, 200]) func grasp(_ testCase: Case, temperature: Int) throws {
    let golden = try Golden(testCase)
    let scores = try golden.scoring()
      .scores(by: .init(.grasp, ["temperature": .number(Double(temperature))]))
    // The files hold −w · H g.
    let error = try golden.worst(scores.values, "grasp_t\(temperature)", sign: -1)
    print("\(testCase.testDescription): relative error of GraSP, T = \(temperature) \(error)")
    #expect(error < 1e-5)
  }

  @Test(arguments: [cases[0], cases[2]]) func synflow(_ testCase: Case) throws {
    let golden = try Golden(testCase)
    let scores = try golden.scoring().scores(by: .init(.synflow)).values
    // A score of zero is stored as −300.
    let logarithms = scores.map { $0.map { $0 == 0 ? -300 : log10($0) } }
    let error = try golden.worst(logarithms, "synflow_log10")
    print("\(testCase.testDescription): relative error of log10 SynFlow \(error)")
    #expect(error < 1e-6)
    let bias = try #require(golden.network.tensors.last)
    #expect(bias.name == "fc.bias")
    let lastBias = try golden.weights.tensors.last!.elements(of: Float.self).reduce(0) {
      $0 + Double(abs($1))
    }
    let flow = try #require(scores.last).reduce(0, +) + lastBias
    #expect(abs(flow / golden.expected.synflow.R_first_iteration - 1) < 1e-6)
  }

  @Test(arguments: [cases[0], cases[2]])
  func synflowsIterationsKeepTheStatedCounts(_ testCase: Case) throws {
    let golden = try Golden(testCase)
    let synflow = golden.expected.synflow
    let found = try IterativePruning(
      schedule: .exponential(iterations: synflow.iterations),
      density: try #require(Density(nearest: synflow.density)), scope: .global, excluded: []
    ).run(from: Mask(keepingAllOf: golden.network), keeping: .highest) { mask, _ in
      try golden.scoring(mask: mask).scores(by: .init(.synflow))
    }
    #expect(
      found.mask.layers.map(\.keptCount)
        == golden.network.prunable.map { synflow.kept_per_layer[$0.name] ?? -1 })
  }
}

/// One network's reference values.
private struct Golden {
  struct Expected: Decodable {
    struct Loss: Decodable { let loss: Double }
    struct SynFlow: Decodable {
      let R_first_iteration: Double
      let iterations: Int
      let density: Double
      let kept_per_layer: [String: Int]
    }
    let modes: [String: Loss]
    let synflow: SynFlow
  }

  let network: Network
  let weights: Weights
  let batch: Batch
  let expected: Expected
  private let mode: NormalizationMode
  private let folder: URL

  init(_ testCase: GoldenScoresTests.Case) throws {
    let root = try #require(ProcessInfo.processInfo.environment["ESPALIER_REFERENCE"])
    mode = testCase.mode
    folder = URL(fileURLWithPath: root).appendingPathComponent(testCase.network)
    let file = try Safetensors(readingFrom: folder.appendingPathComponent("batch.safetensors"))
    batch = Batch(inputs: try file.tensor("inputs"), labels: try file.tensor("labels"))
    let shape = batch.inputs.shape
    network = Network(
      try #require(NetworkSpecification(testCase.network)),
      input: ExampleShape(channels: shape[1], height: shape[2], width: shape[3]), classes: 10)
    weights = try Weights(
      readingFrom: folder.appendingPathComponent("weights.safetensors"), for: network)
    expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: folder.appendingPathComponent("expected.json")))
  }

  func scoring(mask: Mask? = nil) throws -> Scoring {
    try Scoring(
      network: network, weights: weights, mask: mask ?? Mask(keepingAllOf: network),
      batches: [batch], mode: mode, path: .init(seed: 1), folder: folder)
  }

  /// The worst relative error over the prunable tensors.
  func worst(_ found: [[Double]], _ name: String, sign: Double = 1, magnitudes: Bool = false)
    throws -> Double
  {
    let file = try Safetensors(
      readingFrom: folder.appendingPathComponent("\(name).\(mode.rawValue).safetensors"))
    return try zip(network.prunable, found).map { specification, values in
      let golden = try file.tensor(specification.name).converted(to: .float64)
        .elements(of: Double.self)
      return relativeError(values, golden.map { magnitudes ? abs($0) : sign * $0 })
    }.max() ?? .infinity
  }
}
