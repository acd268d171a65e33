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

  /// What an operation does.
  package enum Kind: Hashable, Sendable {
    /// Cross-correlation with a weight `[out, in, kernel, kernel]`.
    case convolution(weight: Int, bias: Int?, Window)
    /// (x − mean) / √(variance + 10⁻⁵) · γ + β for each channel.
    case batchNorm(Normalization)
    /// max(x, 0).
    case relu
    /// Largest of each window.
    case maxPool(Window)
    /// Mean of each window, padding included.
    case averagePool(Window)
    /// Mean over each channel, `[N, C, 1, 1]`.
    case globalAveragePool
    /// `[N, C·H·W]`, row-major.
    case flatten
    /// x · wᵀ + b with a weight `[out, in]`; the input is flattened.
    case linear(weight: Int, bias: Int?)
    /// Sum of the input and a value of the same shape.
    case add(Int)
    /// Row and column `position` repeated so many times more; ``ProgramFlow`` alone computes it.
    case repeated(position: Int, rows: Int, columns: Int)
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

extension LayerProgram.Operation {
  var code: cp_op {
    var op = cp_op(
      kind: CP_RELU, inputs: (Int32(input), -1), output: Int32(output), weight: -1, bias: -1,
      mean: -1, variance: -1, batches: -1, kernel: 0, stride: 0, padding: 0)
    func position(_ index: Int?) -> Int32 { index.map(Int32.init) ?? -1 }
    func set(_ window: LayerProgram.Window) {
      op.kernel = Int32(window.kernel)
      op.stride = Int32(window.stride)
      op.padding = Int32(window.padding)
    }
    switch kind {
    case .convolution(let weight, let bias, let window):
      op.kind = CP_CONVOLUTION
      op.weight = Int32(weight)
      op.bias = position(bias)
      set(window)
    case .batchNorm(let norm):
      op.kind = CP_BATCH_NORM
      op.weight = position(norm.weight)
      op.bias = position(norm.bias)
      op.mean = Int32(norm.mean)
      op.variance = Int32(norm.variance)
      op.batches = position(norm.batches)
    case .relu: op.kind = CP_RELU
    case .maxPool(let window):
      op.kind = CP_MAX_POOL
      set(window)
    case .averagePool(let window):
      op.kind = CP_AVERAGE_POOL
      set(window)
    case .globalAveragePool: op.kind = CP_GLOBAL_AVERAGE_POOL
    case .flatten: op.kind = CP_FLATTEN
    case .linear(let weight, let bias):
      op.kind = CP_LINEAR
      op.weight = Int32(weight)
      op.bias = position(bias)
    case .add(let other):
      op.kind = CP_ADD
      op.inputs.1 = Int32(other)
    case .repeated(let position, let rows, let columns):
      op.kind = CP_REPEAT
      (op.kernel, op.stride, op.padding) = (Int32(position), Int32(rows), Int32(columns))
    }
    return op
  }
}

/// A program that libtorch runs, checked once.
final class CompiledProgram {
  let pointer: cp_program

  init(_ program: LayerProgram) throws(TensorError) {
    let codes = program.operations.map(\.code)
    var pointer: cp_program?
    try check { cp_program_create(&pointer, codes, codes.count, $0) }
    self.pointer = pointer!
  }

  deinit { cp_program_free(pointer) }
}
