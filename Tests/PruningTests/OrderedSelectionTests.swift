import Foundation
import Pruning
import Randomness
import Tensors
import Testing

@Suite struct OrderedSelectionTests {
  /// Whether the threshold of every rank of `ranks` agrees with a sort.
  private func agreesWithSort<Key: FixedWidthInteger & UnsignedInteger>(
    _ keys: [Key], ranks: some Sequence<Int>
  ) -> Bool {
    let sorted = keys.sorted(by: >)
    return ranks.allSatisfy { rank in
      let found = OrderedSelection.threshold(keys, rank: rank)
      return found.key == sorted[rank - 1]
        && found.above == sorted.count { $0 > found.key }
        && found.equal == sorted.count { $0 == found.key }
    }
  }

  private func adversarial<Key: FixedWidthInteger & UnsignedInteger>(_: Key.Type) -> [[Key]] {
    let top = Key(1) << (Key.bitWidth - 1)
    return [
      [0], [.max], [0, .max], [.max, 0], [Key](repeating: 7, count: 12),
      (0..<12).map { $0 % 2 == 0 ? 3 : 4 }, (0..<12).map { $0 % 3 == 0 ? .max : 0 },
      (0..<12).map { Key($0) }, (0..<12).map { 11 - Key($0) }, (0..<12).map { .max - Key($0) },
      // Keys that differ in the first or in the last of their digits alone.
      (0..<12).map { Key($0) << (Key.bitWidth - 16) }, (0..<12).map { top | Key($0 % 5) },
      (0..<24).map { Key($0 % 4) << 16 | Key($0 % 3) },
    ]
  }

  @Test func everyRankOfAdversarialKeys() {
    for keys in adversarial(UInt32.self) { #expect(agreesWithSort(keys, ranks: 1...keys.count)) }
    for keys in adversarial(UInt64.self) { #expect(agreesWithSort(keys, ranks: 1...keys.count)) }
  }

  @Test func ranksOfManyRandomKeys() {
    var stream = RandomStream(StreamPath(seed: 1) / "keys")
    let wide = (0..<5000).map { _ in UInt64(stream.integer(below: .max)) &* 2 }
    let narrow = (0..<5000).map { _ in UInt32(stream.integer(below: 700)) }
    let ranks = [1, 2, 17, 2500, 4999, 5000]
    #expect(agreesWithSort(wide, ranks: ranks))
    #expect(agreesWithSort(narrow, ranks: ranks))
  }

  @Test func ranksThatAreNotThereTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = OrderedSelection.threshold([UInt32(1)], rank: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = OrderedSelection.threshold([UInt32(1)], rank: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = OrderedSelection.threshold([UInt32](), rank: 1)
    }
  }

  private static let floats: [Float] = [
    -.infinity, -.greatestFiniteMagnitude, -1.5, -1, -.leastNormalMagnitude,
    -3 * .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude,
    2 * .leastNonzeroMagnitude, .leastNormalMagnitude, 1, Float(1).nextUp, 3,
    .greatestFiniteMagnitude, .infinity,
  ]
  private static let doubles: [Double] = [
    -.infinity, -.greatestFiniteMagnitude, -1.5, -1, -.leastNormalMagnitude,
    -3 * .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude,
    2 * .leastNonzeroMagnitude, .leastNormalMagnitude, 1, 1.0.nextUp, 3,
    .greatestFiniteMagnitude, .infinity,
  ]

  private static func increases<Key: Comparable>(_ keys: [Key]) -> Bool {
    zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// In a process of its own: on this one's threads other tests may have rounding of subnormals set, and
  /// then they compare as equal.
  @Test func keysHaveTheOrderOfTheirNumbers() async {
    await #expect(processExitsWith: .success) {
      #expect(!Self.increases([1, 3, 2]) && !Self.increases([1, 1]))
      #expect(Self.increases(Self.floats) && Self.increases(Self.floats.map(\.orderedKey)))
      #expect(Self.increases(Self.doubles) && Self.increases(Self.doubles.map(\.orderedKey)))
      #expect(Float(-0.0).orderedKey == Float(0).orderedKey)
      #expect((-0.0).orderedKey == 0.0.orderedKey)
    }
  }

  @Test func keysOfRandomBitsHaveTheOrderOfTheirNumbers() {
    var stream = RandomStream(StreamPath(seed: 2) / "bits")
    func bits() -> UInt64 {
      UInt64(stream.integer(below: .max)) << 1 | UInt64(stream.integer(below: 2))
    }
    for _ in 0..<2000 {
      let (a, b) = (Double(bitPattern: bits()), Double(bitPattern: bits()))
      if !a.isNaN, !b.isNaN { #expect((a < b) == (a.orderedKey < b.orderedKey)) }
      let (c, d) = (
        Float(bitPattern: UInt32(truncatingIfNeeded: bits())),
        Float(bitPattern: UInt32(truncatingIfNeeded: bits()))
      )
      if !c.isNaN, !d.isNaN { #expect((c < d) == (c.orderedKey < d.orderedKey)) }
    }
  }

  /// A worker rounds subnormal results to zero; the order of scores must not depend on that.
  @Test func keysOfSubnormalsKeepTheirOrderInAWorker() async {
    await #expect(processExitsWith: .success) {
      let (floats, doubles) = (Self.floats, Self.doubles)
      try Engine.prepareWorker()
      #expect(Self.increases(floats.map(\.orderedKey)))
      #expect(Self.increases(doubles.map(\.orderedKey)))
      #expect(Float(-0.0).orderedKey == Float(0).orderedKey)
      #expect((-0.0).orderedKey == 0.0.orderedKey)
    }
  }
}
