import Foundation
package import Laboratory
package import Recipes

/// How an artifact of one kind is made.
package protocol Act: Work {
  /// The record's result.
  associatedtype Result: Encodable
  /// Makes the artifact of `assignment`, whose recipe this is.
  func make(_ bench: Workbench, _ assignment: Assignment) throws -> Result
}

/// Every act, in the order of ``Works``.
package enum Acts {
  /// Recipes that can be made.
  package static let all: [any Act.Type] = [
    TrainingRecipe.self, ScoresRecipe.self, MaskRecipe.self, ShuffleRecipe.self,
    ImportedMaskRecipe.self, CollapseRecipe.self, SaliencyRecipe.self, PruneSizeRecipe.self,
    CurveRecipe.self, CurvePointsRecipe.self, PlaneRecipe.self, SegmentRecipe.self,
    AlignmentRecipe.self, DropoutStabilityRecipe.self,
  ]
}

extension Act {
  /// The canonical result of making `recipe`.
  static func result(of recipe: Data, _ bench: Workbench, _ assignment: Assignment) throws -> Data {
    try CanonicalJSON.encode(
      JSONDecoder().decode(Self.self, from: recipe).make(bench, assignment))
  }
}
