/// Ranks from 1 in ascending order, equal values sharing the mean of the ranks they take together.
///
/// Ranks are kept doubled, so that they are whole numbers and statistics of them can be compared exactly.
struct MidRanks: Hashable, Sendable {
  /// Twice each value's rank.
  let doubled: [Int]

  /// How many values share each distinct value, in ascending order of values.
  let tieSizes: [Int]

  /// The ranks of finite values.
  init(_ values: [Double]) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var doubled = [Int](repeating: 0, count: values.count)
    var sizes: [Int] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      // Ranks start + 1 … end have the mean (start + 1 + end) / 2.
      for position in start..<end { doubled[order[position]] = start + 1 + end }
      sizes.append(end - start)
      start = end
    }
    self.doubled = doubled
    tieSizes = sizes
  }
}
