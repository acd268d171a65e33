import Laboratory
import Recipes

/// What walks of one recipe share, whatever they start from and under whichever mask: most of a suite's walks
/// differ in their masks alone.
final class WalkForm {
  /// How weights move.
  let recipe: WalkRecipe
  /// Where its schedule ends.
  let end: Int
  /// Where the walks' identities go on from.
  let beginning: Key.Beginning
  private var states: [Int: DescribedWork] = [:]
  private var traces: [Seen: DescribedWork] = [:]

  /// What of a walk a trace sees.
  private struct Seen: Hashable {
    let every: Int
    let splits: Set<Split>
  }

  /// Describes walks of `recipe`.
  init(_ recipe: WalkRecipe) throws {
    self.recipe = recipe
    end = recipe.end
    beginning = Walk.beginning(recipe: try CanonicalJSON.encode(recipe))
  }

  /// The work on a state.
  func state(after step: Int) throws -> DescribedWork {
    if let known = states[step] { return known }
    let state = try DescribedWork(StateRecipe(walk: recipe, step: step))
    states[step] = state
    return state
  }

  /// The work on the trace of the whole walk.
  func trace(every: Int, splits: Set<Split>) throws -> DescribedWork {
    let seen = Seen(every: every, splits: splits)
    if let known = traces[seen] { return known }
    let trace = try DescribedWork(
      TraceRecipe(walk: recipe, end: end, every: every, splits: splits))
    traces[seen] = trace
    return trace
  }
}
