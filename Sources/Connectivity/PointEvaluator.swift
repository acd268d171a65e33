package import Datasets
package import Networks
import Randomness
package import Recipes
package import Tensors
import Training

/// Measures error and loss of weights between networks, all points on the same examples.
package struct PointEvaluator {
  /// Architecture.
  package let network: Network
  /// Data.
  package let dataset: Dataset
  /// What is measured.
  package let measurement: PointMeasurement
  /// Arithmetic of the evaluations.
  package let precision: Precision

  private let trainingSubset: [Int32]
  private let statisticsSubset: [Int32]
  let testIndices: [Int32]

  /// An evaluator; both subsets are prefixes of one draw from the training split, which they may exhaust.
  package init(
    _ network: Network, _ dataset: Dataset, _ measurement: PointMeasurement,
    precision: Precision = .float32
  ) {
    self.network = network
    self.dataset = dataset
    self.measurement = measurement
    self.precision = precision
    let indices = dataset.trainingIndices
    var stream = RandomStream(measurement.stream)
    let order = stream.permutation(of: indices.count)
    // In file order, so that equal subsets make equal batches.
    func subset(_ count: Int) -> [Int32] { order.prefix(count).sorted().map { indices[$0] } }
    trainingSubset = subset(measurement.trainingExamples)
    statisticsSubset = subset(measurement.statisticsExamples)
    testIndices = dataset.indices(of: .test)
  }

  /// The measurements of `count` points, `[point][policy]`, policies in the measurement's order; weights that give
  /// losses that are not finite have an evaluation whose loss is `nil`.
  ///
  /// Every batch is made once for a group of points: as many as ``PointMeasurement/groupBytes`` holds.
  ///
  /// - Parameters:
  ///   - weights: makes the weights of a point from its number, when its turn comes.
  ///   - progress: called with the fraction done.
  package func evaluate(
    _ count: Int, progress: (Double) -> Void = { _ in },
    weights: (_ point: Int) throws -> Weights
  ) throws -> [[PointEvaluation]] {
    try evaluate(count, sharing: nil, progress: progress, weights: weights)
  }

  /// The measurements of linear combinations of a few networks, `[point][policy]`.
  ///
  /// A first layer that is fully connected is linear in its weights: its outputs are computed once per
  /// batch and network and combined at every point, which differs from combined weights by rounding
  /// alone. Where one coefficient is 1 and the others 0 the bits are that network's own.
  ///
  /// - Parameters:
  ///   - coefficients: for every point one per network of `basis`.
  ///   - observe: called with logits and labels of the test split's batches, at every point under every policy;
  ///     points of one batch come in their order, batches of one point in the split's.
  package func evaluate(
    combinations coefficients: [[Double]], of basis: [Weights],
    progress: (Double) -> Void = { _ in }, observe: Observer? = nil
  ) throws -> [[PointEvaluation]] {
    precondition(
      coefficients.allSatisfy { $0.count == basis.count }, "a coefficient for every network")
    return try evaluate(
      coefficients.count,
      sharing: SharedFirstLayer(network, precision, basis: basis, coefficients: coefficients),
      progress: progress, observe: observe
    ) { point in
      try Weights.combination(
        zip(coefficients[point], basis).map { (coefficient: $0, weights: $1) })
    }
  }

  /// Is shown logits `[N, classes]` and labels `[N]` of a batch at a point under a policy, by its number.
  package typealias Observer = (_ point: Int, _ policy: Int, _ logits: Tensor, _ labels: Tensor)
    throws -> Void

  private func evaluate(
    _ count: Int, sharing first: SharedFirstLayer?, progress: (Double) -> Void,
    observe: Observer? = nil,
    weights: (Int) throws -> Weights
  ) throws -> [[PointEvaluation]] {
    let policies = measurement.statistics
    let bytes = 4 * network.tensors.reduce(0) { $0 + $1.count } * policies.count
    let group = max(1, PointMeasurement.groupBytes / max(bytes, 1))
    var found: [[PointEvaluation]] = []
    for start in stride(from: 0, to: count, by: group) {
      let points = start..<min(start + group, count)
      var (done, total) = (0, points.count)
      total += trainingSubset.count + testIndices.count
      func report(_ part: Int) {
        done += part
        let fraction = Double(done) / Double(total)
        progress((Double(start) + fraction * Double(points.count)) / Double(count))
      }
      let variants = try points.flatMap { point in
        let own = try weights(point)
        defer { report(1) }
        return try policies.map { policy in
          switch policy {
          case .interpolated: (point, own)
          case .recomputed:
            (point, try network.recomputingStatistics(of: own, on: statisticsSubset, of: dataset))
          }
        }
      }
      let train =
        trainingSubset.isEmpty
        ? nil : try tally(variants, first, trainingSubset, of: .train, report: report)
      let test = try tally(
        variants, first, testIndices, of: .test, report: report, observe: observe)
      for index in points.indices {
        found.append(
          policies.indices.map { policy in
            let variant = (index - points.lowerBound) * policies.count + policy
            return PointEvaluation(train: train?[variant], test: test[variant])
          })
      }
    }
    return found
  }

  /// Evaluations of each of `variants`, weights of the points that they belong to.
  private func tally(
    _ variants: [(point: Int, weights: Weights)], _ first: SharedFirstLayer?, _ examples: [Int32],
    of split: Split, report: (Int) -> Void, observe: Observer? = nil
  ) throws -> [Evaluation] {
    var tallies = [Tally](repeating: Tally(), count: variants.count)
    try network.forEachBatch(of: examples, from: split, of: dataset, in: precision) {
      batch, logits in
      let outputs = try first?.outputs(batch.inputs)
      for (index, variant) in variants.enumerated() {
        let found =
          if let first, let outputs {
            try first.logits(of: variant.point, variant.weights, outputs)
          } else {
            try logits(variant.weights)
          }
        tallies[index].add(try found.evaluation(batch.labels), of: batch.labels.count)
        try observe?(
          variant.point, index % measurement.statistics.count, found, batch.labels)
      }
      report(batch.labels.count)
    }
    return tallies.map(\.evaluation)
  }

  /// The evaluation on the training subset alone, with running statistics as they are.
  package func evaluateTraining(_ weights: Weights) throws -> Evaluation {
    precondition(!trainingSubset.isEmpty, "a measurement without training examples")
    return try network.evaluate(
      weights, examples: trainingSubset, of: .train, of: dataset, in: precision)
  }
}

extension PointEvaluator: CombinationEvaluator {
  package func evaluate(
    combinations coefficients: [[Double]], of basis: [Weights], progress: (Double) -> Void
  ) throws -> [[PointEvaluation]] {
    try evaluate(combinations: coefficients, of: basis, progress: progress, observe: nil)
  }
}
