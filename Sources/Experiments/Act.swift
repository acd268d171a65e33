import Foundation
package import Laboratory
package import Recipes

/// How artifacts of one kind are made.
package protocol Act: Work {
  /// Makes and publishes all that is missing of `assignment`, whose first recipe this is.
  func carryOut(_ bench: Workbench, _ assignment: Assignment) throws
}

/// How an artifact is made that is made alone.
package protocol SoloAct: Act {
  /// The record's result.
  associatedtype Result: Encodable
  /// Makes the artifact of `assignment`, whose recipe this is.
  func make(_ bench: Workbench, _ assignment: Assignment) throws -> Result
}

/// Every act, in the order of `Works`.
package enum Acts {
  /// Recipes that can be made.
  package static let all: [any Act.Type] = [
    StateRecipe.self, TraceRecipe.self, ScoresRecipe.self, MaskRecipe.self, AblatedMaskRecipe.self,
    ImportedMaskRecipe.self, CollapseRecipe.self, SaliencyRecipe.self, PruneSizeRecipe.self,
    CurveRecipe.self, CurvePointsRecipe.self, PlaneRecipe.self, SegmentRecipe.self,
    AlignmentRecipe.self, DropoutStabilityRecipe.self, ImagesRecipe.self, MaskStructureRecipe.self,
    MaskOverlapRecipe.self, ScoreCorrelationRecipe.self, AlignedOverlapRecipe.self,
    WeightStatisticsRecipe.self, RepetitionRecipe.self,
  ]
}

extension Act {
  /// Carries out `recipe`.
  static func carryOut(_ recipe: Data, _ bench: Workbench, _ assignment: Assignment) throws {
    try JSONDecoder().decode(Self.self, from: recipe).carryOut(bench, assignment)
  }
}

extension SoloAct {
  package func carryOut(_ bench: Workbench, _ assignment: Assignment) throws {
    var clock = Stopwatch()
    let result = try CanonicalJSON.encode(make(bench, assignment))
    try assignment.publish(
      assignment.artifact,
      WorkOutcome(result: result, provenance: bench.provenance(of: clock.lap())))
  }
}

/// The time between what is published.
struct Stopwatch {
  private var last = ContinuousClock.now

  mutating func lap() -> Duration {
    let now = ContinuousClock.now
    defer { last = now }
    return now - last
  }
}
