import Foundation
import Networks
import Pruning
import Randomness
import Recipes
import Tensors
import Testing

@Suite struct RankingTests {
  private let whole = mask([[1, 1, 1, 1], [1, 1, 1]])
  private let values: [[Double]] = [[5, 1, 3, 2], [4, -1, 3]]

  private func kept(
    _ quota: Ranking.Quota, lowest: Bool = false, excluding excluded: [String] = [],
    within: Mask? = nil, _ values: [[Double]]? = nil
  ) throws -> [[UInt8]] {
    let ranking = Ranking(excluding: excluded, keepsLowest: lowest)
    let results = try [false, true].map { single in
      try ranking.select(
        scores(values ?? self.values, single: single), within: within ?? whole, quota: quota
      ).mask.layers.map(\.kept)
    }
    // Float and Double agree on values that both hold.
    #expect(results[0] == results[1])
    return results[0]
  }

  @Test func totalsRankAllLayersTogether() throws {
    #expect(try kept(.total(3)) == [[1, 0, 1, 0], [1, 0, 0]])
    #expect(try kept(.total(4)) == [[1, 0, 1, 0], [1, 0, 1]])
    #expect(try kept(.total(3), lowest: true) == [[0, 1, 0, 1], [0, 1, 0]])
  }

  @Test func densitiesAreGlobalOrOfEachLayer() throws {
    // 7 − ⌊7/2⌋ = 4 of all; 4 − 2 = 2 and 3 − ⌊3/2⌋ = 2 of each.
    let half = Density("1/2")!
    #expect(try kept(.density(half, .global)) == [[1, 0, 1, 0], [1, 0, 1]])
    #expect(try kept(.density(half, .layerwise)) == [[1, 0, 1, 0], [1, 0, 1]])
    // 7 − ⌊5.25⌋ = 2 of all; 1 of each.
    let quarter = Density("1/4")!
    #expect(try kept(.density(quarter, .global)) == [[1, 0, 0, 0], [1, 0, 0]])
    #expect(try kept(.density(quarter, .layerwise), lowest: true) == [[0, 1, 0, 0], [0, 1, 0]])
  }

