package import Datasets
package import Networks
package import Randomness
package import Recipes
package import Tensors

/// One training: a network, its data, and how it is trained.
///
/// Iterations are counted from initialization. Epoch e visits examples in the order that the stream
/// `order / epoch e` draws, so a training that starts at step k sees the data that a training from
/// initialization sees after step k.
package struct Training {
  /// The network.
  package let network: Network
  /// The data.
  package let dataset: Dataset
  /// Optimizer, schedule, batch size, duration.
  package let specification: TrainingSpecification
  /// Subnetwork; `nil` trains all weights.
  package let mask: Mask?
  /// Added to the iteration before the learning-rate schedule is asked.
  package let scheduleOffset: Int
  /// What it computes in.
  package let precision: Precision
  /// Where it computes.
  package let device: Device

  private let order: DataOrder
  private let masks: [Tensor?]

  /// A training.
  ///
  /// - Parameters:
  ///   - order: root of the streams that draw the data order.
  ///   - mask: the subnetwork, `nil` for a dense training.
  ///   - scheduleOffset: added to the iteration before the learning-rate schedule is asked.
  ///   - precision: what it computes in.
  ///   - device: where it computes.
  /// - Throws: a sentence where the device is missing.
  package init(
    network: Network, dataset: Dataset, specification: TrainingSpecification, order: StreamPath,
    mask: Mask?, scheduleOffset: Int = 0, precision: Precision = .float32,
    device: Device = .cpu
  ) throws {
    try device.require()
    self.network = network
    self.dataset = dataset
    self.specification = specification
    self.mask = mask
    self.scheduleOffset = scheduleOffset
    self.precision = precision
    self.device = device
    self.order = DataOrder(
      path: order, count: dataset.trainingIndices.count, batchSize: specification.batchSize)
    masks = try network.tensors.filter(\.isParameter).map { tensor in
      try mask?.layers.first { $0.name == tensor.name }.map {
        try Tensor($0.kept, shape: $0.shape).channelsLast().moved(to: device)
      }
    }
  }

  /// Optimizer steps per epoch.
  package var stepsPerEpoch: Int { order.batchesPerEpoch }

  /// The state before the first step: `weights` under the mask, a fresh optimizer.
  package func begin(with weights: Weights, at iteration: Int) throws -> TrainingState {
    TrainingState(
      weights: try weights.masked(by: mask ?? Mask(layers: [])),
      optimizer: try Optimizer(
        specification.optimizer,
        shapes: network.parameterIndices.map { network.tensors[$0].shape }),
      iteration: iteration)
  }

  /// Trains `state` up to `end`, in place.
  ///
  /// - Parameters:
  ///   - state: where training stands; its weights and moments are owned by this training.
  ///   - end: optimizer steps since initialization.
  ///   - afterStep: called after every step with the state; may look at it, write it, and add to its traces.
  /// - Returns: how training ended.
  package func run(
    _ state: inout TrainingState, to end: Int,
    afterStep: (inout TrainingState) throws -> Void = { _ in }
  ) throws -> TrainingEnding {
    let step = try LossGradients(
      network, batchSize: specification.batchSize, precision: precision, device: device)
    state = try state.channelsLast().moved(to: device)
    var batches = try BatchSequence(network, dataset, order, precision: precision)
    while state.iteration < end {
      let batch = try batches.batch(at: state.iteration)
      let (loss, gradients) = try step.compute(
        state.weights, inputs: batch.inputs.moved(to: device),
        labels: batch.labels.moved(to: device),
        dropout: DropoutDraws(ofStep: state.iteration, of: network, order: order.path))
      guard loss.isFinite else { return .diverged(iteration: state.iteration) }
      try state.optimizer.step(
        state.weights.parameters, gradients: gradients, masks: masks,
        factor: specification.schedule.factor(
          at: state.iteration + scheduleOffset, perEpoch: stepsPerEpoch,
          total: specification.duration.iterations(perEpoch: stepsPerEpoch)))
      state.iteration += 1
      try afterStep(&state)
    }
    return .finished
  }
}
