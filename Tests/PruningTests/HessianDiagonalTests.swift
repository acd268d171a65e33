import Datasets
import Foundation
import Networks
import Recipes
import Tensors
import Testing

@testable import Pruning

extension Scoring {
  /// The diagonal of every prunable tensor as float64.
  func diagonal(_ method: HessianDiagonal) throws -> [[Double]] {
    try hessianDiagonal(method).map { try $0.converted(to: .float64).elements() }
  }
}

@Suite struct HessianDiagonalTests {
  private let setting: Setting

  init() throws { setting = try Setting() }

  /// The Hessian over all prunable weights by central differences of float64 gradients.
  private func hessian(on batch: Batch) throws -> [[Double]] {
    let network = setting.network
    let parameters = try setting.weights.tensors.map {
      try $0.converted(to: .float64).elements(of: Double.self)
    }
    let inputs = try batch.inputs.converted(to: .float64)
    func gradient(_ parameters: [[Double]]) throws -> [Double] {
      let variables = try zip(network.tensors, parameters).map {
        try Tensor($1, shape: $0.shape).variable()
      }
      return try network.logits(variables, inputs, mode: .eval).crossEntropy(batch.labels)
        .gradients(of: network.prunableIndices.map { variables[$0] })
        .flatMap { try $0.elements(of: Double.self) }
    }
    let step = 1e-5
    return try network.prunableIndices.flatMap { tensor in
      try parameters[tensor].indices.map { index in
        let sides = try [step, -step].map { step in
          var moved = parameters
          moved[tensor][index] += step
          return try gradient(moved)
        }
        return zip(sides[0], sides[1]).map { ($0 - $1) / (2 * step) }
      }
    }
  }

  @Test func exactEntriesAreDifferencesOfGradients() throws {
    let hessian = try hessian(on: setting.batches()[0])
    let expected = hessian.indices.map { hessian[$0][$0] }
    let found = try setting.scoring().diagonal(.exact)
    #expect(relativeError(found.flatMap { $0 }, expected) < 1e-4)
    #expect(found.map(\.count) == [84, 126, 36])
  }

  @Test func estimatesScatterAsTheirVarianceSays() throws {
    let hessian = try hessian(on: setting.batches()[0])
    let scoring = try setting.scoring()
    for probes in [50, 800] {
      let found = try scoring.diagonal(.hutchinson(probes: probes, exactUpTo: 0)).flatMap { $0 }
      let deviations = hessian.indices.compactMap { i -> Double? in
        let variance = hessian[i].indices.reduce(0) {
          $1 == i ? $0 : $0 + hessian[i][$1] * hessian[i][$1]
        }
        // Weights of dead units have no curvature and no variance.
        guard variance > 1e-20 else { return nil }
        return (found[i] - hessian[i][i]) / (variance / Double(probes)).squareRoot()
      }
      #expect(deviations.count > 200)
      #expect(deviations.allSatisfy { abs($0) < 5 }, "\(probes) probes")
      // Entries share their probes, so this mean scatters more than that of independent ones.
      let mean = deviations.reduce(0) { $0 + $1 * $1 } / Double(deviations.count)
      #expect(0.5 < mean && mean < 2, "\(probes) probes: \(mean)")
    }
  }

  @Test func smallTensorsAreExactAndLargerOnesEstimated() throws {
    let scoring = try setting.scoring()
    let exact = try scoring.diagonal(.exact)
    let mixed = try scoring.diagonal(.hutchinson(probes: 10, exactUpTo: 84))
    #expect(mixed[0] == exact[0] && mixed[2] == exact[2] && mixed[1] != exact[1])
    #expect(try scoring.diagonal(.hutchinson(probes: 10, exactUpTo: 126)) == exact)
    #expect(relativeError(mixed[1], exact[1]) < 1)
  }

  @Test func batchesAverageToTheWholeSetsDiagonal() throws {
    for method in [HessianDiagonal.exact, .hutchinson(probes: 3, exactUpTo: 0)] {
      let whole = try setting.scoring().diagonal(method)
      let parts = try setting.scoring(batches: setting.batches(40, batchSize: 16)).diagonal(method)
      #expect(worstError(parts, whole) < 1e-5)
    }
  }

  @Test func probesComeFromTheScoringsStream() throws {
    let method = HessianDiagonal.hutchinson(probes: 2, exactUpTo: 0)
    let first = try setting.scoring(seed: 1).diagonal(method)
    #expect(try setting.scoring(seed: 1).diagonal(method) == first)
    #expect(try setting.scoring(seed: 2).diagonal(method) != first)
  }

  @Test func tooManyExactEntriesAreRefused() throws {
    let network = Network(
      .lenet(hidden: [400]), input: ExampleShape(channels: 1, height: 1, width: 400), classes: 2)
    let weights = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .zero), path: .init(seed: 1))
    let scoring = try Scoring(
      network: network, weights: weights, mask: Mask(keepingAllOf: network), batches: [],
      mode: .eval, path: .init(seed: 1), folder: FileManager.default.temporaryDirectory)
    #expect(throws: PruningError.exactDiagonal(count: 160_800, limit: 100_000)) {
      try scoring.scores(by: .init(.obd, ["exact": true]))
    }
  }
}
