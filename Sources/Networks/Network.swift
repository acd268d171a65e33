package import Recipes

/// An architecture on inputs of one shape: a pure function of weights and inputs.
package struct Network: Sendable {
  /// The architecture.
  package let specification: NetworkSpecification
  /// Shape of one example.
  package let input: ExampleShape
  /// Number of outputs.
  package let classes: Int
  /// Layers and their shapes.
  package let architecture: Architecture

  /// The network of `specification` for these inputs and outputs; traps where its layers do not fit.
  package init(_ specification: NetworkSpecification, input: ExampleShape, classes: Int) {
    self.specification = specification
    self.input = input
    self.classes = classes
    architecture = specification.fitting(input: input, classes: classes)
  }

  /// The network of `specification` for inputs that nothing checked yet.
  ///
  /// - Throws: the first layer that does not fit, with the shapes.
  package init(
    checking specification: NetworkSpecification, input: ExampleShape, classes: Int
  ) throws(ArchitectureError) {
    self.specification = specification
    self.input = input
    self.classes = classes
    architecture = try specification.architecture(input: input, classes: classes)
  }

  /// Tensors in state-dict order, buffers among them.
  package var tensors: [TensorSpecification] { architecture.tensors }

  /// Positions of what an optimizer moves among `tensors`: all but buffers.
  package var parameterIndices: [Int] { tensors.indices.filter { tensors[$0].isParameter } }

  /// The network of `problem`.
  package init(_ problem: Problem) {
    self.init(
      problem.network, input: problem.dataset.source.shape,
      classes: problem.dataset.source.classes)
  }

  /// Whether the network has batch norm, so that modes differ.
  package var normalizes: Bool { tensors.contains { !$0.isParameter } }

  /// Whether the network has dropout, so that training draws.
  package var drops: Bool { architecture.layers.contains(where: \.drops) }

  /// The prunable tensors, in state-dict order.
  package var prunable: [TensorSpecification] { tensors.filter(\.isPrunable) }

  /// Positions of the prunable tensors among `tensors`.
  package var prunableIndices: [Int] { tensors.indices.filter { tensors[$0].isPrunable } }
}

extension Layer {
  /// Whether it, or a layer within it, is dropout.
  fileprivate var drops: Bool {
    kind == .dropout || branches.contains { $0.contains(where: \.drops) }
  }
}
