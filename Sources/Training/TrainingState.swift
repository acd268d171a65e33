package import Foundation
package import Networks
package import Recipes
import Tensors

/// Everything a training needs to go on: after reading it back the same bits follow.
package struct TrainingState {
  /// Weights now.
  package let weights: Weights
  /// The optimizer's memory.
  package var optimizer: Optimizer
  /// Optimizer steps done since initialization, those before `start` included.
  package var iteration: Int
  /// The validation curve so far.
  package var curve: [TrainingResult.Point]
  /// Evaluation on the test split at the lowest validation loss so far, in trainings that record it.
  package var earlyStoppingTest: Evaluation?

  /// A state from its parts.
  package init(
    weights: Weights, optimizer: Optimizer, iteration: Int, curve: [TrainingResult.Point],
    earlyStoppingTest: Evaluation? = nil
  ) {
    self.weights = weights
    self.optimizer = optimizer
    self.iteration = iteration
    self.curve = curve
    self.earlyStoppingTest = earlyStoppingTest
  }

  /// The same state on `device`.
  func moved(to device: Device) throws -> TrainingState {
    TrainingState(
      weights: try weights.moved(to: device), optimizer: try optimizer.moved(to: device),
      iteration: iteration, curve: curve, earlyStoppingTest: earlyStoppingTest)
  }

  /// The same state as a step computes with it: no step then moves weights from one layout to another.
  package func channelsLast() throws -> TrainingState {
    TrainingState(
      weights: try weights.channelsLast(), optimizer: try optimizer.channelsLast(),
      iteration: iteration, curve: curve, earlyStoppingTest: earlyStoppingTest)
  }
}

extension TrainingState {
  private struct Facts: Codable {
    let iteration: Int
    let optimizerSteps: Int
    let curve: [TrainingResult.Point]
    let earlyStoppingTest: Evaluation?
  }

  /// Writes a checkpoint, whole or not at all.
  package func write(to file: URL) throws {
    let moments = optimizer.moments.enumerated().map { ("moment.\($0.offset)", $0.element) }
    let facts = Facts(
      iteration: iteration, optimizerSteps: optimizer.steps, curve: curve,
      earlyStoppingTest: earlyStoppingTest)
    try Safetensors.write(
      weights.named + moments, to: file,
      metadata: [
        "training": String(decoding: try CanonicalJSON.encode(facts), as: UTF8.self)
      ])
  }

  /// Reads a checkpoint of a training of `network`.
  package init(
    readingFrom file: URL, for network: Network, optimizer specification: OptimizerSpecification
  ) throws {
    try self.init(
      readingFrom: file, of: network.tensors, named: network.specification.description,
      optimizer: specification)
  }

  /// Reads a checkpoint of a training that moves `tensors`; `name` is what messages call it.
  package init(
    readingFrom file: URL, of tensors: [TensorSpecification], named name: String,
    optimizer specification: OptimizerSpecification
  ) throws {
    let contents = try Safetensors(readingFrom: file)
    guard let text = contents.metadata["training"],
      let facts = try? JSONDecoder().decode(Facts.self, from: Data(text.utf8))
    else {
      throw TensorError.malformed(path: file.path, problem: "it is no training checkpoint")
    }
    func tensor(_ name: String, like specification: TensorSpecification) throws -> Tensor {
      let tensor = try contents.tensor(name)
      let type = try tensor.type
      guard tensor.shape == specification.shape, type == .float32 else {
        throw TensorError.malformed(
          path: file.path,
          problem: "tensor '\(name)' is \(type.rawValue) of shape \(tensor.shape); the training "
            + "of \(name) needs F32 of shape \(specification.shape)")
      }
      return tensor
    }
    let parameters = tensors.filter(\.isParameter)
    let count = specification.momentsPerWeight * parameters.count
    self.init(
      weights: Weights(
        specifications: tensors, tensors: try tensors.map { try tensor($0.name, like: $0) }),
      optimizer: Optimizer(
        specification, steps: facts.optimizerSteps,
        moments: try (0..<count).map {
          try tensor("moment.\($0)", like: parameters[$0 % parameters.count])
        }),
      iteration: facts.iteration, curve: facts.curve, earlyStoppingTest: facts.earlyStoppingTest)
  }
}
