package import Recipes

/// How many weights each layer keeps where layers are ranked by themselves.
///
/// Uniform: each layer's own `N − ⌊(1 − d)·N⌋`. Erdős–Rényi: together exactly `N − ⌊(1 − d)·N⌋`, layer l
/// in proportion to its share vₗ, which is its size times its density's formula: `(n_in + n_out)·k_h·k_w`,
/// or with the kernel `n_in + n_out + k_h + k_w`. Layers that would keep more than they have are dense and
/// the others share the rest.
///
/// Counts are `min(Nₗ, round(ε·vₗ))` with the one ε that gives the total (Webster's apportionment, ties to
/// the earlier layer). Rounding to the nearest at a common ε makes every layer's count grow with the
/// total, so masks of falling densities are nested; rounding by largest remainders does not (Balinski &
/// Young, Fair Representation, 1982). Integer arithmetic decides every comparison.
///
/// References: Mocanu et al., Nature Communications 2018, eq. 1; Evci et al., ICML 2020, section 3.
package struct LayerAllocation {
  /// Sizes of the layers.
  private let sizes: [Int]
  /// Shares of the total; `nil` where every layer has the density of all.
  private let shares: [Int]?

  /// The allocation of `scope` to weight tensors of `shapes`, `[out, in]` or `[out, in, k_h, k_w]`; the
  /// uniform one for ``Scope/global`` and ``Scope/row`` too.
  package init(_ scope: Scope, shapes: [[Int]]) {
    sizes = shapes.map { $0.reduce(1, *) }
    switch scope {
    case .global, .layerwise, .row: shares = nil
    case .erdosRenyi:
      shares = shapes.map { $0.prefix(2).reduce(0, +) * $0.dropFirst(2).reduce(1, *) }
    case .erdosRenyiKernel: shares = shapes.map { $0.reduce(0, +) }
    }
  }

  /// Kept weights of each layer where `kept` says how many of a number of weights are kept.
  package func counts(of kept: (Int) -> Int) -> [Int] {
    guard let shares else { return sizes.map(kept) }
    let total = kept(sizes.reduce(0, +))
    var counts = start(below: total, shares)
    for _ in counts.reduce(0, +)..<total {
      // The next weight goes where (count + ½) / share is least.
      let next = sizes.indices.filter { counts[$0] < sizes[$0] }.min { a, b in
        let (left, right) = (
          (2 * counts[a] + 1) * shares[b], (2 * counts[b] + 1) * shares[a]
        )
        return left == right ? a < b : left < right
      }
      guard let next else { break }
      counts[next] += 1
    }
    return counts
  }

  /// Counts that no layer's final count is below: ε by bisection, and one less for its rounding.
  private func start(below total: Int, _ shares: [Int]) -> [Int] {
    func counts(_ epsilon: Double) -> [Int] {
      zip(sizes, shares).map { Int(min(Double($0), (epsilon * Double($1) + 0.5).rounded(.down))) }
    }
    var (low, high) = (0.0, Double(sizes.max() ?? 0) + 1)
    for _ in 0..<64 {
      let middle = (low + high) / 2
      if counts(middle).reduce(0, +) <= total { low = middle } else { high = middle }
    }
    return counts(low).map { max(0, $0 - 1) }
  }
}
