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
