import Foundation
import Tensors
import Testing

@Suite struct RankedScoresTests {
  // Subnormals from their bits: a thread that rounds them to zero would do so here, too.
  private static let floats: [Float] = [
    -.infinity, -.greatestFiniteMagnitude, -1.5, -1, -.leastNormalMagnitude,
    -Float(bitPattern: 3), -Float(bitPattern: 1), 0, Float(bitPattern: 1), Float(bitPattern: 2),
    .leastNormalMagnitude, 1, Float(1).nextUp, 3,
    .greatestFiniteMagnitude, .infinity,
  ]
  private static let doubles: [Double] = [
    -.infinity, -.greatestFiniteMagnitude, -1.5, -1, -.leastNormalMagnitude,
    -Double(bitPattern: 3), -Double(bitPattern: 1), 0, Double(bitPattern: 1), Double(bitPattern: 2),
    .leastNormalMagnitude, 1, 1.0.nextUp, 3,
    .greatestFiniteMagnitude, .infinity,
  ]

  /// Keys of all that `kept` keeps, in order, collected bucket by bucket.
  private static func keys(_ scores: Tensor, kept: [UInt8], lowestFirst: Bool = false) throws
    -> [UInt64]
  {
    let ranked = try RankedScores(scores, where: kept, lowestFirst: lowestFirst)
    var counts = [Int64](repeating: 0, count: RankedScores.leadings)
    try ranked.count(into: &counts)
    return try counts.indices.filter { counts[$0] > 0 }.flatMap { leading in
      let gathered = try RankedScores.gather(
        [ranked], leading: leading...leading, capacity: Int(counts[leading]))
      #expect(gathered.above == Int(counts[(leading + 1)...].reduce(0, +)))
      return try #require(gathered.keys)
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

  /// Keys of all scores, gathered in vectors where the processor has them.
  private static func keysTogether(_ scores: [Double], lowestFirst: Bool) throws -> [UInt64]? {
    try RankedScores.gather(
      [RankedScores(Tensor(scores, shape: [scores.count]), where: nil, lowestFirst: lowestFirst)],
      leading: 0...RankedScores.leadings - 1, capacity: scores.count + 8
    ).keys
  }

  @Test(arguments: [false, true])
  func keysAreTheSameTogether(lowestFirst: Bool) throws {
    let scores = Self.doubles + [-0.0, 1.5, -2]
    #expect(
      try Self.keysTogether(scores, lowestFirst: lowestFirst)
        == Self.keys(of: scores, lowestFirst: lowestFirst))
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
      #expect(try Self.keysTogether(doubles, lowestFirst: false) == Self.keys(of: doubles))
    }
  }

  /// 19 scores of values 0…4 with a mask that has full, empty and mixed words, and a rest.
  private let values = (0..<19).map { Double($0 * 7 % 5) }
  private let kept: [UInt8] = [
    1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1,
  ]
  private var present: [Double] { zip(values, kept).filter { $1 == 1 }.map(\.0) }

  /// Scores under the mask, and those of kept elements alone.
  private func bothWays() throws -> [RankedScores] {
    try [(values, kept), (present, nil)].map {
      try RankedScores(Tensor($0, shape: [$0.count]), where: $1, lowestFirst: false)
    }
  }

  @Test func onlyKeptScoresCount() throws {
    for ranked in try bothWays() {
      var counts = [Int64](repeating: 0, count: RankedScores.leadings)
      try ranked.count(into: &counts)
      #expect(counts.reduce(0, +) == Int64(present.count))
      // Counts are added to.
      try ranked.count(into: &counts)
      #expect(counts.reduce(0, +) == 2 * Int64(present.count))
    }
  }

  @Test func samplesAreOfEveryStep() throws {
    let sampled = stride(from: 0, to: values.count, by: 3).filter { kept[$0] == 1 }.count
    for (ranked, wanted) in zip(try bothWays(), [sampled, (present.count + 2) / 3]) {
      var counts = [Int64](repeating: 0, count: RankedScores.leadings)
      try ranked.count(step: 3, into: &counts)
      #expect(counts.reduce(0, +) == Int64(wanted) && wanted > 2)
    }
  }

  @Test func keysAreGatheredWhileThereIsRoom() throws {
    let keys = try (0...4).map { try Self.keys(of: [Double($0)])[0] }
    let leading = Int(keys[2] >> 48)...Int(keys[3] >> 48)
    for ranked in try bothWays() {
      let wanted = present.filter { (2...3).contains($0) }.map { keys[Int($0)] }
      for capacity in 0...(2 * wanted.count) {
        let gathered = try RankedScores.gather(
          [ranked, ranked], leading: leading, capacity: capacity)
        #expect(gathered.keys == (capacity < 2 * wanted.count ? nil : wanted + wanted))
        #expect(gathered.above == 2 * present.count { $0 == 4 })
        #expect(gathered.zeros == 2 * present.count { $0 == 0 } && gathered.zeros > 0)
      }
    }
  }

  @Test func theFirstOfEqualKeysAreKept() throws {
    let key = try Self.keys(of: [3.0])[0]
    let ranked = try RankedScores(
      Tensor(values, shape: [values.count]), where: kept, lowestFirst: false)
    var (mask, bar) = (kept, RankedScores.Bar(key, equalLeft: 1, lowestFirst: false))
    try ranked.keep(in: &mask, from: &bar)
    let first = try #require(values.indices.first { kept[$0] == 1 && values[$0] == 3 })
    #expect(
      mask == values.indices.map { kept[$0] == 1 && (values[$0] > 3 || $0 == first) ? 1 : 0 })
    #expect(bar.equalLeft <= 0)
  }

  @Test func theSumIsOfWhatIsPruned() throws {
    let key = try Self.keys(of: [3.0])[0]
    for ranked in try bothWays() {
      var bar = RankedScores.Bar(key, equalLeft: 1, lowestFirst: false)
      let pruned = present.filter { $0 <= 3 }.reduce(0, +) - 3
      #expect(try ranked.sum(beyond: &bar) == pruned && pruned > 0)
    }
  }

  @Test func scoresThatDoNotFitTheMaskAreRefused() throws {
    let tensor = try Tensor([1.0, 2, 3], shape: [3])
    let ranked = try RankedScores(tensor, where: nil, lowestFirst: false)
    for size in [2, 4] {
      var (mask, bar) = (
        [UInt8](repeating: 1, count: size),
        RankedScores.Bar(.max, equalLeft: 0, lowestFirst: false)
      )
      #expect(throws: TensorError.self) { try ranked.keep(in: &mask, from: &bar) }
      #expect(!mask.contains(0))
      #expect(throws: TensorError.self) {
        var counts = [Int64](repeating: 0, count: RankedScores.leadings)
        try RankedScores(tensor, where: mask, lowestFirst: false).count(into: &counts)
      }
    }
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
