import Foundation
import Networks
import Pruning
import Recipes
import Tensors
import Testing

/// Every criterion × every property. A new criterion joins by one line.
@Suite struct ContractTests {
  struct Criterion: Sendable, CustomTestStringConvertible {
    let specification: CriterionSpecification
    /// Whether all-zero weights have equal scores, which shows how ties are broken.
    let tiesAtZero: Bool
    let testDescription: String

    init(_ name: String, _ specification: CriterionSpecification, tiesAtZero: Bool) {
      (testDescription, self.specification, self.tiesAtZero) = (name, specification, tiesAtZero)
    }
  }

  static let criteria: [Criterion] = [
    Criterion("random", .random, tiesAtZero: false),
    Criterion("magnitude", .magnitude, tiesAtZero: true),
    Criterion("gradient", .gradient, tiesAtZero: true),
    Criterion("gradient magnitude", .gradientMagnitude, tiesAtZero: true),
    Criterion("Taylor-FO", .taylorFO, tiesAtZero: true),
    Criterion(
      "OBD", .obd(.hutchinson(probes: 2, exactUpTo: 40), absolute: false), tiesAtZero: true),
    Criterion(
      "OBD, absolute", .obd(.hutchinson(probes: 1, exactUpTo: 0), absolute: true), tiesAtZero: true),
    Criterion("SNIP, sum", .snip(.sumThenAbsolute), tiesAtZero: true),
    Criterion("SNIP, mean", .snip(.absoluteThenMean), tiesAtZero: true),
    Criterion("GraSP", .grasp(temperature: 200, absolute: false), tiesAtZero: true),
    Criterion("GraSP, absolute", .grasp(temperature: 1, absolute: true), tiesAtZero: true),
    Criterion("SynFlow", .synflow, tiesAtZero: true),
    Criterion(
      "command",
      .command(
        CommandSpecification(
          arguments: ["sh", "-c", "cp scores \"$3\"", "sh"], digests: [:], timeout: 60)),
      tiesAtZero: false),
  ]

  private let setting: Setting

  init() throws { setting = try Setting() }

