import Recipes
import Statistics
import Testing

@testable import Analyses
@testable import Suites

/// Reports of suites that ran until they were decided.
@Suite struct LooksReportTests {
  private static let looks = [3, 5, 8]

  private static func terms(margin: Double = 0.5, replicates: Int = 8) throws -> AblationTerms {
    var terms = Runs.terms(margin: margin)
    terms.looks = try Looks(looks)
    return terms
  }

  /// Runs whose accuracies are given by density, so that one may have more than another.
  private static func arm(
    _ method: String, _ ablation: String, _ accuracies: [[Double]], classes: Int? = 10
  ) -> [RunRecord] {
    zip(Runs.densities, accuracies).flatMap { density, values in
      values.enumerated().map { index, value in
        var record = RunRecord(
          method: method, ablation: ablation, density: density, replicate: index + 1,
          accuracy: value)
        record.details.predictedClasses = classes
        record.details.look = looks.firstIndex { index < $0 }.map { $0 + 1 }
        return record
      }
    }
  }

  private static let steady = [90.0, 90.02, 89.99, 90.01, 90.0, 90.02, 90.01, 89.98]

  private func moved(_ values: [Double], by change: Double, times noise: Double = 1) -> [Double] {
    values.enumerated().map { $1 + change + noise * 0.01 * Double($0 % 3) }
  }

  private func verdicts(_ records: [RunRecord], _ terms: AblationTerms) throws
    -> [DensityVerdict]
  {
    let analysis = try AblationAnalysis(records, terms: terms)
    return try #require(analysis[Arm(method: "snip", ablation: "shuffle")]).verdicts
  }

