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
