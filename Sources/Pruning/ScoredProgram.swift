package import Tensors

/// A user's program that answers what criteria ask of its network, at the weights that are scored.
///
/// Every tensor is float64, and one for each prunable tensor in state-dict order.
package protocol ScoredProgram {
  /// Training examples that are scored on, by number, part after part.
  var indices: [Int64] { get }
  /// How many of them each part has.
  var partSizes: [Int] { get }
  /// ∂L/∂w of the mean loss over a part, outputs divided by `temperature`.
  func gradients(onPart part: Int, temperature: Double) throws -> [Tensor]
  /// H·v of the same loss.
  func hessianProducts(with vector: [Tensor], onPart part: Int, temperature: Double) throws
    -> [Tensor]
  /// ∂R/∂|w|, R as SynFlow has it.
  func flowGradients() throws -> [Tensor]
  /// The L2 norms, over all examples, of what each weight of a row multiplies: `[inputs]`, or `[groups, inputs]`.
  func inputNorms() throws -> [Tensor]
}
