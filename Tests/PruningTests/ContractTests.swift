import Foundation
import Networks
import Pruning
import Recipes
import Tensors
import Testing

/// Every criterion, in the variants that its options make, × every property. A new criterion joins by itself.
@Suite struct ContractTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let specification: CriterionSpecification
    /// Whether all-zero weights have equal scores, which shows how ties are broken.
    let tiesAtZero: Bool

    init(_ specification: CriterionSpecification) {
      self.specification = specification
      tiesAtZero = specification.descriptor.reads != .nothing && specification.command == nil
    }

    var testDescription: String {
      (try? String(decoding: CanonicalJSON.encode(specification), as: UTF8.self)) ?? ""
    }

    /// The criterion with whole numbers as small as they may be, and with each option changed by itself.
    static func variants(of criterion: Criterion) -> [Case] {
      guard Criterion.names.contains(criterion.name) else {
        return [
          Case(
            CriterionSpecification(
              CommandSpecification(
                arguments: ["sh", "-c", "cp scores \"$3\"", "sh"], digests: [:], timeout: 60)))
        ]
      }
      var smallest: [String: OptionValue] = [:]
      var changes: [[String: OptionValue]] = [[:]]
      for option in criterion.options {
        switch option.kind {
        case .integer(let range):
          smallest[option.name] = .integer(range.lowerBound)
          changes.append([option.name: .integer(min(range.upperBound, 40))])
        // Where a flag makes other options idle, it is another way to the same scores, and a slow one.
        case .flag where criterion.options.contains { $0.idle?.flag == option.name }: break
        case .flag: changes.append([option.name: true])
        case .name(let names, _): changes += names.dropFirst().map { [option.name: .name($0)] }
        case .number: changes.append([option.name: 1])
        case .command, .folder, .examples, .text: break
        }
      }
      return changes.map {
        Case(CriterionSpecification(criterion, smallest.merging($0) { _, changed in changed }))
      }
    }
  }

  static let criteria = Criterion.all.flatMap(Case.variants)

  @Test func everyDescriptorHasItsFormulaAndNoNameStandsForTwo() {
    let names = Criterion.all.map(\.name)
    #expect(Formula.all.map(\.name) == names)
    #expect(Set(names).count == names.count)
    #expect(Case.variants(of: .obd).count == 4 && Case.variants(of: .magnitude).count == 1)
  }

  private let setting: Setting

  init() throws { setting = try Setting() }

  /// Runs `body` with the folder that the command criterion finds its scores in.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let scores = try setting.scoring(seed: 9).scores(by: .init(.random))
      try scores.write(to: folder.appendingPathComponent("scores"))
      try body(folder)
    }
  }

  private func prune(
    _ criterion: Case, in folder: URL, _ density: Density, scope: Scope = .global,
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
  func keepsExactlyAsManyAsTheDensitySays(criterion: Case, density: Density) throws {
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
  func masksAreNested(criterion: Case, scope: Scope) throws {
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

  @Test(arguments: criteria) func theSameInputGivesTheSameMask(criterion: Case) throws {
    try withFolder { folder in
      func mask() throws -> Mask {
        try prune(criterion, in: folder, Density("0.3")!, schedule: .exponential(iterations: 3))
          .mask
      }
      let (first, second) = (try mask(), try mask())
      #expect(first == second)
    }
  }

  @Test(arguments: criteria) func tiesGoToTheLowerIndex(criterion: Case) throws {
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

  @Test(arguments: criteria) func nothingTouchesTheWeights(criterion: Case) throws {
    let before = try setting.weights.bits
    try withFolder { folder in
      _ = try prune(criterion, in: folder, Density("0.3")!, schedule: .linear(iterations: 2))
    }
    #expect(try setting.weights.bits == before)
  }

  @Test(arguments: criteria, Scope.allCases)
  func excludedTensorsStayWholeAndDoNotCount(criterion: Case, scope: Scope) throws {
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
      case .row: #expect(counts == [14 * density.kept(of: 6), 126, 4 * density.kept(of: 9)])
      }
    }
  }

  @Test(arguments: criteria) func scoresCoverThePrunableTensors(criterion: Case) throws {
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
      for criterion in ContractTests.criteria where criterion.specification.command == nil {
        let setting = try Setting()
        _ = try setting.scoring(batches: setting.batches(40, batchSize: 16))
          .scores(by: criterion.specification)
      }
      #expect(Engine.liveHandles == before)
    }
  }
}
