import Datasets
import Networks
import Randomness
import Recipes
import Testing
import Training

@Suite struct AugmentedTrainingTests {
  private func training(_ augmentation: Augmentation?) throws -> (Training, Weights) {
    let source = DatasetSource(.digits)
    let dataset = try Dataset(
      DatasetSpecification(
        source: source, digests: [], validation: 144, split: StreamPath(seed: 1) / "split",
        normalization: source.defaultNormalization, augmentation: augmentation), paths: [:])
    let network = Network(.lenet(hidden: [10]), input: source.shape, classes: 10)
    let training = try Training(
      network: network, dataset: dataset,
      specification: TrainingSpecification(
        optimizer: .init(.sgd, ["learning-rate": 0.1, "momentum": 0.9]),
        schedule: LearningRateSchedule(warmup: .zero, shape: .constant), batchSize: 100,
        duration: Step("3ep")!),
      order: StreamPath(seed: 2) / "order", mask: nil)
    let weights = try Weights(
      initializing: network,
      with: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
      path: StreamPath(seed: 1) / "initialization")
    return (training, weights)
  }

  private func bits(_ augmentation: Augmentation?, stops: [Int]) throws -> [[UInt32]] {
    let (training, weights) = try training(augmentation)
    var state = try training.begin(with: weights, at: 0)
    for stop in stops { #expect(try training.run(&state, to: stop) == .finished) }
    return try state.bits
  }

  @Test func resumingInTheMiddleOfAnEpochGivesTheSameBits() throws {
    // Epochs have 13 steps.
    let augmentation = Augmentation(flip: true, crop: 2)
    let whole = try bits(augmentation, stops: [30])
    #expect(try bits(augmentation, stops: [5, 13, 17, 30]) == whole)
    #expect(try bits(nil, stops: [30]) != whole)
    #expect(try bits(Augmentation(flip: false, crop: 2), stops: [30]) != whole)
    #expect(try bits(Augmentation(flip: true, crop: 1), stops: [30]) != whole)
  }
}