  @Test func layersApartAreRankedByThemselves() throws {
    // Of a's four weights two, of b one; together the highest three would be 5, 4 and a 3.
    #expect(
      try kept(.apart(["b": 1], rest: .total(2))) == [[1, 0, 1, 0], [1, 0, 0]])
    #expect(
      try kept(.apart(["b": 2], rest: .density(Density("1/4")!, .global)))
        == [[1, 0, 0, 0], [1, 0, 1]])
    #expect(
      try kept(.apart(["a": 1, "b": 1], rest: .total(5)), lowest: true)
        == [[0, 1, 0, 0], [0, 1, 0]])
    #expect(
      try kept(.apart(["b": 1], rest: .total(2)), excluding: ["b"]) == [[1, 0, 1, 0], [1, 1, 1]])
  }

  @Test func whatIsPrunedNeverReturnsEvenForZeroScores() throws {
    let within = mask([[1, 0, 0, 1], [1, 1, 0]])
    // Kept weights score less than pruned ones, some zero: the pruned 9s stay out.
    let values: [[Double]] = [[0, 9, 9, 0], [0, 1, 9]]
    #expect(try kept(.total(3), within: within, values) == [[1, 0, 0, 1], [0, 1, 0]])
    #expect(try kept(.total(6), within: within, values) == [[1, 0, 0, 1], [1, 1, 0]])
    // The wrong subject: without the mask they would.
    #expect(try kept(.total(3), values) == [[0, 1, 1, 0], [0, 0, 1]])
  }

  @Test func countsPerLayerAreTakenByName() throws {
    #expect(try kept(.perLayer(["b": 1, "a": 3])) == [[1, 0, 1, 1], [1, 0, 0]])
    #expect(try kept(.perLayer(["b": 1, "a": 3]), lowest: true) == [[0, 1, 1, 1], [0, 1, 0]])
    #expect(try kept(.perLayer(["a": 1])) == [[1, 0, 0, 0], [0, 0, 0]])
  }

  @Test func excludedLayersAreWholeAndNotCounted() throws {
    #expect(try kept(.total(1), excluding: ["a"]) == [[1, 1, 1, 1], [1, 0, 0]])
    #expect(
      try kept(.density(Density("1/3")!, .global), excluding: ["a"]) == [[1, 1, 1, 1], [1, 0, 0]])
    #expect(
      try kept(.perLayer(["a": 0, "b": 2]), excluding: ["a"]) == [[1, 1, 1, 1], [1, 0, 1]])
  }

  @Test func prunedWeightsNeverComeBack() throws {
    let within = mask([[0, 1, 1, 1], [0, 1, 1]])
    #expect(try kept(.total(3), within: within) == [[0, 0, 1, 1], [0, 0, 1]])
    #expect(try kept(.total(3), lowest: true, within: within) == [[0, 1, 0, 1], [0, 1, 0]])
    #expect(try kept(.total(7), within: within) == [[0, 1, 1, 1], [0, 1, 1]])
    #expect(try kept(.perLayer(["a": 4, "b": 1]), within: within) == [[0, 1, 1, 1], [0, 0, 1]])
  }

  @Test func nothingAndEverything() throws {
    #expect(try kept(.total(0)) == [[0, 0, 0, 0], [0, 0, 0]])
    #expect(try kept(.total(7)) == [[1, 1, 1, 1], [1, 1, 1]])
    #expect(try kept(.total(100)) == [[1, 1, 1, 1], [1, 1, 1]])
  }

  @Test func infinitiesAndZerosOfBothSignsAreRanked() throws {
    let values: [[Double]] = [[-.infinity, 0, .infinity, -0.0], [-1, 0, 1]]
    #expect(try kept(.total(2), values) == [[0, 0, 1, 0], [0, 0, 1]])
    // 0 and −0 are equal, so the lower index goes first.
    #expect(try kept(.total(3), values) == [[0, 1, 1, 0], [0, 0, 1]])
    #expect(try kept(.total(4), values) == [[0, 1, 1, 1], [0, 0, 1]])
    #expect(try kept(.total(3), lowest: true, values) == [[1, 1, 0, 0], [1, 0, 0]])
  }

  @Test func tiesAndZerosAreCounted() throws {
    func outcome(_ values: [[Double]], _ count: Int, lowest: Bool = false) throws -> [Int] {
      let found = try Ranking(excluding: [], keepsLowest: lowest)
        .select(scores(values), within: mask([[1, 1, 1, 0], [1, 1, 1]]), quota: .total(count))
      return [found.ties, found.zeroScores]
    }
    let values: [[Double]] = [[2, 0, 2, 0], [2, -0.0, 1]]
    #expect(try outcome(values, 2) == [3, 2])
    #expect(try outcome(values, 3) == [3, 2])
    #expect(try outcome(values, 4) == [1, 2])
    #expect(try outcome(values, 1, lowest: true) == [2, 2])
    #expect(try outcome(values, 6) == [0, 2])
    #expect(try outcome(values, 0) == [0, 2])
  }

  @Test func layersOfDifferentTypesAreRankedTogether() throws {
    // 0.1 in float32 is larger than in float64.
    let mixed = try Scores(
      [
        Scores.Layer(name: "a", scores: Tensor([0.1], shape: [1])),
        Scores.Layer(name: "b", scores: Tensor([Float(0.1)], shape: [1])),
      ], for: nil, source: "the test")
    let found = try Ranking(excluding: [], keepsLowest: false)
      .select(mixed, within: mask([[1], [1]]), quota: .total(1))
    #expect(found.mask.layers.map(\.kept) == [[0], [1]] && found.ties == 1)
  }

  /// Where a layer is empty or all are left alone there is nothing to rank.
  @Test func groupsOfNothingAreLeftAlone() throws {
    let within = mask([[0, 0, 0, 0], [1, 1, 1]])
    for count in [0, 2] {
      #expect(
        try kept(.perLayer(["a": count, "b": 1]), within: within) == [[0, 0, 0, 0], [1, 0, 0]])
    }
    #expect(try kept(.density(Density("1/2")!, .layerwise), within: within)[0] == [0, 0, 0, 0])
    for count in [0, 3] {
      #expect(
        try kept(.total(count), excluding: ["a", "b"], within: within) == within.layers.map(\.kept))
    }
  }

  @Test(arguments: [false, true], [2, 40, 100_000])
  func anySelectionIsThatOfAStableSort(lowest: Bool, distinct: Int) throws {
    var stream = RandomStream(StreamPath(seed: 5) / "\(distinct)")
    for round in 0..<30 {
      let sizes = [1 + stream.integer(below: 40), 1 + stream.integer(below: 40)]
      let values = sizes.map { size in
        (0..<size).map { _ in Double(stream.integer(below: distinct) - distinct / 2) }
      }
      let present = sizes.map { size in
        (0..<size).map { _ in UInt8(stream.integer(below: 3) > 0 ? 1 : 0) }
      }
      let candidates = zip(values.joined(), present.joined()).enumerated()
        .filter { $1.1 == 1 }.map { (index: $0, score: $1.0) }
      let ranked = candidates.sorted {
        $0.score == $1.score
          ? $0.index < $1.index : lowest ? $0.score < $1.score : $0.score > $1.score
      }
      let count = stream.integer(below: candidates.count + 2)
      let wanted = Set(ranked.prefix(count).map(\.index))
      let found = try kept(.total(count), lowest: lowest, within: mask(present), values).joined()
      #expect(Set(found.enumerated().filter { $1 == 1 }.map(\.offset)) == wanted, "round \(round)")
      // Scores of what is left alone give the same decision.
      let ofKept = zip(values, present).map { zip($0, $1).filter { $1 == 1 }.map(\.0) }
      let ranking = Ranking(excluding: [], keepsLowest: lowest)
      let decisions = try [
        scores(values).ranked(within: mask(present)),
        scores(ofKept).layers.map {
          Ranking.Layer(name: $0.name, shape: [1], scoresOfLeft: $0.scores)
        },
      ].map { try ranking.decide($0, quota: .total(count)) }
      for value in [\Ranking.Decision.zeroScores, \.ties, \.cuts.count] {
        #expect(decisions[0][keyPath: value] == decisions[1][keyPath: value])
      }
      for (one, other) in zip(decisions[0].cuts, decisions[1].cuts) {
        #expect(one.bar.threshold == other.bar.threshold)
        #expect(one.bar.equalLeft == other.bar.equalLeft)
      }
    }
  }

  /// Patterns of many scores, of which samples tell much, little, or what is wrong.
  static let patterns: [@Sendable (Int) -> Double] = [
    { sin(Double($0 * $0 % 100_003)) }, { Double($0) }, { -Double($0) }, { _ in 1 },
    { $0 % 1000 == 7 ? 1 : 0 }, { $0 % 61 == 0 ? 1e9 + Double($0) : Double($0 % 1009) },
    { $0 % 61 == 0 ? 0 : exp(Double($0 % 601)) },
  ]

  @Test(arguments: patterns.indices, [false, true])
  func selectionFromSamplesIsExact(pattern: Int, lowest: Bool) throws {
    let sizes = [90_000, 41_000]
    let values = [0..<sizes[0], sizes[0]..<sizes[0] + sizes[1]].map {
      $0.map(Self.patterns[pattern])
    }
    let present = mask(sizes.map { size in (0..<size).map { UInt8($0 % 5 == 2 ? 0 : 1) } })
    let all = Array(zip(values.joined(), present.layers.flatMap(\.kept)))
    let ranked = all.indices.filter { all[$0].1 == 1 }.sorted {
      let (one, other) = (all[$0].0, all[$1].0)
      return one == other ? $0 < $1 : lowest ? one < other : one > other
    }
    for count in [1, 2, 1700, ranked.count / 2, ranked.count - 3, ranked.count - 1] {
      let found = try Ranking(excluding: [], keepsLowest: lowest)
        .select(scores(values), within: present, quota: .total(count))
      var wanted = [UInt8](repeating: 0, count: all.count)
      for index in ranked.prefix(count) { wanted[index] = 1 }
      #expect(found.mask.layers.flatMap(\.kept) == wanted, "\(count)")
      let last = all[ranked[count - 1]].0
      #expect(found.ties == ranked.count { all[$0].0 == last })
      #expect(found.zeroScores == ranked.count { all[$0].0 == 0 })
      // Scores of what is left alone give the same decision.
      let ofLeft = zip(values, present.layers).map { zip($0, $1.kept).filter { $1 == 1 }.map(\.0) }
      let layers = try scores(ofLeft).layers.map {
        Ranking.Layer(name: $0.name, shape: [1], scoresOfLeft: $0.scores)
      }
      let decision = try Ranking(excluding: [], keepsLowest: lowest)
        .decide(layers, quota: .total(count))
      #expect(decision.ties == found.ties && decision.zeroScores == found.zeroScores)
      let pruned = ranked.dropFirst(count).reduce(0) { $0 + all[$1].0 }
      let total = try decision.prunedTotal()
      #expect(abs(total - pruned) <= 1e-9 * all.reduce(0) { $0 + abs($1.0) }, "\(count)")
    }
  }
}
