import CTorch

/// Synaptic flow of a program in float64, without a graph and without storing a gradient.
///
/// Reference: Tanaka, Kunin, Yamins & Ganguli, NeurIPS 2020, eq. 3. All numbers are sums of non-negative
/// products, so scores are exact to a few units in the last place of float64.
package struct ProgramFlow {
  /// |w · ∂R/∂w| of the last call, float64; `nil` for tensors that are not scored.
  package let scores: [Tensor?]

  private let program: LayerProgram
  private let reducesImages: Bool

  /// Prepares for a network of these tensors.
  ///
  /// - Parameters:
  ///   - program: the network.
  ///   - shapes: of every parameter and buffer.
  ///   - isScored: which of them are scored: weights of convolutions and linear operations.
  ///   - reducesImages: whether repeated rows and columns are computed once.
  package init(
    _ program: LayerProgram, shapes: [[Int]], isScored: [Bool], reducesImages: Bool = true
  ) throws(TensorError) {
    precondition(shapes.count == isScored.count, "\(shapes.count) shapes, \(isScored.count) roles")
    _ = try CompiledProgram(program)
    self.program = program
    self.reducesImages = reducesImages
    var scores: [Tensor?] = []
    for (shape, counts) in zip(shapes, isScored) {
      scores.append(counts ? try Tensor(repeating: 0, shape: shape, type: .float64) : nil)
    }
    self.scores = scores
  }

  /// Computes ``scores`` for one all-ones example, batch norm the identity: running mean 0, variance 1.
  ///
  /// - Parameters:
  ///   - magnitudes: |w| of every parameter, float32, pruned ones zero; buffers are not read.
  ///   - channels, height, width: shape of an example.
  package func compute(_ magnitudes: [Tensor], channels: Int, height: Int, width: Int)
    throws(TensorError)
  {
    precondition(
      magnitudes.count == scores.count, "\(magnitudes.count) tensors for \(scores.count)")
    let reduced = reducesImages ? program.reduced(height: height, width: width) : nil
    let program = try CompiledProgram(reduced ?? self.program)
    let size: Int64? = reduced == nil ? nil : 1
    let pointers = magnitudes.map { Optional($0.handle.pointer) }
    let targets = scores.map { $0?.handle.pointer }
    try check {
      ct_program_synflow(
        program.pointer, pointers, targets, pointers.count, Int64(channels),
        size ?? Int64(height), size ?? Int64(width), $0)
    }
  }
}

extension Tensor {
  /// Writes |elements| of a float32 tensor over this one of the same shape, zero where `kept` is not 1.
  package func setMagnitudes(of tensor: Tensor, kept: [UInt8]?) throws {
    try withMutableElements(of: Float.self) { target in
      try tensor.withElements(of: Float.self) { source in
        precondition(
          target.count == source.count && kept?.count ?? source.count == source.count,
          "\(source.count) weights, \(kept?.count ?? source.count) of a mask")
        guard let kept else {
          for index in source.indices { target[index] = source[index].magnitude }
          return
        }
        // By bits, without branches: mostly pruned weights are many.
        kept.withUnsafeBufferPointer { kept in
          for index in source.indices {
            let bits: UInt32 = kept[index] == 1 ? 0x7FFF_FFFF : 0
            target[index] = Float(bitPattern: source[index].bitPattern & bits)
          }
        }
      }
    }
  }
}
