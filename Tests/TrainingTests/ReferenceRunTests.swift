import Datasets
import Foundation
import Networks
import Randomness
import Recipes
import Tensors
import Testing
import Training

/// Twenty steps on the digits against PyTorch 2.13.0: `Resources/run.safetensors`, whose script draws
/// split and order by streams of its own.
@Suite struct ReferenceRunTests {
  /// One of the script's runs.
  struct Run: Sendable, CustomTestStringConvertible {
    let name: String
    let optimizer: OptimizerSpecification
    var testDescription: String { name }

    static let all: [Run] = [
      Run(name: "sgd", optimizer: sgd(0.1)),
      Run(name: "momentum", optimizer: sgd(0.05, momentum: 0.9, decay: 5e-4)),
      Run(name: "nesterov", optimizer: sgd(0.05, momentum: 0.9, nesterov: true)),
      Run(
        name: "adam",
        optimizer: .init(.adam, ["learning-rate": 0.002, "epsilon": 1e-4])),
      Run(
        name: "adamw",
        optimizer: .init(.adamW, ["learning-rate": 0.002, "epsilon": 1e-4, "weight-decay": 0.1])),
      Run(name: "masked", optimizer: sgd(0.05, momentum: 0.9)),
    ]

    private static func sgd(
      _ rate: Double, momentum: Double = 0, nesterov: Bool = false, decay: Double = 0
    ) -> OptimizerSpecification {
      .init(
        .sgd,
        [
          "learning-rate": .number(rate), "momentum": .number(momentum),
          "nesterov": .flag(nesterov), "weight-decay": .number(decay),
        ])
    }
  }

  @Test(arguments: Run.all) func weightsAfterTwentyStepsAreThoseOfPyTorch(run: Run) throws {
    let url = try #require(Bundle.module.url(forResource: "run", withExtension: "safetensors"))
    let expected = try Safetensors(readingFrom: url)
    #expect(expected.metadata["versions"]?.hasPrefix("torch 2.13.0+cpu, ") == true)
    let dataset = try Dataset(
      DatasetSpecification(
        source: .init(.digits), digests: [], validation: 144, split: StreamPath(seed: 5) / "split",
        normalization: Normalization(fullScale: 16, mean: [0.3], standardDeviation: [0.4])),
      paths: [:])
    let network = Network(.lenet(hidden: [12, 8]), input: dataset.shape, classes: 10)
    let isMasked = run.name == "masked"
    let mask = Mask(
      layers: try network.prunable.map {
        Mask.Layer(
          name: $0.name, shape: $0.shape, kept: try expected.tensor("mask/\($0.name)").elements())
      })
    let schedule =
      isMasked
      ? LearningRateSchedule(
        warmup: Step("4it")!, shape: .steps(milestones: [Step("4ep")!], factor: 0.1))
      : LearningRateSchedule(warmup: .zero, shape: .constant)
    let training = try Training(
      network: network, dataset: dataset,
      specification: TrainingSpecification(
        optimizer: run.optimizer, schedule: schedule, batchSize: 500, duration: Step("20it")!),
      order: StreamPath(seed: 5) / "order", mask: isMasked ? mask : nil)
    #expect(training.stepsPerEpoch == 3)
    let initial = Weights(
      specifications: network.tensors,
      tensors: try network.tensors.map { try expected.tensor("initial/\($0.name)") })
    var state = try training.begin(with: initial, at: 0)
    #expect(try training.run(&state, to: 20) == .finished)
    for (name, tensor) in state.weights.named {
      let wanted = try expected.tensor("\(run.name)/\(name)").elements(of: Float.self)
      let begin = try expected.tensor("initial/\(name)").elements(of: Float.self)
      let found = try tensor.elements(of: Float.self)
      #expect(found.count == wanted.count)
      let largest = zip(found, wanted).map { abs($0 - $1) }.max() ?? .infinity
      #expect(largest < 1e-5, "\(name)")
      // The run went somewhere.
      #expect(zip(wanted, begin).contains { abs($0 - $1) > 1e-2 }, "\(name)")
    }
  }
}
