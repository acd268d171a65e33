import Laboratory
import Recipes

/// What a plan is told of a piece of work, found once for all artifacts that differ in what they need alone.
final class DescribedWork {
  /// Kind, schema, recipe, memory, family.
  let form: Artifact.Form
  /// What it reads of other artifacts.
  let reads: [Reading]
  /// The images that are decoded for it; `nil` where it reads none.
  let images: ImagesRecipe?
  /// Estimated seconds of work on one core.
  let cost: Double

  /// Describes `work`.
  init<Kind: Work>(_ work: Kind) throws {
    form = Artifact.Form(
      kind: Kind.kind, schema: Kind.schema, recipe: try work.canonicalData(), memory: work.peak,
      family: try work.command.map { String(decoding: try CanonicalJSON.encode($0), as: UTF8.self) }
    )
    reads = work.reads
    images = work.dataset.flatMap(ImagesRecipe.init)
    cost = work.cost
  }
}
