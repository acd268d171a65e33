import CPrograms
import Tensors

/// A network as a flat list of operations on numbered values, for computing without a graph.
///
/// Value 0 is the input `[N, C, H, W]`; each operation writes a value that nothing else writes, and the
/// last one writes the logits. Tensors are positions in the network's list of parameters and buffers, in
/// state-dict order.
package struct LayerProgram: Hashable, Sendable {
  /// A square window.
  package struct Window: Hashable, Sendable {
    /// Extent of the window.
    package let kernel: Int
    /// Distance between windows.
    package let stride: Int
    /// Zeros around the image; maxima ignore them.
    package let padding: Int

    /// A window.
    package init(kernel: Int, stride: Int = 1, padding: Int = 0) {
      self.kernel = kernel
      self.stride = stride
      self.padding = padding
    }
  }

  /// Where batch norm's tensors, all `[C]`, stand.
  package struct Normalization: Hashable, Sendable {
    /// γ; `nil` for 1.
    package let weight: Int?
    /// β; `nil` for 0.
    package let bias: Int?
    /// Running mean, a buffer.
    package let mean: Int
    /// Running unbiased variance, a buffer.
    package let variance: Int
    /// Count of training batches, an int64 buffer, where the network keeps one.
    package let batches: Int?

    /// Positions of batch norm's tensors.
    package init(weight: Int?, bias: Int?, mean: Int, variance: Int, batches: Int? = nil) {
      self.weight = weight
      self.bias = bias
      self.mean = mean
      self.variance = variance
      self.batches = batches
    }
  }

  /// One operation.
  package struct Operation: Hashable, Sendable {
    /// What it does.
    package let kind: Kind
    /// The value it reads.
    package let input: Int
    /// The value it writes.
    package let output: Int

    /// An operation from its parts.
    package init(_ kind: Kind, input: Int, output: Int) {
      self.kind = kind
      self.input = input
      self.output = output
    }
  }

  /// Operations in order.
  package private(set) var operations: [Operation] = []

  /// A program that does nothing yet.
  package init() {}

  /// Appends an operation on value `input`, and returns the number of the value it writes.
  package mutating func append(_ kind: Kind, _ input: Int) -> Int {
    let output = operations.count + 1
    operations.append(Operation(kind, input: input, output: output))
    return output
  }
}

/// A program that libtorch runs, checked once.
final class CompiledProgram {
  let pointer: cp_program

  init(_ program: LayerProgram) throws(TensorError) {
    let codes = program.operations.map { $0.kind.code(reading: $0.input, writing: $0.output) }
    var pointer: cp_program?
    try check { cp_program_create(&pointer, codes, codes.count, $0) }
    self.pointer = pointer!
  }

  deinit { cp_program_free(pointer) }
}
