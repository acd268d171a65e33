/// Which of N test examples a network gets right, one bit each.
package struct Answers: Hashable, Sendable {
  /// The number of examples, N.
  package let count: Int

  /// Example i is bit i mod 64 of word i / 64; bits beyond the last example are 0.
  let words: [UInt64]

  /// One answer per example: whether it is right.
  package init(_ right: some Sequence<Bool>) {
    var words: [UInt64] = []
    var count = 0
    for isRight in right {
      if count % 64 == 0 { words.append(0) }
      if isRight { words[count / 64] |= 1 << UInt64(count % 64) }
      count += 1
    }
    self.count = count
    self.words = words
  }

  /// The number of right answers.
  package var rightCount: Int {
    words.reduce(0) { $0 + $1.nonzeroBitCount }
  }
}
