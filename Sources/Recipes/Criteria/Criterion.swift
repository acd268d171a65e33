/// A criterion: what gives every prunable weight its score; *higher is kept*.
package struct Criterion: Descriptor {
  /// Every criterion. A new one joins by a line here and one in `Formula.all`.
  package static let all: [Criterion] = [
    .random, .magnitude, .gradient, .gradientMagnitude, .snip, .taylorFO, .grasp, .obd, .wanda,
    .synflow, .command,
  ]
  package static let sort = "criterion"

  /// What scores depend on.
  package enum Reads: Sendable {
    /// Nothing: they are drawn.
    case nothing
    /// The weights.
    case weights
    /// The weights and a scoring set.
    case examples
  }

  /// Batch norm's mode while scoring.
  package enum Mode: Sendable {
    /// No network runs here.
    case none
    /// That of the paper that introduced the criterion, or of its authors' code; a method may state another.
    case usual(NormalizationMode)
    /// Part of the criterion.
    case always(NormalizationMode)

    /// The mode unless a method states another.
    package var standard: NormalizationMode? {
      switch self {
      case .none: nil
      case .usual(let mode), .always(let mode): mode
      }
    }
  }

  /// What one scoring takes.
  package struct Cost: Sendable {
    /// Seconds before anything is scored.
    package private(set) var start = 0.0
    /// Bytes held at once for each weight, and for each output of a layer and each example of a batch.
    package let bytesPerWeight, bytesPerOutput: Double
    /// Trainings' passes over one example that scoring one takes; float64 counts double. `sizes` are those of the
    /// prunable tensors.
    package let passes: @Sendable (_ options: OptionValues, _ sizes: [Int]) -> Double
  }

  package let name: String
  package let words: String
  /// The score of a weight w.
  package let formula: String
  package let source: String
  package private(set) var options: [CheckedOption] = []
  /// What scores depend on.
  package let reads: Reads
  /// Batch norm's mode.
  package private(set) var mode = Mode.none
  /// The schedule of the paper that introduced it.
  package private(set) var schedule = PruningSchedule.oneShot
  /// Where scores are ranked unless a method states another scope.
  package private(set) var scope = Scope.global
  /// Whether weights and examples are converted to float64 before it sees them: in float32 single ReLUs flip, which on a
  /// ResNet-20 leaves layers off by 6e-4, and by 3e-3 where batch norm divides by the batch's own statistics.
  package private(set) var isInDoublePrecision = false
  /// What a program must be able to be asked, whose network is scored.
  package private(set) var verbs: [String] = []
  /// What one scoring takes.
  package let cost: Cost
  var check: @Sendable (OptionValues, [Int]) -> OptionFault? = { _, _ in nil }

  /// A criterion of gradients of the mean cross-entropy over the scoring set.
  static func ofGradients(
    _ name: String, words: String, formula: String, source: String, options: [CheckedOption] = [],
    mode: NormalizationMode = .train, verbs: [String] = ["gradient"], cost: Cost = .gradient,
    check: @escaping @Sendable (OptionValues, [Int]) -> OptionFault? = { _, _ in nil }
  ) -> Criterion {
    Criterion(
      name: name, words: words, formula: formula, source: source, options: options,
      reads: .examples,
      mode: .usual(mode),
      isInDoublePrecision: true, verbs: verbs, cost: cost, check: check)
  }

  package func fault(in options: OptionValues, sizes: [Int]) -> OptionFault? {
    check(options, sizes)
  }

  /// Whether scores depend on data.
  package var readsData: Bool { reads == .examples }
  /// The names of those that read no examples, for messages: `random, magnitude or synflow`.
  package static var namesWithoutExamples: String {
    let names = all.filter { !$0.readsData }.map(\.name)
    return names.dropLast().joined(separator: ", ") + " or " + names.suffix(1).joined()
  }
  /// Bytes of each number of the examples.
  package var exampleBytes: Double { isInDoublePrecision ? 8 : 4 }
}

extension Criterion.Cost {
  /// Scores that take `passes`, whatever the options.
  init(passes: Double, start: Double = 0, bytesPerWeight: Double, bytesPerOutput: Double) {
    self.init(start: start, bytesPerWeight: bytesPerWeight, bytesPerOutput: bytesPerOutput) {
      _, _ in passes
    }
  }

  /// One gradient in float64: gradients, products, sums and a copy of the weights.
  static let gradient = Self(passes: 2, bytesPerWeight: 32, bytesPerOutput: 16)
}

/// A criterion with its options.
package typealias CriterionSpecification = Described<Criterion>
