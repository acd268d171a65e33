import CPrograms

extension LayerProgram {
  /// What an operation does: one of those in CPrograms, and what it reads beside its input.
  package struct Kind: Hashable, Sendable {
    /// Which positions of a map a position of the output depends on.
    enum Reach { case window, position, everywhere }

    /// Rows and columns that are there more than once.
    private struct Repetition: Hashable {
      let position, rows, columns: Int
    }

    /// Its `cp_op_kind`.
    private let code: UInt32
    /// Which positions of a map a position of the output depends on.
    let reach: Reach
    /// Positions of tensors.
    private var weight, bias: Int?
    private var norm: Normalization?
    /// The window of convolutions and pools.
    package private(set) var window: Window?
    /// The second value that an addition reads.
    private(set) var other: Int?
    /// What a repetition repeats.
    private var repetition: Repetition?
    /// Whether it is a repetition.
    package var repeats: Bool { repetition != nil }

    private init(_ code: cp_op_kind, _ reach: Reach) {
      self.code = UInt32(code.rawValue)
      self.reach = reach
    }

    /// The same with the second value that it reads, if any, numbered `shift` higher.
    func renumbered(by shift: Int) -> Kind {
      var kind = self
      kind.other = other.map { $0 + shift }
      return kind
    }
  }
}

/// The operations there are. A new one joins here and in CPrograms.
extension LayerProgram.Kind {
  /// Cross-correlation with a weight `[out, in, kernel, kernel]`.
  package static func convolution(weight: Int, bias: Int?, _ window: LayerProgram.Window) -> Self {
    var kind = Self(CP_CONVOLUTION, .window)
    (kind.weight, kind.bias, kind.window) = (weight, bias, window)
    return kind
  }

  /// (x − mean) / √(variance + 10⁻⁵) · γ + β for each channel.
  package static func batchNorm(_ norm: LayerProgram.Normalization) -> Self {
    var kind = Self(CP_BATCH_NORM, .position)
    kind.norm = norm
    return kind
  }

  /// max(x, 0).
  package static var relu: Self { Self(CP_RELU, .position) }

  /// Largest of each window.
  package static func maxPool(_ window: LayerProgram.Window) -> Self {
    var kind = Self(CP_MAX_POOL, .window)
    kind.window = window
    return kind
  }

  /// Mean of each window, padding included.
  package static func averagePool(_ window: LayerProgram.Window) -> Self {
    var kind = Self(CP_AVERAGE_POOL, .window)
    kind.window = window
    return kind
  }

  /// Mean over each channel, `[N, C, 1, 1]`.
  package static var globalAveragePool: Self { Self(CP_GLOBAL_AVERAGE_POOL, .everywhere) }

  /// `[N, C·H·W]`, row-major.
  package static var flatten: Self { Self(CP_FLATTEN, .everywhere) }

  /// x · wᵀ + b with a weight `[out, in]`; the input is flattened.
  package static func linear(weight: Int, bias: Int?) -> Self {
    var kind = Self(CP_LINEAR, .everywhere)
    (kind.weight, kind.bias) = (weight, bias)
    return kind
  }

  /// Sum of the input and a value of the same shape.
  package static func add(_ other: Int) -> Self {
    var kind = Self(CP_ADD, .everywhere)
    kind.other = other
    return kind
  }

  /// Row and column `position` repeated so many times more; ``ProgramFlow`` alone computes it.
  package static func repeated(position: Int, rows: Int, columns: Int) -> Self {
    var kind = Self(CP_REPEAT, .everywhere)
    kind.repetition = .init(position: position, rows: rows, columns: columns)
    return kind
  }
}

extension LayerProgram.Kind {
  /// The operation from value `input` to value `output`, in C.
  func code(reading input: Int, writing output: Int) -> cp_op {
    func position(_ index: Int?) -> Int32 { index.map(Int32.init) ?? -1 }
    return cp_op(
      kind: cp_op_kind(code), inputs: (Int32(input), position(other)), output: Int32(output),
      weight: position(norm?.weight ?? weight), bias: position(norm?.bias ?? bias),
      mean: position(norm?.mean), variance: position(norm?.variance),
      batches: position(norm?.batches),
      kernel: Int32(window?.kernel ?? repetition?.position ?? 0),
      stride: Int32(window?.stride ?? repetition?.rows ?? 0),
      padding: Int32(window?.padding ?? repetition?.columns ?? 0))
  }
}
