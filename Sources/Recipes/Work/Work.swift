/// What an artifact of one kind is made by: everything its outcome depends on but the artifacts it needs, which
/// are named by role beside it.
///
/// A kind is a file here and, in the engine lane, a file with its act; both are listed, here in ``Works``.
package protocol Work: Hashable, Sendable, Codable {
  /// The artifact's kind: its folder in the store.
  static var kind: String { get }
  /// Version of what this kind's recipe means; raised whenever the same recipe gives another outcome.
  static var schema: Int { get }
  /// What it reads of other artifacts; decoded images, which follow from `dataset`, are not among them.
  var reads: [Reading] { get }
  /// The dataset whose examples it reads; `nil` for none.
  var dataset: DatasetSpecification? { get }
  /// The user's command that scores for this artifact; `nil` where none does.
  ///
  /// What fails in one artifact by a command is likely to fail in all of them.
  var command: CommandSpecification? { get }
  /// Rough seconds of work on one core, for estimates before anything was measured.
  var cost: Double { get }
  /// Rough bytes that it holds at most beside the process itself, for a refusal before anything runs.
  var memory: Double { get }
}

extension Work {
  package var command: CommandSpecification? { nil }
  package var dataset: DatasetSpecification? { nil }

  /// Rough bytes that a worker holds at most while it makes the artifact.
  package var peak: Int {
    let bytes = (Estimate.idle + memory).rounded(.down)
    return bytes < 9e18 ? Int(bytes) : .max
  }
}

/// Every kind of artifact.
package enum Works {
  /// Their recipes.
  package static let all: [any Work.Type] = [
    StateRecipe.self, TraceRecipe.self, ScoresRecipe.self, MaskRecipe.self, AblatedMaskRecipe.self,
    ImportedMaskRecipe.self, CollapseRecipe.self, SaliencyRecipe.self, PruneSizeRecipe.self,
    CurveRecipe.self, CurvePointsRecipe.self, PlaneRecipe.self, SegmentRecipe.self,
    AlignmentRecipe.self, DropoutStabilityRecipe.self, ImagesRecipe.self, MaskStructureRecipe.self,
    MaskOverlapRecipe.self, ScoreCorrelationRecipe.self, AlignedOverlapRecipe.self,
    WeightStatisticsRecipe.self, RepetitionRecipe.self,
  ]
}

/// What a recipe reads of the artifact that plays a role; its record may be read in any case.
package struct Reading: Hashable, Sendable {
  /// The role.
  package let role: String
  /// Names of the files that are read.
  package let files: [String]
  /// Whether the work can do without the artifact.
  package let isOptional: Bool

  /// A reading.
  package init(_ role: String, files: [String] = [], isOptional: Bool = false) {
    self.role = role
    self.files = files
    self.isOptional = isOptional
  }

  /// The mask in `role`; without it, nothing is pruned.
  package static func mask(_ role: String = InputRole.mask) -> Reading {
    Reading(role, files: [ArtifactFile.mask], isOptional: true)
  }

  /// The weights that the artifact in `role` keeps after `iteration` steps.
  package static func weights(_ role: String, after iteration: Int) -> Reading {
    Reading(role, files: [ArtifactFile.weights(after: iteration)])
  }
}

extension WeightsSource {
  /// What is read for these weights.
  var reads: [Reading] {
    switch self {
    case .initialization: []
    case .checkpoint(let iteration): [.weights(InputRole.weights, after: iteration)]
    }
  }
}

/// Constants that the estimates of several kinds share.
enum Estimate {
  /// Floating-point operations per second of one core.
  static let rate = 4e10
  /// Seconds per weight for ranking, permuting, writing.
  static let perWeight = 3e-8
  /// Seconds of an artifact that does nothing: reading, writing, syncing.
  static let least = 0.05
  /// Bytes of a worker that has done nothing but load the tensor library.
  static let idle = 120_000_000.0
  /// Examples per batch of an evaluation.
  static let evaluationBatch = 500.0
}

extension Problem {
  /// Bytes of the images, held twice while they are read.
  var datasetMemory: Double {
    // While a file of numbers is read, its bytes are there beside the float32 numbers.
    let isOfNumbers = dataset.source.trainingFile?.elements == .numbers
    return (isOfNumbers ? 12 : 2) * sizes.examples
  }

  /// Seconds of a mask from scores that are there, a shuffle, or a copy of a mask file.
  var rankingCost: Double { Estimate.least + sizes.prunable * Estimate.perWeight }

  /// Bytes of scores in float64, their order, the masks before and after.
  var rankingMemory: Double { 24 * sizes.weights }
}
