/// Why weights cannot be the ends of one path.
package enum ConnectivityError: Error, Hashable {
  /// A tensor that one file has and the other lacks.
  case missing(tensor: String, present: String, absent: String)
  /// A tensor whose shapes differ.
  case shapes(tensor: String, first: String, [Int], second: String, [Int])
  /// A tensor in which other weights are pruned.
  case masks(tensor: String, first: String, pruned: Int, second: String, Int, differing: Int)
  /// Weights that the mask prunes and the file keeps.
  case outsideMask(tensor: String, path: String, count: Int, mask: String)
}

extension ConnectivityError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .missing(let tensor, let present, let absent):
      "\(present) has a tensor '\(tensor)' and \(absent) has none; take weights of one architecture"
    case .shapes(let tensor, let first, let one, let second, let other):
      "tensor '\(tensor)' has shape \(one) in \(first) and \(other) in \(second); take weights of one "
        + "architecture"
    case .masks(let tensor, let first, let one, let second, let other, let differing):
      "tensor '\(tensor)': \(first) prunes \(one) weights and \(second) \(other), differing in "
        + "\(differing); take subnetworks under one mask, or allow other masks"
    case .outsideMask(let tensor, let path, let count, let mask):
      "\(path): tensor '\(tensor)' has \(count) weights that are not zero where \(mask) prunes; name "
        + "the mask it was trained under"
    }
  }
}
