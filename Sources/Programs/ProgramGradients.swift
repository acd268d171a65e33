import CPrograms
package import Tensors

/// Loss and gradients of a program in training mode, computed without a graph.
///
/// Gives what autograd gives, to rounding. With bfloat16 inputs, activations and the factors of convolutions
/// and linear operations are bfloat16; parameters, gradients, statistics and loss stay float32. Convolutions are oneDNN's on channels-last memory; what lies
/// between them passes over memory twice forward and twice backward.
package struct ProgramGradients {
  /// Gradients of the last call, one per tensor, channels-last; `nil` for buffers.
  package let gradients: [Tensor?]

  private let program: CompiledProgram

  /// Prepares for a network of these tensors.
  ///
  /// - Parameters:
  ///   - program: the network.
  ///   - shapes: of every parameter and buffer.
  ///   - isParameter: which of them are parameters.
  package init(_ program: LayerProgram, shapes: [[Int]], isParameter: [Bool])
    throws(TensorError)
  {
    precondition(
      shapes.count == isParameter.count, "\(shapes.count) shapes, \(isParameter.count) roles")
    self.program = try CompiledProgram(program)
    var gradients: [Tensor?] = []
    for (shape, trains) in zip(shapes, isParameter) {
      gradients.append(trains ? try Tensor(repeating: 0, shape: shape).channelsLast() : nil)
    }
    self.gradients = gradients
  }

  /// Computes ``gradients`` of the mean cross-entropy, which it returns, and moves batch norm's running
  /// statistics towards the batch's (momentum 0.1, unbiased variance), in place.
  ///
  /// - Parameters:
  ///   - tensors: float32 parameters and buffers, best channels-last; int64 counts of batches.
  ///   - inputs: `[N, C, H, W]`, best channels-last; float32, or bfloat16 for arithmetic in it.
  ///   - labels: `[N]`, int64.
  package func compute(_ tensors: [Tensor], inputs: Tensor, labels: Tensor)
    throws(TensorError) -> Float
  {
    precondition(
      tensors.count == gradients.count, "\(tensors.count) tensors for \(gradients.count)")
    var loss: Float = 0
    let pointers = tensors.map { Optional($0.handle.pointer) }
    let targets = gradients.map { $0?.handle.pointer }
    try check {
      cp_program_gradients(
        &loss, program.pointer, pointers, targets, pointers.count, inputs.handle.pointer,
        labels.handle.pointer, $0)
    }
    return loss
  }
}

/// Logits of a program by batch norm's running statistics, without a graph.
package struct ProgramInference {
  private let program: CompiledProgram

  /// Prepares `program`.
  package init(_ program: LayerProgram) throws(TensorError) {
    self.program = try CompiledProgram(program)
  }

  /// Logits `[N, classes]`, float32.
  ///
  /// - Parameters:
  ///   - tensors: float32 parameters and buffers.
  ///   - inputs: `[N, C, H, W]`, best channels-last; float32, or bfloat16 for arithmetic in it.
  package func logits(_ tensors: [Tensor], _ inputs: Tensor) throws(TensorError) -> Tensor {
    let pointers = tensors.map { Optional($0.handle.pointer) }
    return try Tensor {
      cp_program_logits(
        $0, program.pointer, pointers, pointers.count, inputs.handle.pointer, $1)
    }
  }
}
