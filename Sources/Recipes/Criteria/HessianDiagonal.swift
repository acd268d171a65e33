/// How the diagonal of a loss's Hessian over the prunable weights is found.
package enum HessianDiagonal: Hashable, Sendable {
  /// Every entry exactly: one Hessian–vector product for each weight.
  case exact
  /// Tensors of up to `exactUpTo` weights exactly, all others as the mean of z ⊙ H z over `probes`
  /// vectors z of random signs: unbiased, with variance Σ_{j≠i} Hᵢⱼ² / probes of entry i, j running over
  /// the estimated tensors (Hutchinson 1989; Bekas, Kokiopoulou & Saad 2007).
  case hutchinson(probes: Int, exactUpTo: Int)

  /// Most weights of a network whose entries are computed exactly.
  package static let largestExact = 100_000

  /// Whether the entries of a tensor of `count` weights are exact.
  package func isExact(_ count: Int) -> Bool {
    switch self {
    case .exact: true
    case .hutchinson(_, let exactUpTo): count <= exactUpTo
    }
  }

  /// Number of exact entries in tensors of these sizes.
  package func exactCount(of sizes: [Int]) -> Int { sizes.filter(isExact).reduce(0, +) }

  /// Number of Hessian–vector products for tensors of these sizes, per batch.
  package func products(of sizes: [Int]) -> Int {
    switch self {
    case .exact: return exactCount(of: sizes)
    case .hutchinson(let probes, _):
      return exactCount(of: sizes) + (sizes.allSatisfy(isExact) ? 0 : probes)
    }
  }
}
