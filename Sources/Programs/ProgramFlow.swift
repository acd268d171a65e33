import CPrograms
package import Tensors

/// Synaptic flow of a program in float64, without a graph, over the weights that are kept.
///
/// Reference: Tanaka, Kunin, Yamins & Ganguli, NeurIPS 2020, eq. 3. All numbers are sums of non-negative
/// products, so scores are exact to a few units in the last place of float64.
package struct ProgramFlow {
  /// Owns the C handle.
  private final class Handle {
    let pointer: cp_flow

    init(_ pointer: cp_flow) { self.pointer = pointer }

    deinit { cp_flow_free(pointer) }
  }

  private let handle: Handle
  private let input: (channels: Int, height: Int, width: Int)

  /// Prepares for an example of this shape; no weight is listed at first.
  ///
  /// - Parameters:
  ///   - program: the network.
  ///   - tensors: every parameter and buffer, float32 but for those that are not read; they must not change.
  ///   - channels, height, width: shape of an example.
  ///   - reducesImages: whether repeated rows and columns are computed once.
  package init(
    _ program: LayerProgram, tensors: [Tensor], channels: Int, height: Int, width: Int,
    reducesImages: Bool = true
  ) throws(TensorError) {
    let reduced = reducesImages ? program.reduced(height: height, width: width) : nil
    let program = try CompiledProgram(reduced ?? program)
    let pointers = tensors.map { Optional($0.handle.pointer) }
    var pointer: cp_flow?
    try check { cp_flow_create(&pointer, program.pointer, pointers, pointers.count, $0) }
    handle = Handle(pointer!)
    input = reduced == nil ? (channels, height, width) : (channels, 1, 1)
  }

  /// Lists of the weight at position `index` what is 1 in `kept`, or everything.
  package func take(_ kept: [UInt8]?, of index: Int) throws(TensorError) {
    try check { cp_flow_take(handle.pointer, index, kept, kept?.count ?? 0, $0) }
  }

  /// Computes all scores for one all-ones example, batch norm the identity: running mean 0, variance 1.
  ///
  /// - Returns: R, the summed output of the network with absolute parameters.
  package func compute() throws(TensorError) -> Double {
    var output = 0.0
    try check {
      cp_flow_run(
        &output, handle.pointer, Int64(input.channels), Int64(input.height), Int64(input.width), $0)
    }
    return output
  }

  /// |w · ∂R/∂w| of the listed weights at position `index`, `[listed]`, float64, in an order of its own;
  /// the next call of ``compute()`` overwrites them.
  package func scores(of index: Int) throws(TensorError) -> Tensor {
    try Tensor { cp_flow_scores($0, handle.pointer, index, $1) }
  }

  /// The same in the weight's shape, zero where it is not listed.
  package func spreadScores(of index: Int) throws(TensorError) -> Tensor {
    try Tensor { cp_flow_spread_scores($0, handle.pointer, index, $1) }
  }

  /// Drops from the list those weights at position `index` whose scores are beyond `bar`; of equal ones the
  /// last in the weight. The scores are gone.
  package func keep(of index: Int, from bar: inout RankedScores.Bar) throws(TensorError) {
    try check {
      cp_flow_keep(
        handle.pointer, index, bar.lowestFirst, bar.threshold, &bar.equalLeft, $0)
    }
  }

  /// How many weights at position `index` are listed.
  package func count(of index: Int) throws(TensorError) -> Int {
    var count = 0
    try check { cp_flow_count(&count, handle.pointer, index, $0) }
    return count
  }

  /// 1 where the weight at position `index`, of `size` elements, is listed, row-major.
  package func mask(of index: Int, size: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: size) { kept, filled in
      try check { cp_flow_mark(handle.pointer, index, kept.baseAddress, size, $0) }
      filled = size
    }
  }
}
