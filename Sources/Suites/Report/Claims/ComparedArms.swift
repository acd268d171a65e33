package import Recipes
package import Statistics

/// Two arms that were run on the same replicates, at several densities.
package protocol ComparedArms {
  /// What is compared with what.
  var name: String { get }
  /// The arms as they stand before "runs".
  var words: (treated: String, control: String) { get }
  /// What is claimed where they are the same.
  var sameness: Sameness { get }
  /// Its part of α relative to other comparisons.
  var weight: Double { get }
  /// The densities at which something is claimed, from the densest on.
  var cells: [ComparisonCell] { get set }
  /// The other densities, which are shown and decide nothing.
  var exploratory: [ComparisonCell] { get }
  /// Densities at which nothing can differ: every layer is full or empty, or both arms are the same trainings.
  var idle: [Density] { get }
}

extension ComparedArms {
  package var weight: Double { 1 }

  /// Every density at which the arms can differ, from the densest on.
  package var all: [ComparisonCell] { (cells + exploratory).sorted { $0.density > $1.density } }
}

/// A comparison with what is claimed of each of its densities, on the replicates that decided it.
package struct JudgedComparison<Arms: ComparedArms> {
  /// What is compared.
  package let comparison: Arms
  /// From the densest density on.
  package let verdicts: [DensityVerdict]

  /// Densities at which sameness is shown: from the densest on without a gap.
  package var maintained: [DensityVerdict] { verdicts.filter(\.isMaintained) }

  /// Whether sameness is shown at every density.
  package var isMaintainedEverywhere: Bool {
    maintained.count == verdicts.count && !verdicts.isEmpty
  }

  /// Densities at which a difference of this sign is shown.
  package func changed(_ change: DensityVerdict.Change) -> [DensityVerdict] {
    verdicts.filter { $0.change == change }
  }

  /// Whether any look has seen it.
  package var isSeen: Bool { verdicts.isEmpty || verdicts.contains { $0.seen > 0 } }

  /// Whether anything is claimed.
  package var isDecided: Bool { verdicts.contains { $0.isMaintained || $0.change != nil } }
}

/// What a suite says of two arms at one density.
package struct DensityVerdict {
  /// The sign of a difference that is shown.
  package enum Change: String, Hashable, CaseIterable {
    case lowered, raised
  }

  /// The runs that decided it.
  package let cell: ComparisonCell
  /// Whether sameness is shown.
  package let isMaintained: Bool
  /// Whether a difference is shown, and its sign.
  package let change: Change?
  /// The smallest familywise errors at which these would be shown.
  package let adjustedEquivalence, adjustedDifference: Double
  /// The same of a difference larger than the margin; `nil` in designs of one look, which do not test it.
  package let adjustedBeyond: Double?
  /// Whether a claim holds for this test set, and would not survive new test examples.
  package let isFragile: Bool
  /// In a design of several looks, the look at which each claim was shown, from 1.
  package let looks: [Claim: Int]
  /// The last look that saw it, from 1; 0 where its replicates are too few for the first.
  package let seen: Int
  /// All runs there are, of which those beyond ``cell`` decide nothing.
  package let all: ComparisonCell
  /// Whether further replicates may decide it: neither sameness is shown nor a difference larger than the margin.
  package let isOpen: Bool

  /// Whether a difference larger than the margin is shown, which only designs of several looks test.
  package var isBeyondMargin: Bool { looks[.beyondMargin] != nil }

  /// The look that decided it, from 1; `nil` where none did, and in designs of one look.
  package var decidedAt: Int? {
    [Claim.equivalence, .beyondMargin].compactMap { looks[$0] }.min()
  }

  /// Whether neither is shown though it might have been.
  package var isUndecided: Bool {
    seen > 0 && !isMaintained && change == nil && cell.block == nil
  }

  /// How many pairs came after it was decided.
  package var laterPairs: Int { all.pairs.count - cell.pairs.count }
}
