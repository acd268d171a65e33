package import Laboratory
import Networks
package import Recipes

extension WeightStatisticsRecipe: SoloAct {
  /// Measures the prunable weights; where a training that they come from diverged there is nothing to measure.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws
    -> Outcome<WeightStatistics>
  {
    let network = Network(problem)
    let roles =
      (start.readsState ? [InputRole.weights] : []) + (endIteration == nil ? [] : [InputRole.end])
    if let divergence = try assignment.divergence(of: roles) { return .diverged(divergence) }
    let first = try assignment.weights(from: start, for: network)
    let last = try endIteration.map {
      try assignment.weights(after: $0, of: InputRole.end, for: network)
    }
    let mask = try assignment.givenMask(in: InputRole.mask, for: network)
    var measurement = WeightMeasurement(spectra: spectra)
    for (position, index) in network.prunableIndices.enumerated() {
      let before = try first.tensors[index].elements(of: Float.self)
      let after = try last?.tensors[index].elements(of: Float.self)
      let tensor = network.tensors[index]
      try measurement.add(
        tensor.name, shape: tensor.shape, weights: after ?? before,
        start: after == nil ? nil : before, kept: mask?.layers[position].kept)
    }
    return .found(measurement.statistics())
  }
}

extension WeightsSource {
  /// Whether the weights are those of a state, whose training may have diverged.
  fileprivate var readsState: Bool {
    switch self {
    case .initialization: false
    case .checkpoint: true
    }
  }
}
