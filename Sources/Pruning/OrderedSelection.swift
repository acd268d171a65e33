import Tensors

/// Selection among n unsigned integers in O(n), exactly: no sort, no tolerance.
///
/// The k-th largest is found digit by digit, 16 bits at a time: a histogram finds its digit, and only the
/// candidates that share it go on. Reference: radix selection, Knuth, TAOCP vol. 3, section 5.2.5.
package enum OrderedSelection {
  /// The k-th largest key and how the keys stand to it.
  package struct Threshold {
    /// The k-th largest key.
    package let key: UInt64
    /// Keys above it.
    package let above: Int
    /// Keys equal to it.
    package let equal: Int
  }

  /// The `rank`-th largest of `keys`, counted from 1.
  package static func threshold(_ keys: [UInt64], rank: Int) -> Threshold {
    precondition((1...max(keys.count, 1)).contains(rank), "rank \(rank) of \(keys.count) keys")
    var candidates = keys
    var (above, prefix) = (0, UInt64(0))
    for shift: UInt64 in [48, 32, 16] {
      let bucket = bucket(holding: rank - above, in: histogram(of: candidates, shift: shift))
      above += bucket.above
      prefix |= UInt64(bucket.index) << shift
      candidates = candidates.filter { $0 >> shift & 0xFFFF == bucket.index }
    }
    let last = bucket(holding: rank - above, in: histogram(of: candidates, shift: 0))
    return Threshold(
      key: prefix | UInt64(last.index), above: above + last.above, equal: last.size)
  }

  /// The bucket of the `rank`-th largest of what a histogram counts, what lies in buckets above, and how
  /// many share it.
  static func bucket(holding rank: Int, in histogram: [Int64]) -> (
    index: Int, above: Int, size: Int
  ) {
    var (index, above) = (histogram.count - 1, 0)
    while above + Int(histogram[index]) < rank {
      above += Int(histogram[index])
      index -= 1
    }
    return (index, above, Int(histogram[index]))
  }

  private static func histogram(of keys: [UInt64], shift: UInt64) -> [Int64] {
    var histogram = [Int64](repeating: 0, count: 1 << 16)
    for key in keys { histogram[Int(truncatingIfNeeded: key >> shift & 0xFFFF)] &+= 1 }
    return histogram
  }
}

extension OrderedSelection {
  /// The `rank`-th highest of `count` scores, and how many of them are zero.
  ///
  /// A sample tells between which leading digits the threshold must lie but for rare misfortune, and one
  /// pass gathers the keys between. After misfortune, or where scores are few, all are the sample.
  /// Reference: Floyd & Rivest, Expected time bounds for selection, CACM 18(3), 1975.
  static func threshold(of scores: [RankedScores], count: Int, rank: Int) throws -> (
    threshold: Threshold, zeros: Int
  ) {
    // A prime, so that hardly any layer's rows or columns are met in step.
    for step in count < 1 << 16 ? [1] : [61, 1] {
      var sample = [Int64](repeating: 0, count: RankedScores.leadings)
      for layer in scores { try layer.count(step: step, into: &sample) }
      guard let bracket = bracket(of: rank, among: count, sample: sample, step: step) else {
        continue
      }
      let gathered = try RankedScores.gather(
        scores, leading: bracket.leading, capacity: bracket.capacity)
      guard let keys = gathered.keys, (1..<keys.count + 1).contains(rank - gathered.above) else {
        continue
      }
      let found = threshold(keys, rank: rank - gathered.above)
      return (
        Threshold(key: found.key, above: gathered.above + found.above, equal: found.equal),
        gathered.zeros
      )
    }
    preconditionFailure("rank \(rank) of \(count) scores, which are others or fewer")
  }

  /// Leading digits between which the `rank`-th of `count` keys lies, and room for the keys there; `nil`
  /// for an empty sample.
  private static func bracket(of rank: Int, among count: Int, sample: [Int64], step: Int) -> (
    leading: ClosedRange<Int>, capacity: Int
  )? {
    let size = Int(sample.reduce(0, +))
    guard size > 0 else { return nil }
    if step == 1 {
      let bucket = bucket(holding: rank, in: sample)
      return (bucket.index...bucket.index, bucket.size)
    }
    // Six standard deviations of the rank in a random sample, at most.
    let margin = Int(3 * Double(size).squareRoot())
    let expected = Int(Double(rank) / Double(count) * Double(size))
    let low = bucket(holding: min(size, expected + margin), in: sample)
    let high = bucket(holding: max(1, expected - margin), in: sample)
    let sampled = low.above + low.size - high.above
    return (low.index...high.index, min(count, 2 * step * (sampled + margin)))
  }
}