  @Test func whatIsDecidedIsFrozen() throws {
    let first = Array(Self.steady.prefix(3))
    // The unablated arm goes on, as another comparison needs it.
    let unablated = Self.arm("snip", "none", [Self.steady, first])
    let records =
      unablated + Self.arm("snip", "shuffle", [moved(first, by: 0), moved(first, by: -5)])
    let found = try verdicts(records, Self.terms())
    #expect(found.map(\.isMaintained) == [true, false])
    #expect(found.map(\.isBeyondMargin) == [false, true])
    #expect(found.map(\.change) == [nil, .lowered])
    #expect(found.map(\.decidedAt) == [1, 1])
    #expect(found.map(\.cell.pairs.count) == [3, 3])
    #expect(found.allSatisfy { !$0.isOpen && $0.cell.missing.isEmpty && $0.cell.block == nil })
    // Whatever its later runs are, they change nothing, and are told.
    let wild = moved(Self.steady, by: 3).suffix(5)
    let later =
      unablated + Self.arm("snip", "shuffle", [moved(first, by: 0) + wild, moved(first, by: -5)])
    #expect(try verdicts(later, Self.terms()).map(\.cell.pairs.count) == [3, 3])
    #expect(try verdicts(later, Self.terms()).map(\.isMaintained) == [true, false])
    let told = try Runs.report(later, Self.terms())
    #expect(
      told.contains(
        "Later runs, which decide nothing: at 50 %, +1.88 [0.84, 2.92] over 8 pairs."),
      "\(told)")
    let text = try Runs.report(records, Self.terms())
    #expect(
      text.contains(
        "**Maintained at 50 %**: mean accuracy changes by less than 0.5 points (3 runs, none collapsed; failure rate up to 71 %; look 1)."
      ), "\(text)")
    #expect(text.contains(", more than 0.5 points (look 1)."))
    #expect(text.contains("after 3 replicates until decided or out of looks"))
    #expect(
      text.contains("maintained at look 1")
        && text.contains("lowered at look 1, beyond the margin at look 1"))
    #expect(text.contains(/\|\s+1 \|\s+3 \|\s+23 % \|\s+1 \|\s+1 \|\s+0 \|/))
    #expect(text.contains(/\|\s+2 \|\s+5 \|\s+26 % \|\s+not taken/))
    #expect(text.contains("no more than 15 % of all three"))
  }

  @Test func anOpenDensityTakesEveryLookAndPaysForIt() throws {
    // Differences of 0.4 with little noise are within 0.5, yet not shown to be at three runs.
    let control = Array(Self.steady)
    let records =
      Self.arm("snip", "none", [control, control])
      + Self.arm(
        "snip", "shuffle",
        [moved(control, by: -0.4, times: 8), moved(control, by: -0.6, times: 10)])
    let found = try verdicts(records, Self.terms())
    #expect(found.allSatisfy { $0.cell.pairs.count == 8 || $0.decidedAt != nil })
    // One look at all eight has the whole of α; the last of three has half of it.
    var once = Runs.terms()
    once.looks = try Looks([8])
    let alone = try verdicts(records, once)
    for (sequential, single) in zip(found, alone) where sequential.decidedAt == nil {
      #expect(sequential.adjustedEquivalence > single.adjustedEquivalence)
    }
    #expect(found.contains { $0.isOpen })
  }

  @Test func lateLooksThatAreNotThereAreNotTaken() throws {
    let four = Array(Self.steady.prefix(4))
    let records =
      Self.arm("snip", "none", [four, four])
      + Self.arm("snip", "shuffle", [moved(four, by: -0.3, times: 20), moved(four, by: -5)])
    let found = try verdicts(records, Self.terms())
    // The second look is after five: the fourth run decides nothing yet.
    #expect(found.map(\.cell.pairs.count) == [3, 3])
    let three = try verdicts(records.filter { $0.replicate < 4 }, Self.terms())
    #expect(found.map(\.adjustedEquivalence) == three.map(\.adjustedEquivalence))
    #expect(found.map(\.adjustedDifference) == three.map(\.adjustedDifference))
  }

  @Test func aLookWithAMissingRunShowsNothing() throws {
    let records =
      Self.arm("snip", "none", [Self.steady, Self.steady])
      + Self.arm("snip", "shuffle", [moved(Self.steady, by: -5), moved(Self.steady, by: -5)])
      .filter { $0.replicate != 2 || $0.density != Runs.densities[1] }
    let found = try verdicts(records, Self.terms())
    #expect(found[0].change == .lowered && found[0].decidedAt == 1)
    #expect(found[1].change == nil && found[1].cell.block == .missing && found[1].isOpen)
  }

  @Test func armsThatCollapseTogetherAreNotRunAgain() throws {
    let dead = [11.35, 11.35, 11.35]
    let records =
      Self.arm("snip", "none", [Self.steady, dead], classes: nil)
      + Self.arm("snip", "shuffle", [moved(Self.steady, by: -5), dead], classes: nil)
    let found = try verdicts(records, Self.terms())
    #expect(found[1].cell.isVoid && !found[1].isOpen && found[1].decidedAt == nil)
    #expect(found[1].cell.pairs.count == 3 && found[1].change == nil && !found[1].isMaintained)
    let text = try Runs.report(records, Self.terms())
    #expect(text.contains("1 density of a comparison allowed no statement"), "\(text)")
  }

  @Test func oneCollapsedRunLeavesOnlyALargeDifferenceToShow() throws {
    var shuffled = Self.arm("snip", "shuffle", [Self.steady, moved(Self.steady, by: 0)])
    shuffled[2].details.predictedClasses = 1
    let records = Self.arm("snip", "none", [Self.steady, Self.steady]) + shuffled
    let found = try verdicts(records, Self.terms())
    #expect(found.map(\.isMaintained) == [false, false], "the chain ends at the densest density")
    #expect(found.map(\.isOpen) == [true, true])
    #expect(found.map(\.cell.pairs.count) == [8, 8])
  }

  @Test func looksWithoutADesignAreRefused() throws {
    let records =
      Self.arm("snip", "none", [Self.steady, Self.steady])
      + Self.arm("snip", "shuffle", [Self.steady, Self.steady])
    #expect(throws: RecordsError.looksWithoutDesign(3)) {
      try AblationAnalysis(records, terms: Runs.terms())
    }
  }

  @Test func designsAreReadAndRefusedWithTheirLine() throws {
    let suite = try decode(yaml(more: "replicates: {looks: [5, 8, 12], until: decided}")).suite
    #expect(suite.looks == (try Looks([5, 8, 12])) && suite.replicates == 12)
    #expect(try decode(yaml(more: "replicates: 6")).suite.looks == nil)
    let wrong = [
      "{looks: [5, 8]}": "suite.yaml:7: replicates.until: missing; add it, as in `until: decided`",
      "{until: decided}":
        "suite.yaml:7: replicates.looks: missing; add it, as in `looks: [5, 8, 12, 20]`",
      "{looks: [8, 5], until: decided}":
        "suite.yaml:7: replicates.looks: found 8, 5; write numbers of replicates that rise, the first at least 2",
      "{looks: [1, 5], until: decided}":
        "suite.yaml:7: replicates.looks: found 1, 5; write numbers of replicates that rise, the first at least 2",
      "{looks: [5, 8], until: decided, spending: 0}":
        "suite.yaml:7: replicates.spending: found `0`; write an exponent above 0 and up to 10, such as 1.5",
      "{looks: [5, 8], until: bored}":
        "suite.yaml:7: replicates.until: unknown end `bored`; possible: `decided`",
    ]
    for (text, message) in wrong {
      #expect(problems(yaml(more: "replicates: \(text)")) == [message])
    }
  }

  @Test func aSignThatTurnsIsTold() throws {
    // Three runs that are surely lower, then nine that are higher: shown at the first look, open to the last.
    let control = Array(Self.steady.prefix(3)) + Array(repeating: 90.0, count: 5)
    let turned = [89.79, 89.83, 89.78, 90.6, 90.3, 90.7, 90.2, 90.5]
    let records =
      Self.arm("snip", "none", [control, control]) + Self.arm("snip", "shuffle", [turned, turned])
    let found = try verdicts(records, Self.terms(margin: 0.2))
    #expect(found[0].looks[.difference] == 1 && found[0].change == .lowered)
    #expect(try #require(found[0].cell.mean) > 0)
    let text = try Runs.report(records, Self.terms(margin: 0.2))
    #expect(
      text.contains("**Lowered** at 50 %, by an amount whose sign has turned since (+0.2"),
      "\(text)")
  }

  @Test func runsThatFailAfterTheDecisionAreTold() throws {
    var shuffled = Self.arm("snip", "shuffle", [Self.steady, Self.steady.map { $0 + 0.01 }])
    shuffled[6].details.predictedClasses = 1
    shuffled[6].accuracy = 10
    let records = Self.arm("snip", "none", [Self.steady, Self.steady]) + shuffled
    let found = try verdicts(records, Self.terms())
    #expect(found[0].isMaintained && found[0].cell.pairs.count == 3 && found[0].laterPairs == 5)
    let text = try Runs.report(records, Self.terms())
    #expect(
      text.contains("after sameness was shown runs failed of snip · shuffle at 50 %"), "\(text)")
    #expect(text.contains("over 8 pairs, 1 of the later ones with a failed run"), "\(text)")
  }

  @Test func aFixedDesignIsNotLookedAtBeforeItsEnd() throws {
    let three = Array(Self.steady.prefix(3))
    let records =
      Self.arm("snip", "none", [three, three])
      + Self.arm("snip", "shuffle", [moved(three, by: -5), moved(three, by: -5)])
    var terms = Runs.terms()
    terms.looks = try Looks([8])
    let found = try verdicts(
      records.map { record in
        var record = record
        record.details.look = nil
        return record
      }, terms)
    #expect(
      found.allSatisfy { $0.seen == 0 && $0.change == nil && !$0.isMaintained && !$0.isUndecided })
    let text = try Runs.report(records, terms)
    #expect(text.contains("1 awaits the first look"), "\(text)")
    #expect(
      text.contains("Not looked at yet at 50 %, 10 %: 3 runs are fewer than the first look has."))
  }
}
