import Foundation
import Tensors
import Testing

@Suite struct RankedScoresTests {
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

  /// Keys of all that `kept` keeps, in order, collected bucket by bucket.
  private static func keys(_ scores: Tensor, kept: [UInt8], lowestFirst: Bool = false) throws
    -> [UInt64]
  {
    let ranked = try RankedScores(scores, lowestFirst: lowestFirst)
    var counts = [Int64](repeating: 0, count: RankedScores.leadings)
    _ = try ranked.count(where: kept, into: &counts)
    return try counts.indices.filter { counts[$0] > 0 }.flatMap { leading in
      try [UInt64](unsafeUninitializedCapacity: Int(counts[leading]) + 1) { keys, filled in
        try ranked.gather(where: kept, leading: leading, into: keys, filled: &filled)
      }
    }
  }

  /// One key of each score.
  private static func keys<Score: TensorElement>(
    of scores: [Score], lowestFirst: Bool = false
  ) throws -> [UInt64] {
    try scores.map {
      try keys(Tensor([$0], shape: [1]), kept: [1], lowestFirst: lowestFirst)[0]
    }
  }

  private static func increases(_ keys: [UInt64]) -> Bool {
    zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 }
  }

  @Test func keysHaveTheOrderOfTheirNumbers() throws {
    #expect(!Self.increases([1, 3, 2]) && !Self.increases([1, 1]))
    #expect(Self.increases(try Self.keys(of: Self.floats)))
    #expect(Self.increases(try Self.keys(of: Self.doubles)))
    #expect(Self.increases(try Self.keys(of: Self.floats.reversed(), lowestFirst: true)))
    #expect(Self.increases(try Self.keys(of: Self.doubles.reversed(), lowestFirst: true)))
    #expect(try Set(Self.keys(of: [Float(-0.0), 0])).count == 1)
    #expect(try Set(Self.keys(of: [-0.0, 0])).count == 1)
  }

  /// A worker rounds subnormal results to zero; the order of scores must not depend on that.
  @Test func keysOfSubnormalsKeepTheirOrderInAWorker() async {
    await #expect(processExitsWith: .success) {
      let (floats, doubles) = (Self.floats, Self.doubles)
      try Engine.prepareWorker()
      #expect(Self.increases(try Self.keys(of: floats)))
      #expect(Self.increases(try Self.keys(of: doubles)))
      #expect(try Set(Self.keys(of: [Float(-0.0), 0])).count == 1)
      #expect(try Set(Self.keys(of: [-0.0, 0])).count == 1)
    }
  }

  /// 19 scores of values 0…4 with a mask that has full, empty and mixed words, and a rest.
  private let values = (0..<19).map { Double($0 * 7 % 5) }
  private let kept: [UInt8] = [
    1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1,
  ]
  private var present: [Double] { zip(values, kept).filter { $1 == 1 }.map(\.0) }

  /// A score for every element, and for every kept one.
  private func bothWays() throws -> [RankedScores] {
    try [values, present].map {
      try RankedScores(Tensor($0, shape: [$0.count]), lowestFirst: false)
    }
  }

  @Test func onlyKeptScoresCount() throws {
    for ranked in try bothWays() {
      var counts = [Int64](repeating: 0, count: RankedScores.leadings)
      let zeros = try ranked.count(where: kept, into: &counts)
      #expect(zeros == present.count { $0 == 0 } && zeros > 0)
      #expect(counts.reduce(0, +) == Int64(present.count))
      // Counts are added to.
      _ = try ranked.count(where: kept, into: &counts)
      #expect(counts.reduce(0, +) == 2 * Int64(present.count))
    }
  }

  @Test func gatheredKeysFollowWhatIsThere() throws {
    let key = try Self.keys(of: [3.0])[0]
    for ranked in try bothWays() {
      let keys = try [UInt64](unsafeUninitializedCapacity: 20) { keys, filled in
        keys[0] = 17
        filled = 1
        try ranked.gather(where: kept, leading: Int(key >> 48), into: keys, filled: &filled)
      }
      #expect(keys == [17] + [UInt64](repeating: key, count: present.count { $0 == 3 }))
    }
  }

  @Test func theFirstOfEqualKeysAreKept() throws {
    let key = try Self.keys(of: [3.0])[0]
    for ranked in try bothWays() {
      var (mask, left) = (kept, Int64(1))
      try ranked.keep(in: &mask, from: key, equalLeft: &left)
      let first = try #require(values.indices.first { kept[$0] == 1 && values[$0] == 3 })
      #expect(
        mask
          == values.indices.map {
            kept[$0] == 1 && (values[$0] > 3 || $0 == first) ? 1 : 0
          })
      #expect(left <= 0)
    }
  }

  @Test func scoresThatDoNotFitTheMaskAreRefused() throws {
    let ranked = try RankedScores(Tensor([1.0, 2, 3], shape: [3]), lowestFirst: false)
    var (mask, left): ([UInt8], Int64) = ([1, 0, 1, 0], 0)
    #expect(throws: TensorError.self) { try ranked.keep(in: &mask, from: 0, equalLeft: &left) }
    #expect(mask == [1, 0, 1, 0])
    var short: [UInt8] = [1, 1]
    #expect(throws: TensorError.self) { try ranked.keep(in: &short, from: 0, equalLeft: &left) }
  }

  @Test func notANumberIsFoundWhereverItLies() throws {
    for place in [0, 7, 18] {
      var doubles = values
      doubles[place] = place == 7 ? -.nan : .nan
      #expect(try Tensor(doubles, shape: [19]).notANumberCount == 1)
      #expect(try Tensor(doubles.map { Float($0) }, shape: [19]).notANumberCount == 1)
    }
    #expect(try Tensor(Self.doubles, shape: [Self.doubles.count]).notANumberCount == 0)
    #expect(try Tensor(Self.floats, shape: [Self.floats.count]).notANumberCount == 0)
  }
}
