/// What a network costs, whole and under a mask: parameters, multiply–adds and bytes.
///
/// ``LayerCost`` has the counting rule.
package struct NetworkCost: Hashable, Sendable {
  /// In state-dict order.
  package let layers: [LayerCost]

  /// The cost of layers together.
  package init(layers: [LayerCost]) { self.layers = layers }

  /// The cost of an architecture under a mask.
  ///
  /// - Parameters:
  ///   - architecture: layers on inputs of one shape.
  ///   - kept: kept weights by the name of their tensor; a tensor without an entry is whole.
  ///   - effective: those of them on a path from the input to an output, where known.
  package init(
    of architecture: Architecture, kept: [String: Int] = [:], effective: [String: Int] = [:]
  ) {
    layers = zip(architecture.tensors.filter(\.isPrunable), architecture.unprunable).map {
      tensor, unprunable in
      LayerCost(
        name: tensor.name, size: tensor.count, rows: tensor.shape[0],
        positions: architecture.positions[tensor.name] ?? 0, unprunable: unprunable,
        kept: kept[tensor.name] ?? tensor.count, effective: effective[tensor.name])
    }
  }

  /// The cost of a problem's network with all of its weights.
  package init(of problem: Problem) {
    let source = problem.dataset.source
    self.init(of: problem.network.fitting(input: source.shape, classes: source.classes))
  }

  /// Weights that may be pruned.
  package var prunable: Int { layers.reduce(0) { $0 + $1.size } }
  /// Those that are kept.
  package var kept: Int { layers.reduce(0) { $0 + $1.kept } }
  /// Biases and batch norm's factors and summands, which are always kept.
  package var unprunable: Int { layers.reduce(0) { $0 + $1.unprunable } }
  /// All parameters; batch norm's running statistics are none.
  package var parameters: Int { prunable + unprunable }
  /// All parameters but the pruned weights.
  package var keptParameters: Int { kept + unprunable }

  /// Multiply–adds of one example with all weights.
  package var multiplications: Int { layers.reduce(0) { $0 + $1.multiplications } }
  /// Multiply–adds of one example with the kept weights alone.
  package var keptMultiplications: Int { layers.reduce(0) { $0 + $1.keptMultiplications } }
  /// Those of kept weights that lie on a path; `nil` where some layer does not know its own.
  package var effectiveMultiplications: Int? {
    layers.reduce(Int?.some(0)) { sum, layer in
      sum.flatMap { sum in layer.effectiveMultiplications.map { sum + $0 } }
    }
  }

  /// Dense multiply–adds over those of the kept weights: the most that a program could gain which skips every
  /// pruned weight at no cost; `nil` where nothing is kept.
  ///
  /// Reference: Blalock et al., "What is the state of neural network pruning?", MLSys 2020.
  package var speedUp: Double? {
    keptMultiplications > 0 ? Double(multiplications) / Double(keptMultiplications) : nil
  }

  /// All parameters over those that are left, after the same reference; `nil` where none are.
  package var compression: Double? {
    keptParameters > 0 ? Double(parameters) / Double(keptParameters) : nil
  }

  /// Bytes of all parameters: weights in a way to store them, what is never pruned as float32.
  package func bytes(_ storage: WeightStorage) -> Int {
    layers.reduce(4 * unprunable) { $0 + $1.bytes(storage) }
  }

  /// The way with the fewest bytes, the first of those that are equal.
  package var smallest: WeightStorage {
    WeightStorage.allCases.min { bytes($0) < bytes($1) } ?? .dense
  }
}

extension Architecture {
  /// For each prunable tensor the parameters that are never pruned and follow it in the state dict before the next; what
  /// comes before the first belongs to it.
  package var unprunable: [Int] {
    var counts: [Int] = []
    var before = 0
    for tensor in tensors where tensor.isParameter {
      if tensor.isPrunable {
        counts.append(counts.isEmpty ? before : 0)
      } else if counts.isEmpty {
        before += tensor.count
      } else {
        counts[counts.count - 1] += tensor.count
      }
    }
    return counts
  }
}
