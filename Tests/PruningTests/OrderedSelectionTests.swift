import Pruning
import Randomness
import Testing

@Suite struct OrderedSelectionTests {
  /// Whether the threshold of every rank of `ranks` agrees with a sort.
  private func agreesWithSort(_ keys: [UInt64], ranks: some Sequence<Int>) -> Bool {
    let sorted = keys.sorted(by: >)
    return ranks.allSatisfy { rank in
      let found = OrderedSelection.threshold(keys, rank: rank)
      return found.key == sorted[rank - 1]
        && found.above == sorted.count { $0 > found.key }
        && found.equal == sorted.count { $0 == found.key }
    }
  }

  private let adversarial: [[UInt64]] = {
    let top = UInt64(1) << 63
    return [
      [0], [.max], [0, .max], [.max, 0], [UInt64](repeating: 7, count: 12),
      (0..<12).map { $0 % 2 == 0 ? 3 : 4 }, (0..<12).map { $0 % 3 == 0 ? .max : 0 },
      (0..<12).map { UInt64($0) }, (0..<12).map { 11 - UInt64($0) },
      (0..<12).map { .max - UInt64($0) },
      // UInt64s that differ in the first or in the last of their digits alone.
      (0..<12).map { UInt64($0) << 48 }, (0..<12).map { top | UInt64($0 % 5) },
      (0..<24).map { UInt64($0 % 4) << 16 | UInt64($0 % 3) },
    ]
  }()

  @Test func everyRankOfAdversarialKeys() {
    for keys in adversarial { #expect(agreesWithSort(keys, ranks: 1...keys.count)) }
  }

  @Test func ranksOfManyRandomKeys() {
    var stream = RandomStream(StreamPath(seed: 1) / "keys")
    let wide = (0..<5000).map { _ in UInt64(stream.integer(below: .max)) &* 2 }
    let narrow = (0..<5000).map { _ in UInt64(stream.integer(below: 700)) }
    let ranks = [1, 2, 17, 2500, 4999, 5000]
    #expect(agreesWithSort(wide, ranks: ranks))
    #expect(agreesWithSort(narrow, ranks: ranks))
  }

  @Test func ranksThatAreNotThereTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = OrderedSelection.threshold([1], rank: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = OrderedSelection.threshold([1], rank: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = OrderedSelection.threshold([], rank: 1)
    }
  }
}
