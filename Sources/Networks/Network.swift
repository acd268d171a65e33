package import Recipes
package import Tensors

/// An architecture on inputs of one shape: a pure function of weights and inputs.
package struct Network: Sendable {
  /// The architecture.
  package let specification: NetworkSpecification
  /// Shape of one example.
  package let input: ExampleShape
  /// Number of outputs.
  package let classes: Int
  /// Tensors in state-dict order.
  package let tensors: [TensorSpecification]

  /// The network of `specification` for these inputs and outputs.
  package init(_ specification: NetworkSpecification, input: ExampleShape, classes: Int) {
    self.specification = specification
    self.input = input
    self.classes = classes
    tensors = specification.tensors(input: input, classes: classes)
  }

  /// The network of `problem`.
  package init(_ problem: Problem) {
    self.init(
      problem.network, input: problem.dataset.source.shape,
      classes: problem.dataset.source.classes)
  }

  /// The prunable tensors, in state-dict order.
  package var prunable: [TensorSpecification] { tensors.filter(\.isPrunable) }

  /// Positions of the prunable tensors among ``tensors``.
  package var prunableIndices: [Int] { tensors.indices.filter { tensors[$0].isPrunable } }

  /// Logits `[N, classes]` of `inputs` `[N, C, H, W]`.
  ///
  /// - Parameters:
  ///   - parameters: one tensor for each of ``tensors``, in that order.
  ///   - inputs: normalized examples, of the parameters' element type.
  ///   - mode: batch norm's mode; networks without batch norm are the same in every mode.
  package func logits(
    _ parameters: [Tensor], _ inputs: Tensor, mode: NormalizationMode
  ) throws(TensorError) -> Tensor {
    precondition(
      parameters.count == tensors.count,
      "\(specification) has \(tensors.count) tensors, not \(parameters.count)")
    switch specification {
    case .lenet(let hidden):
      // N examples, D inputs of a layer, U units.
      var x = try inputs.reshaped([-1, input.count])  // [N, D]
      for layer in 0...hidden.count {
        x = try x.linear(weight: parameters[2 * layer], bias: parameters[2 * layer + 1])  // [N, U]
        if layer < hidden.count { x = try x.relu() }
      }
      return x
    }
  }
}
