import Randomness
import Statistics
import Testing

@Suite struct RandomSelectionTests {
  private func stream(_ name: String) -> RandomStream { RandomStream(StreamPath(seed: 3) / name) }

  @Test("the probability of an empty group agrees with NumPy's product")
  func empty() throws {
    let rows = try FitReference.load().empty
    #expect(rows.count == 3)
    for row in rows {
      let ours = try RandomSelection(sizes: row.sizes).emptyProbabilities(keeping: row.kept)
      for (ours, theirs) in zip(ours, row.probabilities) {
        #expect(agree(ours, theirs, tolerance: 1e-8), "\(row.sizes)")
      }
    }
  }

  @Test("drawn critical counts have the law of real random rankings")
  func law() throws {
    let sizes = [3, 5, 12]
    let selection = try RandomSelection(sizes: sizes)
    var stream = stream("law")
    let trials = 20_000
    let drawn = (0..<trials).map { _ in selection.smallestWhole(&stream) }
    // A real ranking: the highest rank of each group, and the lowest of these.
    let groups = sizes.indices.flatMap { Array(repeating: $0, count: sizes[$0]) }
    let ranked = (0..<trials).map { _ in
      let order = stream.permutation(of: groups.count).map { groups[$0] }
      return sizes.indices.map { order.firstIndex(of: $0)! + 1 }.max()!
    }
    for count in 3...17 {
      let (ours, theirs) = (drawn.count { $0 > count }, ranked.count { $0 > count })
      let spread = (Double(ours + theirs) + 1).squareRoot()
      #expect(abs(Double(ours - theirs)) < 4.5 * spread, "\(count): \(ours), \(theirs)")
    }
    #expect(drawn.min() == 3)
    #expect(drawn.max()! <= 18, "20 − 3 + 1 members include one of every group")
  }

  /// The probabilities that Tanaka et al.'s VGG-19 has an empty layer at compressions 2^9 to 2^12, from the
  /// product of the layers' binomial probabilities.
  @Test("VGG-19 collapses as often as the closed form says")
  func vgg19() throws {
    let row = try #require(try FitReference.load().thresholds.first)
    let selection = try RandomSelection(sizes: row.sizes)
    #expect(selection.total == 143_652_544)
    var stream = stream("vgg19")
    let drawn = (0..<10_000).map { _ in selection.smallestWhole(&stream) }
    for (exponent, probability) in [(9, 0.0342), (10, 0.185), (11, 0.43), (12, 0.656)] {
      let kept = selection.total >> exponent
      #expect(
        isPlausible(drawn.count { $0 > kept }, of: 10_000, probability: probability),
        "2^\(exponent): \(drawn.count { $0 > kept })")
    }
  }

  @Test("one small group decides alone: the geometric law")
  func oneSmallGroup() throws {
    let selection = try RandomSelection(sizes: [1, 99])
    var stream = stream("one")
    let compressions = selection.criticalCompressions(draws: 10_000, stream: &stream)
    #expect(compressions == compressions.sorted())
    // The single member's rank is uniform over 1...100, but at least 2 are kept.
    #expect(isPlausible(compressions.count { $0 < 2 }, of: 10_000, probability: 0.5))
    #expect(abs(RandomSelection.quantile(compressions, at: 0.5) - 2) < 0.1)
    #expect(compressions.allSatisfy { (1...50).contains($0) })
  }

  @Test func refusesEmptyGroups() {
    #expect(throws: StatisticsError.self) { try RandomSelection(sizes: [3, 0]) }
  }
}
