import Datasets
import Foundation
import Networks
import Pruning
import Recipes
import Tensors
import Testing

/// Saliencies of LeNet-300-100 computed in float64 by automatic differentiation on OpenLTH's model.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["ESPALIER_REFERENCE"] != nil,
    "set ESPALIER_REFERENCE to the folder of reference scores that holds lenet-300-100"))
struct GoldenScoresTests {
  private let folder: URL
  private let network = Network(
    .lenet(hidden: [300, 100]), input: ExampleShape(channels: 1, height: 28, width: 28), classes: 10
  )
  private let weights: Weights
  private let batch: Batch

  init() throws {
    let root = try #require(ProcessInfo.processInfo.environment["ESPALIER_REFERENCE"])
    folder = URL(fileURLWithPath: root).appendingPathComponent("lenet-300-100")
    weights = try Weights(
      readingFrom: folder.appendingPathComponent("weights.safetensors"), for: network)
    let file = try Safetensors(readingFrom: folder.appendingPathComponent("batch.safetensors"))
    batch = Batch(inputs: try file.tensor("inputs"), labels: try file.tensor("labels"))
  }

  private struct Expected: Decodable {
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

  private func expected() throws -> Expected {
    try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: folder.appendingPathComponent("expected.json")))
  }

  private func scoring(mask: Mask? = nil) throws -> Scoring {
    try Scoring(
      network: network, weights: weights, mask: mask ?? Mask(keepingAllOf: network),
      batches: [batch], mode: .eval, path: .init(seed: 1), folder: folder)
  }

  /// The worst relative error over the prunable tensors.
  private func worst(_ found: [[Double]], _ name: String, sign: Double = 1) throws -> Double {
    let file = try Safetensors(readingFrom: folder.appendingPathComponent("\(name).safetensors"))
    return try zip(network.prunable, found).map { specification, values in
      let golden = try file.tensor(specification.name).converted(to: .float64)
        .elements(of: Double.self)
      return relativeError(values, golden.map { sign * $0 })
    }.max() ?? .infinity
  }

  @Test func gradientsAndLoss() throws {
    let variables = try weights.tensors.map { try $0.variable() }
    let loss = try network.logits(variables, batch.inputs, mode: .eval).crossEntropy(batch.labels)
    #expect(abs(try loss.item - (try #require(expected().modes["eval"]).loss)) < 1e-5)
    let gradients = try loss.gradients(of: network.prunableIndices.map { variables[$0] })
    let found = try gradients.map { try $0.converted(to: .float64).elements(of: Double.self) }
    let error = try worst(found, "gradient.eval")
    print("relative error of gradient: \(error)")
    #expect(error < 1e-4)
    #expect(try scoring().scores(by: .gradient).values == found.map { $0.map { abs($0) } })
    let fused = try DenseGradients(shapes: network.tensors.map(\.shape), batchSize: 100)
    let fusedLoss = try fused.compute(weights.tensors, inputs: batch.inputs, labels: batch.labels)
    #expect(abs(Double(fusedLoss) - (try loss.item)) < 1e-5)
    let fusedError = try worst(
      network.prunableIndices.map { try fused.gradients[$0].converted(to: .float64).elements() },
      "gradient.eval")
    print("relative error of fused gradient: \(fusedError)")
    #expect(fusedError < 1e-4)
  }

  @Test(arguments: CriterionSpecification.SnipReading.allCases)
  func snip(reading: CriterionSpecification.SnipReading) throws {
    let error = try worst(scoring().scores(by: .snip(reading)).values, "snip.eval")
    print("relative error of SNIP, \(reading.rawValue): \(error)")
    #expect(error < 1e-4)
  }

  @Test func gradientMagnitude() throws {
    let error = try worst(scoring().scores(by: .gradientMagnitude).values, "snip.eval")
    print("relative error of gradient magnitude: \(error)")
    #expect(error < 1e-4)
  }

  @Test(arguments: [1, 200]) func grasp(temperature: Int) throws {
    let scores = try scoring()
      .scores(by: .grasp(temperature: Double(temperature), absolute: false))
    // The files hold −w · H g.
    let error = try worst(scores.values, "grasp_t\(temperature).eval", sign: -1)
    print("relative error of GraSP at temperature \(temperature): \(error)")
    #expect(error < 1e-3)
  }

  @Test func synflow() throws {
    let scores = try scoring().scores(by: .synflow).values
    let error = try worst(scores.map { $0.map { log10($0) } }, "synflow_log10.eval")
    print("relative error of log10 SynFlow: \(error)")
    #expect(error < 1e-4)
    let lastBias = try weights.tensors[5].elements(of: Float.self).reduce(0) {
      $0 + Double(abs($1))
    }
    let flow = scores[2].reduce(0, +) + lastBias
    #expect(abs(flow / (try expected().synflow.R_first_iteration) - 1) < 1e-6)
  }

  @Test func synflowsIterationsKeepTheStatedCounts() throws {
    let synflow = try expected().synflow
    let found = try IterativePruning(
      schedule: .exponential(iterations: synflow.iterations),
      density: try #require(Density(nearest: synflow.density)), scope: .global, excluded: []
    ).run(from: Mask(keepingAllOf: network), keeping: .highest) { mask, _ in
      try scoring(mask: mask).scores(by: .synflow)
    }
    #expect(
      found.mask.layers.map(\.keptCount)
        == network.prunable.map { synflow.kept_per_layer[$0.name] ?? -1 })
  }
}
