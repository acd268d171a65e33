/// A user's program that trains, and what it says of itself: all that its results depend on.
package struct EngineSpecification: Hashable, Sendable, Codable {
  /// Program and its arguments, run in the suite's folder.
  package let arguments: [String]
  /// SHA-256 of every argument that names a file in the suite's folder, and of the files that the suite says
  /// the program depends on.
  package let digests: [String: String]
  /// Its answer to `describe`.
  package let description: EngineDescription

  /// A program.
  package init(arguments: [String], digests: [String: String], description: EngineDescription) {
    self.arguments = arguments
    self.digests = digests
    self.description = description
  }

  /// The program as people write it.
  package var words: String { arguments.joined(separator: " ") }

  /// The program as a command; how long it may be silent is no part of it.
  package var command: CommandSpecification {
    CommandSpecification(arguments: arguments, digests: digests, timeout: 0)
  }
}

extension TensorSpecification {
  /// A tensor of a program's network.
  init(_ tensor: EngineDescription.Tensor) {
    let (outputs, inputs) = (tensor.shape.first ?? 1, tensor.shape.dropFirst().first ?? 1)
    let kernel = tensor.shape.dropFirst(2).reduce(1, *)
    let role: Role =
      if tensor.prunable {
        .weight(fanIn: inputs * kernel, fanOut: outputs * kernel)
      } else {
        tensor.buffer ? .buffer : .parameter
      }
    self.init(name: tensor.name, shape: tensor.shape, role: role)
  }
}