  /// Runs `body` with the folder that the command criterion finds its scores in.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let scores = try setting.scoring(seed: 9).scores(by: .random)
      try scores.write(to: folder.appendingPathComponent("scores"))
      try body(folder)
    }
  }

  private func prune(
    _ criterion: Criterion, in folder: URL, _ density: Density, scope: Scope = .global,
    schedule: PruningSchedule = .oneShot, excluded: [String] = [], weights: Weights? = nil,
    eachMask: @escaping (Mask) -> Void = { _ in }
  ) throws -> (mask: Mask, ranking: MaskResult.Ranking) {
    try IterativePruning(schedule: schedule, density: density, scope: scope, excluded: excluded)
      .run(from: setting.all, keeping: .highest) { mask, iteration in
        eachMask(mask)
        return try setting.scoring(
          weights: weights, mask: mask, batches: setting.batches(40, batchSize: 16),
          seed: UInt64(iteration), folder: folder
        ).scores(by: criterion.specification)
      }
  }

  static let densities = ["1", "0.5", "0.8^6", "1/3", "1/1000", "1/1000000"].map { Density($0)! }

  @Test(arguments: criteria, densities)
  func keepsExactlyAsManyAsTheDensitySays(criterion: Criterion, density: Density) throws {
    try withFolder { folder in
      for schedule in [
        PruningSchedule.oneShot, .linear(iterations: 2), .exponential(iterations: 3),
      ] {
        let global = try prune(criterion, in: folder, density, schedule: schedule)
        #expect(global.mask.keptCount == density.kept(of: 246))
        #expect(global.ranking.iterations.last == global.mask.layers.map(\.keptCount))
      }
      let layerwise = try prune(criterion, in: folder, density, scope: .layerwise)
      #expect(layerwise.mask.layers.map(\.keptCount) == [84, 126, 36].map { density.kept(of: $0) })
    }
  }

  @Test(arguments: criteria, Scope.allCases)
  func masksAreNested(criterion: Criterion, scope: Scope) throws {
    try withFolder { folder in
      for schedule in [PruningSchedule.linear(iterations: 4), .exponential(iterations: 4)] {
        var masks: [Mask] = []
        let last = try prune(
          criterion, in: folder, Density("0.05")!, scope: scope, schedule: schedule
        ) { masks.append($0) }
        masks.append(last.mask)
        #expect(masks.count == 5 && masks[0] == setting.all)
        for (larger, smaller) in zip(masks, masks.dropFirst()) {
          #expect(smaller.isNested(in: larger) && smaller.keptCount < larger.keptCount)
        }
        #expect(masks.dropFirst().map { $0.layers.map(\.keptCount) } == last.ranking.iterations)
      }
    }
  }

  @Test(arguments: criteria) func theSameInputGivesTheSameMask(criterion: Criterion) throws {
    try withFolder { folder in
      func mask() throws -> Mask {
        try prune(criterion, in: folder, Density("0.3")!, schedule: .exponential(iterations: 3))
          .mask
      }
      let (first, second) = (try mask(), try mask())
      #expect(first == second)
    }
  }

  @Test(arguments: criteria) func tiesGoToTheLowerIndex(criterion: Criterion) throws {
    let zeros = Weights(
      specifications: setting.network.tensors,
      tensors: try setting.network.tensors.map { try Tensor(repeating: 0, shape: $0.shape) })
    try withFolder { folder in
      let found = try prune(criterion, in: folder, Density("1/3")!, weights: zeros)
      let kept = found.mask.layers.flatMap(\.kept)
      let lowest = (0..<246).map { $0 < 82 ? UInt8(1) : 0 }
      #expect((kept == lowest) == criterion.tiesAtZero)
      #expect(found.ranking.ties == (criterion.tiesAtZero ? 246 : 1))
      #expect(found.ranking.zeroScores == (criterion.tiesAtZero ? 246 : 0))
    }
  }

  @Test(arguments: criteria) func nothingTouchesTheWeights(criterion: Criterion) throws {
    let before = try setting.weights.bits
    try withFolder { folder in
      _ = try prune(criterion, in: folder, Density("0.3")!, schedule: .linear(iterations: 2))
    }
    #expect(try setting.weights.bits == before)
  }

  @Test(arguments: criteria, Scope.allCases)
  func excludedTensorsStayWholeAndDoNotCount(criterion: Criterion, scope: Scope) throws {
    try withFolder { folder in
      let density = Density("0.1")!
      let found = try prune(
        criterion, in: folder, density, scope: scope, schedule: .exponential(iterations: 2),
        excluded: ["fc_layers.1.weight"])
      let counts = found.mask.layers.map(\.keptCount)
      #expect(counts[1] == 126)
      switch scope {
      case .global, .erdosRenyi, .erdosRenyiKernel:
        #expect(counts[0] + counts[2] == density.kept(of: 84 + 36))
      case .layerwise: #expect(counts == [density.kept(of: 84), 126, density.kept(of: 36)])
      }
    }
  }

  @Test(arguments: criteria) func scoresCoverThePrunableTensors(criterion: Criterion) throws {
    try withFolder { folder in
      let scores = try setting.scoring(folder: folder).scores(by: criterion.specification)
      #expect(scores.layers.map(\.name) == setting.network.prunable.map(\.name))
      #expect(scores.layers.map(\.scores.shape) == setting.network.prunable.map(\.shape))
      #expect(try scores.values.joined().contains { $0 != 0 })
    }
  }

  @Test func scoringLeaksNoHandle() async {
    await #expect(processExitsWith: .success) {
      let before = Engine.liveHandles
      for criterion in ContractTests.criteria where criterion.testDescription != "command" {
        let setting = try Setting()
        _ = try setting.scoring(batches: setting.batches(40, batchSize: 16))
          .scores(by: criterion.specification)
      }
      #expect(Engine.liveHandles == before)
    }
  }
}
