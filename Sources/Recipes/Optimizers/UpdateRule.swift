/// An optimizer: how weights move by their gradients.
package struct UpdateRule: Descriptor {
  /// Every optimizer. A new one joins by a line here and one in `Update.all`.
  package static let all: [UpdateRule] = [.sgd, .adam, .adamW]
  package static let sort = "optimizer"
  package static let unlisted = [ofProgram]

  package let name: String
  package let words: String
  package let source: String
  package let options: [CheckedOption]
  /// Whether weight decay acts on the weights by itself, not through the gradient.
  package let decaysApart: Bool
  /// Numbers kept for every weight between steps.
  package let moments: @Sendable (OptionValues) -> Int
  private let check: @Sendable (OptionValues) -> OptionFault?

  /// An optimizer; every one has a learning rate, which is the schedule's factor-one value, and a weight decay.
  init(
    _ name: String, words: String, source: String, learningRate: Double, weightDecay: Double,
    options: [CheckedOption], decaysApart: Bool = false,
    moments: @escaping @Sendable (OptionValues) -> Int,
    check: @escaping @Sendable (OptionValues) -> OptionFault? = { _ in nil }
  ) {
    self.init(
      name: name, words: words, source: source,
      options: [
        .number(
          "learning-rate", as: "learning rate", .above0, default: learningRate,
          words: "learning rate {}", help: "before the schedule's factor")
      ] + options + [
        .number(
          "weight-decay", .atLeast0, default: weightDecay, words: "weight decay {}",
          help: "how fast weights shrink")
      ], decaysApart: decaysApart, moments: moments, check: check)
  }

  /// Whatever a program moves its weights by; two numbers are kept for every weight, as by most.
  package static let ofProgram = UpdateRule(
    name: "program", words: "the program's own optimizer", source: "a program of the user's",
    options: [], decaysApart: false, moments: { _ in 2 }, check: { _ in nil })

  private init(
    name: String, words: String, source: String, options: [CheckedOption], decaysApart: Bool,
    moments: @escaping @Sendable (OptionValues) -> Int,
    check: @escaping @Sendable (OptionValues) -> OptionFault?
  ) {
    (self.name, self.words, self.source, self.options) = (name, words, source, options)
    (self.decaysApart, self.moments, self.check) = (decaysApart, moments, check)
  }

  package func fault(in options: OptionValues, sizes: [Int]) -> OptionFault? { check(options) }
}

/// An optimizer and its constants.
package typealias OptimizerSpecification = Described<UpdateRule>

extension Described<UpdateRule> {
  /// The learning rate before the schedule's factor.
  package var learningRate: Double { options.number("learning-rate") }
  /// Numbers kept for every weight between steps.
  package var momentsPerWeight: Int { descriptor.moments(options) }
}
