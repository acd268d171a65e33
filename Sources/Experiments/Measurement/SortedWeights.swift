import Recipes

/// Weights in ascending order.
struct SortedWeights {
  /// Finite numbers, the lowest first; −0 has become 0.
  let values: [Float]

  /// Sorts weights, none of them NaN.
  init(_ weights: [Float]) {
    var sorted = weights
    sorted.withUnsafeMutableBufferPointer { floats in
      floats.withMemoryRebound(to: UInt32.self, Self.sort)
    }
    values = sorted
  }

  /// Sorts the bits of float32 numbers by eleven bits at a time, the lowest first: in time that does not hang on how
  /// they lie.
  private static func sort(_ bits: UnsafeMutableBufferPointer<UInt32>) {
    for index in bits.indices { bits[index] = key(bits[index]) }
    var scratch = [UInt32](repeating: 0, count: bits.count)
    scratch.withUnsafeMutableBufferPointer { scratch in
      distribute(bits, into: scratch, by: 0)
      distribute(scratch, into: bits, by: 11)
      distribute(bits, into: scratch, by: 22)
      for index in bits.indices { bits[index] = pattern(scratch[index]) }
    }
  }

  private static func distribute(
    _ keys: UnsafeMutableBufferPointer<UInt32>, into sorted: UnsafeMutableBufferPointer<UInt32>,
    by shift: UInt32
  ) {
    var places = [Int](repeating: 0, count: 1 << 11)
    places.withUnsafeMutableBufferPointer { places in
      for key in keys { places[Int(key >> shift & 0x7FF)] += 1 }
      var start = 0
      for digit in places.indices {
        let count = places[digit]
        places[digit] = start
        start += count
      }
      for key in keys {
        let digit = Int(key >> shift & 0x7FF)
        sorted[places[digit]] = key
        places[digit] += 1
      }
    }
  }

  /// A number that is larger where the float32 of these bits is; that of −0 is that of 0.
  private static func key(_ bits: UInt32) -> UInt32 {
    let sign: UInt32 = 0x8000_0000
    return bits & sign == 0 || bits == sign ? bits | sign : ~bits
  }

  private static func pattern(_ key: UInt32) -> UInt32 {
    let sign: UInt32 = 0x8000_0000
    return key & sign == 0 ? ~key : key ^ sign
  }
}

extension SortedWeights {
  /// How many weights there are.
  var count: Int { values.count }

  /// How far two empirical distributions lie apart.
  struct Comparison {
    /// Kolmogorov and Smirnov's D = max |F − G|, compared after the last of equal values.
    let distance: Double
    /// Anderson and Darling's A²; `nil` where all values are equal.
    let statistic: Double?
  }

  /// Compares with other weights; `nil` where either has none.
  ///
  /// Of two samples of m and n values, N in all, the terms of both in equation 7 of Scholz and Stephens have the same
  /// square: over distinct values of multiplicity l, with B pooled and M own values below and half of those equal,
  ///
  ///     A² = (N − 1)/(N m n) Σ l (N M − m B)² / (B (N − B) − N l/4).
  func comparison(with other: SortedWeights) -> Comparison? {
    let (m, n) = (count, other.count)
    guard m > 0, n > 0 else { return nil }
    let (own, total) = (Double(m), Double(m + n))
    var (i, j, widest, sum) = (0, 0, 0, 0.0)
    values.withUnsafeBufferPointer { mine in
      other.values.withUnsafeBufferPointer { theirs in
        while i < m || j < n {
          let value = j == n || i < m && mine[i] < theirs[j] ? mine[i] : theirs[j]
          let before = (mine: i, all: i + j)
          while i < m, mine[i] == value { i += 1 }
          while j < n, theirs[j] == value { j += 1 }
          widest = max(widest, abs(i * n - j * m))
          let (multiplicity, below) = (
            Double(i + j - before.all), Double(before.all + i + j) / 2
          )
          let gap = total * Double(before.mine + i) / 2 - own * below
          sum +=
            multiplicity * gap * gap
            / (below * (total - below) - total * multiplicity / 4)
        }
      }
    }
    let product = own * Double(n)
    return Comparison(
      distance: Double(widest) / product,
      statistic: sum.isFinite ? (total - 1) / (total * product) * sum : nil)
  }

  /// The quantile at probability `level`, linear between neighbours (type 7 of Hyndman and Fan, "Sample quantiles in
  /// statistical packages", The American Statistician 50(4), 1996); of one weight at least.
  func quantile(_ level: Double) -> Double {
    let place = level * Double(count - 1)
    let below = Int(place)
    let (low, high) = (Double(values[below]), Double(values[min(below + 1, count - 1)]))
    return low + (place - Double(below)) * (high - low)
  }

  /// Weights of a histogram in units of `scale`.
  func histogram(scale: Double) -> WeightStatistics.Histogram {
    let places = WeightStatistics.Histogram.edges.map { edge in firstIndex { $0 >= edge * scale } }
    // The last upper edge is inside.
    let end = firstIndex { $0 > WeightStatistics.reach * scale }
    var counts = zip(places, places.dropFirst()).map { $1 - $0 }
    counts[counts.count - 1] += end - places[places.count - 1]
    return WeightStatistics.Histogram(
      scale: scale, counts: counts, below: places[0], above: count - end)
  }

  /// The place of the first weight that `isBeyond`, as all after it are.
  private func firstIndex(where isBeyond: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(Double(values[middle])) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
