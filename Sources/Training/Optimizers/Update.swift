import Recipes
import Tensors

/// One step of an optimizer, found by the name of its descriptor.
package struct Update: Sendable {
  /// Every optimizer's step. A new one joins by a line here and one in `UpdateRule.all`.
  package static let all: [Update] = [.sgd, .adam, .adamW]

  /// What a step sees: float32 tensors of as many shapes as there are weights, changed in place; moments and masks lie
  /// in memory as they do.
  struct Step {
    /// Constants.
    let options: OptionValues
    /// The step's number, from 1.
    let number: Int
    /// Learning rate after the schedule's factor.
    let learningRate: Double
    let weights, gradients: [Tensor]
    /// Bytes per weight tensor, `nil` for those that are not pruned.
    let masks: [Tensor?]
    /// First moments of all weights, then second ones.
    let moments: [Tensor]
  }

  /// The descriptor's name.
  package let name: String
  /// Moves weights and moments.
  let act: @Sendable (Step) throws -> Void

  init(_ rule: UpdateRule, act: @escaping @Sendable (Step) throws -> Void) {
    (name, self.act) = (rule.name, act)
  }
}
