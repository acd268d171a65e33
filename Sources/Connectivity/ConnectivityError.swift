import Recipes
import Wording

/// Why networks cannot be connected as asked.
package enum ConnectivityError: Error, Hashable {
  /// A tensor that one file has and the other lacks.
  case missing(tensor: String, present: String, absent: String)
  /// A tensor whose shapes differ.
  case shapes(tensor: String, first: String, [Int], second: String, [Int])
  /// A tensor in which other weights are pruned.
  case masks(tensor: String, first: String, pruned: Int, second: String, Int, differing: Int)
  /// Weights that the mask prunes and the file keeps.
  case outsideMask(tensor: String, path: String, count: Int, mask: String)
  /// Two of a plane's networks have the same weights.
  case samePoint(String, String)
  /// A plane's networks lie on one line: the height of their triangle over its longest side.
  case collinear([String], height: Double)
  /// Networks with weights that are not finite.
  case notFinite([String])
  /// The training of a curve whose loss was not finite at this step.
  case diverged(iteration: Int)
}

extension ConnectivityError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .missing(let tensor, let present, let absent):
      "\(present) has a tensor '\(tensor.printable)' and \(absent) has none; take weights of one architecture"
    case .shapes(let tensor, let first, let one, let second, let other):
      "tensor '\(tensor.printable)' has shape \(one) in \(first) and \(other) in \(second); take weights of one "
        + "architecture"
    case .masks(let tensor, let first, let one, let second, let other, let differing):
      "tensor '\(tensor)': \(first) prunes \(one) weights and \(second) \(other), differing in "
        + "\(differing); take subnetworks under one mask, or allow other masks"
    case .outsideMask(let tensor, let path, let count, let mask):
      "\(path): tensor '\(tensor)' has \(count) weights that are not zero where \(mask) prunes; name "
        + "the mask it was trained under"
    case .samePoint(let one, let other):
      "\(one) and \(other) have the same weights, so that no plane is defined; name three networks"
    case .collinear(let names, let height):
      "\(names.joined(separator: ", ")) lie on one line (the height of their triangle is \(height) of its "
        + "longest side), so that no plane is defined; replace one of them"
    case .notFinite(let names):
      "one of \(names.joined(separator: ", ")) holds NaN or infinity, so that no plane is defined; replace "
        + "it"
    case .diverged(let iteration):
      "the loss of the curve was not finite at step \(iteration); lower the learning rate"
    }
  }
}
