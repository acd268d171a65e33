import Recipes
import Wording

/// What can go wrong while scoring and ranking.
package enum PruningError: Error, Hashable {
  /// Scores that are not a number.
  case notANumber(source: String, tensor: String, count: Int)
  /// Scores that were computed here and are infinite.
  case overflow(tensor: String)
  /// A network whose summed output with absolute weights, SynFlow's R, is no finite number.
  case flowOverflow
  /// A tensor of scores whose shape is not the network's.
  case shape(source: String, tensor: String, found: [Int], expected: [Int])
  /// Scores that lack a tensor, or hold one too many.
  case names(source: String, missing: [String], foreign: [String])
  /// A tensor to exclude that the network does not have.
  case unknownExclusion(tensor: String, known: [String])
  /// Scores of no weight, or of excluded ones alone.
  case nothingToRank(source: String)
  /// More weights than exact entries of a Hessian's diagonal are computed for.
  case exactDiagonal(count: Int, limit: Int)
  /// A user's program that did not give scores.
  case command(arguments: [String], problem: String)
}

extension PruningError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .notANumber(let source, let tensor, let count):
      "\(source): \(count) scores of '\(tensor.printable)' are NaN; a ranking needs numbers"
    case .overflow(let tensor):
      "scores of '\(tensor.printable)' are beyond 1.8e308, the largest number of float64, and cannot be ranked; "
        + "smaller weights at the start (an initializer of a smaller scale) or fewer layers keep them finite"
    case .flowOverflow:
      "SynFlow's R, the summed output of the network with absolute weights, is beyond 1.8e308, the largest "
        + "number of float64, so that no score is finite; smaller weights at the start (an initializer of a "
        + "smaller scale) or fewer layers keep it finite"
    case .shape(let source, let tensor, let found, let expected):
      "\(source): scores of '\(tensor.printable)' have shape \(found); the weights have \(expected)"
    case .names(let source, let missing, let foreign):
      "\(source): scores must cover the prunable tensors exactly"
        + (missing.isEmpty ? "" : "; missing: \(Self.names(missing))")
        + (foreign.isEmpty ? "" : "; not prunable or unknown: \(Self.names(foreign))")
    case .unknownExclusion(let tensor, let known):
      "no prunable tensor is called '\(tensor.printable)'; there are \(Self.names(known))"
    case .nothingToRank(let source):
      "\(source): there are no scores to rank; name a file that has some, and exclude fewer tensors"
    case .exactDiagonal(let count, let limit):
      "the exact diagonal of the Hessian takes a Hessian–vector product for each of \(count) weights; "
        + "the limit is \(limit): write an `exact-up-to` below which fewer lie"
    case .command(let arguments, let problem):
      "criterion command '\(arguments.joined(separator: " ").printable)' \(problem)"
    }
  }

  private static func names(_ names: [String]) -> String {
    names.map(\.printable).joined(separator: ", ")
  }
}
