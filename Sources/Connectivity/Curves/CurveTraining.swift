package import Datasets
package import Networks
package import Randomness
package import Recipes
import Tensors
package import Training

/// Training of a curve's bends: stochastic gradient descent on the mean loss over the curve,
/// `E[L(w(t)) + ½·λ·‖w(t)‖²]`, t uniform from 0 to 1, one t per batch (Garipov et al., NeurIPS 2018,
/// eq. 2 and section 3.2).
///
/// With g the gradient of a batch's loss at w(t), bend k moves along `cₖ(t)·(g + λ·w(t))`; the ends stay. The
/// optimizer decays no weights of its own. Batch norm takes the batch's statistics, so that the bends' running
/// statistics mean nothing and are computed anew wherever the curve is evaluated.
package struct CurveTraining {
  /// The network.
  package let network: Network
  /// The data.
  package let dataset: Dataset
  /// Optimizer, schedule, batch size, duration.
  package let specification: TrainingSpecification
  /// The curve before training.
  package let initial: Curve
  /// What it computes in.
  package let precision: Precision

  private let order: DataOrder
  private let positions: StreamPath
  private let masks: [Tensor?]
  private let optimizer: OptimizerSpecification
  private let decay: Double

  /// A training of the bends of `curve`.
  ///
  /// - Parameters:
  ///   - order: root of the streams that draw the data order.
  ///   - positions: root of the streams that draw t, one for every step.
  ///   - mask: what the bends may use; `nil` for all weights.
  package init(
    _ curve: Curve, of network: Network, on dataset: Dataset,
    specification: TrainingSpecification, order: StreamPath, positions: StreamPath,
    mask: Mask? = nil, precision: Precision = .float32
  ) throws {
    precondition(curve.shape.bends > 0, "a curve without bends has nothing to train")
    self.network = network
    self.dataset = dataset
    self.specification = specification
    self.precision = precision
    self.positions = positions
    self.order = DataOrder(
      path: order, count: dataset.trainingIndices.count, batchSize: specification.batchSize)
    optimizer = specification.optimizer.changing("weight-decay", to: 0)
    decay = specification.optimizer.options.number("weight-decay")
    let kept = try network.tensors.filter(\.isParameter).map { tensor in
      try mask?.layers.first { $0.name == tensor.name }.map {
        try Tensor($0.kept, shape: $0.shape).channelsLast()
      }
    }
    masks = curve.bends.flatMap { _ in kept }
    // Ends that the mask holds give bends that it holds, but for those that come from elsewhere.
    initial =
      if let mask {
        Curve(
          curve.shape,
          controls: [curve.controls[0]] + (try curve.bends.map { try $0.masked(by: mask) })
            + [curve.controls[curve.controls.count - 1]])
      } else {
        curve
      }
  }

  /// Optimizer steps per epoch.
  package var stepsPerEpoch: Int { order.batchesPerEpoch }

  /// What training moves: the tensors of all bends.
  package var tensors: [TensorSpecification] {
    (1...initial.shape.bends).flatMap { Curve.joined(network.tensors, bend: $0) }
  }

  /// The optimizer's specification in checkpoints: without weight decay.
  package var steppingOptimizer: OptimizerSpecification { optimizer }

  /// The state before the first step.
  package func begin() throws -> TrainingState {
    // A copy: steps are taken in place.
    let joined = try initial.joinedBends.masked(by: Mask(layers: []))
    return TrainingState(
      weights: joined,
      optimizer: try Optimizer(
        optimizer, shapes: tensors.filter(\.isParameter).map(\.shape)), iteration: 0)
  }

  /// The curve whose bends `state` has.
  package func curve(_ state: TrainingState) -> Curve {
    Curve(
      initial.shape, start: initial.controls[0], joined: state.weights,
      end: initial.controls[initial.controls.count - 1])
  }

  /// Where on the curve step `iteration` = 0, 1, … stands.
  package func position(ofStep iteration: Int) -> Double {
    var stream = RandomStream(positions / "step \(iteration)")
    return stream.uniform()
  }

  /// Trains `state` up to `end` steps, in place.
  package func run(
    _ state: inout TrainingState, to end: Int,
    afterStep: (TrainingState) throws -> Void = { _ in }
  ) throws -> TrainingEnding {
    let step = try LossGradients(
      network, batchSize: specification.batchSize, precision: precision)
    var batches = try BatchSequence(network, dataset, order, precision: precision)
    state = try state.channelsLast()
    let curve = curve(state)
    let controls = try curve.controls.map { try $0.channelsLast() }
    let point = try Weights(zerosLike: controls[0]).channelsLast()
    let parameters = point.parameters
    let slopes = try curve.bends.map { _ in
      try parameters.map { try Tensor(repeating: 0, shape: $0.shape).channelsLast() }
    }
    while state.iteration < end {
      let coefficients = curve.shape.coefficients(at: position(ofStep: state.iteration))
      try point.combine(controls, coefficients: coefficients)
      let batch = try batches.batch(at: state.iteration)
      let (loss, gradients) = try step.compute(
        point, inputs: batch.inputs, labels: batch.labels,
        dropout: DropoutDraws(ofStep: state.iteration, of: network, order: order.path))
      guard loss.isFinite else { return .diverged(iteration: state.iteration) }
      for (slopes, coefficient) in zip(slopes, coefficients.dropFirst()) {
        for index in parameters.indices {
          try slopes[index].combine(
            [gradients[index], parameters[index]],
            coefficients: [coefficient, coefficient * decay])
        }
      }
      try state.optimizer.step(
        state.weights.parameters, gradients: slopes.flatMap { $0 }, masks: masks,
        factor: specification.schedule.factor(
          at: state.iteration, perEpoch: stepsPerEpoch,
          total: specification.duration.iterations(perEpoch: stepsPerEpoch)))
      state.iteration += 1
      try afterStep(state)
    }
    return .finished
  }
}
