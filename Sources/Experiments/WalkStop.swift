import Foundation
import Laboratory
import Recipes

/// An artifact that a pass over a walk stops for, by its step.
struct WalkStop {
  let artifact: Artifact
  /// `nil` for a state.
  let trace: TraceRecipe?
  let isPresent: Bool
  let step: Int

  private init(_ artifact: Artifact, isPresent: Bool) throws {
    guard let step = artifact.walk?.position else {
      throw ExperimentError.unknownKind(artifact.kind)
    }
    (self.artifact, self.isPresent, self.step) = (artifact, isPresent, step)
    trace =
      artifact.kind == TraceRecipe.kind
      ? try JSONDecoder().decode(TraceRecipe.self, from: artifact.recipe) : nil
  }

  /// What checkpoints call a trace.
  var name: String { artifact.key.description }

  /// All that a pass over `recipe` stops for.
  static func all(of assignment: Assignment, on recipe: WalkRecipe) throws -> [WalkStop] {
    // What an engine that is not exact makes once more is another.
    let present = recipe.isExact ? assignment.present : []
    return try assignment.missing.map { try WalkStop($0, isPresent: false) }
      + present.map { try WalkStop($0, isPresent: true) }
  }
}

extension [WalkStop] {
  /// What is to be made.
  var missing: [WalkStop] { filter { !$0.isPresent } }

  /// The last step that anything missing needs; `start` where nothing is.
  func last(from start: Int) -> Int { missing.map(\.step).max() ?? start }
}
