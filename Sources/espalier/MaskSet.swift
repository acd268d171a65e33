import Foundation
import Recipes
import Statistics
import Wording

/// Masks of one network, every two against masks drawn at random with the same number of weights in every tensor.
struct MaskSet {
  /// Two masks and what they share.
  struct Pair {
    /// Places in the list of files.
    let first, second: Int
    /// Tensor by tensor.
    let layers: [OverlapTest]
    /// Of all tensors together.
    let test: MaskOverlapTest
    /// The p-value, by Holm over all pairs.
    let adjusted: Double
    /// The first weight that one of them keeps alone.
    let difference: MaskSetCounts.Difference?

    /// Weights that one of them keeps alone.
    var differing: Int { layers.reduce(0) { $0 + $1.law.marked + $1.law.drawn - 2 * $1.overlap } }

    /// How far the shared part lies above that of random masks.
    var excess: Double { (test.jaccard ?? 0) - (test.expectedJaccard ?? 0) }
  }

  let counts: MaskSetCounts
  /// Every two masks, the earlier one first.
  let pairs: [Pair]

  /// Tests every two masks.
  ///
  /// - Throws: `StatisticsError` for counts that cannot be, such as a tensor of 2³¹ weights.
  init(_ counts: MaskSetCounts) throws {
    self.counts = counts
    let layers = try counts.pairs.map { pair in
      let kept = (counts.files[pair.first].kept, counts.files[pair.second].kept)
      return try counts.tensors.indices.filter { counts.tensors[$0].size > 0 }.map {
        try OverlapTest(
          population: counts.tensors[$0].size, first: kept.0[$0], second: kept.1[$0],
          overlap: pair.both[$0])
      }
    }
    let tests = layers.map { MaskOverlapTest($0) }
    let adjusted = try holmAdjusted(tests.map(\.pValue))
    pairs = counts.pairs.enumerated().map { index, pair in
      Pair(
        first: pair.first, second: pair.second, layers: layers[index], test: tests[index],
        adjusted: adjusted[index], difference: pair.difference)
    }
  }

  /// What the files are called: by their last components where these differ.
  var names: [String] {
    let short = counts.files.map { URL(fileURLWithPath: $0.path).lastPathComponent }
    return Set(short).count == short.count ? short : counts.files.map(\.path)
  }

  /// Weights of all tensors.
  var size: Int { counts.tensors.reduce(0) { $0 + $1.size } }
}
