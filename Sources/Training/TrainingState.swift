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
  /// What was seen so far, by names of the caller's.
  package var traces: [String: TraceResult]

  /// A state from its parts.
  package init(
    weights: Weights, optimizer: Optimizer, iteration: Int, traces: [String: TraceResult] = [:]
  ) {
    self.weights = weights
    self.optimizer = optimizer
    self.iteration = iteration
    self.traces = traces
  }

  /// The same state on `device`.
  func moved(to device: Device) throws -> TrainingState {
    TrainingState(
      weights: try weights.moved(to: device), optimizer: try optimizer.moved(to: device),
      iteration: iteration, traces: traces)
  }

  /// The same state as a step computes with it: no step then moves weights from one layout to another.
  package func channelsLast() throws -> TrainingState {
    TrainingState(
      weights: try weights.channelsLast(), optimizer: try optimizer.channelsLast(),
      iteration: iteration, traces: traces)
  }
}

extension TrainingState {
  private struct Facts: Codable {
    let iteration: Int
    let optimizerSteps: Int
    let traces: [String: TraceResult]
  }

  /// Writes a checkpoint, whole or not at all.
  package func write(to file: URL) throws {
    let facts = Facts(iteration: iteration, optimizerSteps: optimizer.steps, traces: traces)
    try Safetensors.write(
      weights.named + optimizer.named, to: file,
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
    let parameters = tensors.filter(\.isParameter)
    self.init(
      weights: Weights(
        specifications: tensors,
        tensors: try tensors.map { try contents.float32($0.name, like: $0, of: name) }),
      optimizer: try Optimizer(
        specification, steps: facts.optimizerSteps, of: parameters, in: contents, named: name),
      iteration: facts.iteration, traces: facts.traces)
  }
}

extension Optimizer {
  /// The moments, as they are written to files.
  var named: [(name: String, tensor: Tensor)] {
    moments.enumerated().map { ("moment.\($0.offset)", $0.element) }
  }

  /// Writes the moments.
  package func write(to file: URL) throws { try Safetensors.write(named, to: file) }

  /// An optimizer of `network`'s parameters after `steps` steps, whose moments `file` holds; `nil` is for those
  /// that have none.
  package init(
    _ specification: OptimizerSpecification, steps: Int, of network: Network,
    readingFrom file: URL?
  ) throws {
    let parameters = network.tensors.filter(\.isParameter)
    if let file {
      try self.init(
        specification, steps: steps, of: parameters, in: Safetensors(readingFrom: file),
        named: network.specification.description)
    } else {
      precondition(specification.momentsPerWeight == 0, "an optimizer without its moments")
      self.init(specification, steps: steps, moments: [])
    }
  }

  fileprivate init(
    _ specification: OptimizerSpecification, steps: Int, of parameters: [TensorSpecification],
    in contents: Safetensors, named name: String
  ) throws {
    self.init(
      specification, steps: steps,
      moments: try (0..<specification.momentsPerWeight * parameters.count).map {
        try contents.float32("moment.\($0)", like: parameters[$0 % parameters.count], of: name)
      })
  }
}

extension Safetensors {
  /// The tensor called `name`, which must be float32 and have the shape of `specification`; `training` is what
  /// messages call what needs it.
  fileprivate func float32(
    _ name: String, like specification: TensorSpecification, of training: String
  ) throws -> Tensor {
    let tensor = try tensor(name)
    let type = try tensor.type
    guard tensor.shape == specification.shape, type == .float32 else {
      throw TensorError.malformed(
        path: path,
        problem: "tensor '\(name)' is \(type.rawValue) of shape \(tensor.shape); the training "
          + "of \(training) needs F32 of shape \(specification.shape)")
    }
    return tensor
  }
}
