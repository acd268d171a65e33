package import Foundation
package import Recipes
package import Tensors

/// A network's state dict: one float32 tensor for each of its tensors, parameters and buffers, in order.
package struct Weights {
  /// Names and shapes.
  package let specifications: [TensorSpecification]
  /// Values, in the order of ``specifications``.
  package let tensors: [Tensor]

  /// Weights from tensors whose shapes must be the specifications'.
  package init(specifications: [TensorSpecification], tensors: [Tensor]) {
    precondition(
      specifications.map(\.shape) == tensors.map(\.shape),
      "weights of shapes \(tensors.map(\.shape)) for \(specifications.map(\.shape))")
    self.specifications = specifications
    self.tensors = tensors
  }

  /// Reads a state dict; floating-point elements of any width become float32.
  ///
  /// - Parameters:
  ///   - file: a safetensors file.
  ///   - network: the names and shapes that it must have.
  ///   - names: how names of the file become the network's; nil for a file that has them.
  ///   - allowsNonFinite: whether NaN and infinity are taken as they are, as a diverged training leaves them.
  /// - Throws: an error naming the file, the tensor and both shapes where they differ, missing and
  ///   foreign names, and values that are not finite.
  package init(
    readingFrom file: URL, for network: Network, names: FileNames? = nil,
    allowsNonFinite: Bool = false
  ) throws {
    let found = try Safetensors(readingFrom: file)
    let contents = try names?.matched(found, to: network.tensors) ?? found
    let known = network.tensors.map(\.name)
    // PyTorch counts batch norm's batches in a tensor that nothing reads.
    for (name, _) in contents.tensors
    where !known.contains(name) && !name.hasSuffix(".num_batches_tracked") {
      throw NetworkError.foreign(
        path: file.path, tensor: name, network: network.specification.description, known: known)
    }
    let tensors = try network.tensors.map { specification in
      let tensor = try contents.tensor(specification.name)
      guard tensor.shape == specification.shape else {
        throw NetworkError.shape(
          path: file.path, tensor: specification.name, found: tensor.shape,
          expected: specification.shape, network: network.specification.description)
      }
      let type = try contents.type(specification.name)
      guard type.isFloat else {
        throw NetworkError.type(
          path: file.path, tensor: specification.name, found: type.rawValue,
          expected: "F32, F64, F16 or BF16")
      }
      let values = try tensor.converted(to: .float32)
      if !allowsNonFinite, let problem = try tensor.problemOfFloat32 {
        throw NetworkError.value(
          path: file.path, tensor: specification.name, problem: problem)
      }
      return values
    }
    self.init(specifications: network.tensors, tensors: tensors)
  }

  /// What an optimizer moves.
  package var parameters: [Tensor] {
    zip(specifications, tensors).filter { $0.0.isParameter }.map(\.1)
  }

  /// The tensors with parameters as leaves that gradients can be taken with respect to.
  package func variables() throws(TensorError) -> [Tensor] {
    var variables: [Tensor] = []
    for (specification, tensor) in zip(specifications, tensors) {
      variables.append(specification.isParameter ? try tensor.variable() : tensor)
    }
    return variables
  }

  /// Names and tensors, as they are written to files.
  package var named: [(name: String, tensor: Tensor)] {
    Array(zip(specifications.map(\.name), tensors))
  }

  /// Writes a state dict.
  package func write(to file: URL) throws { try Safetensors.write(named, to: file) }

  /// The same weights on `device`.
  package func moved(to device: Device) throws(TensorError) -> Weights {
    var moved: [Tensor] = []
    for tensor in tensors { moved.append(try tensor.moved(to: device)) }
    return Weights(specifications: specifications, tensors: moved)
  }

  /// The same weights channels-last, as programs compute with them.
  package func channelsLast() throws(TensorError) -> Weights {
    var arranged: [Tensor] = []
    for tensor in tensors { arranged.append(try tensor.channelsLast()) }
    return Weights(specifications: specifications, tensors: arranged)
  }

  /// Where the tensors lie.
  package var device: Device { tensors.first?.device ?? .cpu }

  /// A copy whose pruned weights are exactly zero.
  package func masked(by mask: Mask) throws -> Weights {
    let kept = Dictionary(uniqueKeysWithValues: mask.layers.map { ($0.name, $0) })
    return Weights(
      specifications: specifications,
      tensors: try zip(specifications, tensors).map { specification, tensor in
        let copy = try tensor.copy()
        guard let layer = kept[specification.name] else { return copy }
        try copy.withMutableElements(of: Float.self) { values in
          // Assigned, not multiplied: a negative weight times 0 would be −0.
          for index in values.indices where layer.kept[index] == 0 { values[index] = 0 }
        }
        return copy
      })
  }
}
