package import Foundation

/// What an artifact is made by: one case per artifact kind, with everything its outcome depends on but
/// the artifacts it needs, which are named by role beside it.
package enum Recipe: Hashable, Sendable {
  /// A training, dense or of a subnetwork.
  case training(TrainingRecipe)
  /// Scores of every prunable weight.
  case scores(ScoresRecipe)
  /// A mask found by a ranking.
  case mask(MaskRecipe)
  /// A mask permuted within each layer.
  case shuffle(ShuffleRecipe)
  /// A mask made elsewhere, checked.
  case importedMask(ImportedMaskRecipe)
  /// Kept weights per layer, at one density or several.
  case collapse(CollapseRecipe)
  /// Totals of scores per layer and hidden unit.
  case saliency(SaliencyRecipe)
  /// What every iteration of a pruning removes.
  case pruneSize(PruneSizeRecipe)
  /// A curve's bends, trained.
  case curve(CurveRecipe)
  /// Error and loss along a curve or segment.
  case curvePoints(CurvePointsRecipe)
  /// Error and loss on a grid in a plane.
  case plane(PlaneRecipe)
  /// Error and loss between two networks.
  case path(PathRecipe)
  /// A network's units relabelled to come near another's.
  case alignment(AlignmentRecipe)
  /// Dropout stability of two networks, and the path it gives.
  case dropoutStability(DropoutStabilityRecipe)

  /// The artifact's kind: its folder in the store.
  package var kind: String {
    switch self {
    case .training: "training"
    case .scores: "scores"
    case .mask: "mask"
    case .shuffle: "shuffle"
    case .importedMask: "imported-mask"
    case .collapse: "collapse"
    case .saliency: "saliency"
    case .pruneSize: "prune-size"
    case .curve: "curve"
    case .curvePoints: "curve-points"
    case .plane: "plane"
    case .path: "path"
    case .alignment: "alignment"
    case .dropoutStability: "dropout-stability"
    }
  }

  /// Version of what this kind's recipe means; raised whenever the same recipe gives another outcome.
  package var schema: Int {
    switch self {
    // 2: effective weights and outputs reached are counted.
    case .mask, .shuffle, .importedMask: 2
    // 2: gradients are computed in float64.
    case .scores, .collapse, .saliency, .pruneSize: 2
    // 2: what diverges has one encoding; which examples are right is kept.
    case .training, .curve, .curvePoints, .plane, .path, .alignment, .dropoutStability: 2
    }
  }

  /// The recipe as canonical JSON: keys sorted, defaults included, shortest exact numbers.
  package func canonicalData() throws -> Data {
    switch self {
    case .training(let recipe): try CanonicalJSON.encode(recipe)
    case .scores(let recipe): try CanonicalJSON.encode(recipe)
    case .mask(let recipe): try CanonicalJSON.encode(recipe)
    case .shuffle(let recipe): try CanonicalJSON.encode(recipe)
    case .importedMask(let recipe): try CanonicalJSON.encode(recipe)
    case .collapse(let recipe): try CanonicalJSON.encode(recipe)
    case .saliency(let recipe): try CanonicalJSON.encode(recipe)
    case .pruneSize(let recipe): try CanonicalJSON.encode(recipe)
    case .curve(let recipe): try CanonicalJSON.encode(recipe)
    case .curvePoints(let recipe): try CanonicalJSON.encode(recipe)
    case .plane(let recipe): try CanonicalJSON.encode(recipe)
    case .path(let recipe): try CanonicalJSON.encode(recipe)
    case .alignment(let recipe): try CanonicalJSON.encode(recipe)
    case .dropoutStability(let recipe): try CanonicalJSON.encode(recipe)
    }
  }

  /// The recipe of an artifact of `kind`; `nil` for a kind that this version does not know.
  package init?(kind: String, data: Data) throws {
    let decoder = JSONDecoder()
    switch kind {
    case "training": self = .training(try decoder.decode(TrainingRecipe.self, from: data))
    case "scores": self = .scores(try decoder.decode(ScoresRecipe.self, from: data))
    case "mask": self = .mask(try decoder.decode(MaskRecipe.self, from: data))
    case "shuffle": self = .shuffle(try decoder.decode(ShuffleRecipe.self, from: data))
    case "imported-mask":
      self = .importedMask(try decoder.decode(ImportedMaskRecipe.self, from: data))
    case "collapse": self = .collapse(try decoder.decode(CollapseRecipe.self, from: data))
    case "saliency": self = .saliency(try decoder.decode(SaliencyRecipe.self, from: data))
    case "prune-size": self = .pruneSize(try decoder.decode(PruneSizeRecipe.self, from: data))
    case "curve": self = .curve(try decoder.decode(CurveRecipe.self, from: data))
    case "curve-points":
      self = .curvePoints(try decoder.decode(CurvePointsRecipe.self, from: data))
    case "plane": self = .plane(try decoder.decode(PlaneRecipe.self, from: data))
    case "path": self = .path(try decoder.decode(PathRecipe.self, from: data))
    case "alignment": self = .alignment(try decoder.decode(AlignmentRecipe.self, from: data))
    case "dropout-stability":
      self = .dropoutStability(try decoder.decode(DropoutStabilityRecipe.self, from: data))
    default: return nil
    }
  }
}

/// Names under which an artifact finds the artifacts it needs.
package enum InputRole {
  /// A training whose kept weights are used.
  package static let weights = "weights"
  /// The mask of the subnetwork.
  package static let mask = "mask"
  /// Scores that are ranked.
  package static let scores = "scores"
  /// The mask whose per-layer counts are taken.
  package static let counts = "counts"
  /// What made the weights at a path's or curve's start: a training, or an alignment.
  package static let start = "start"
  /// What made the weights at its end.
  package static let end = "end"
  /// The mask whose pruned weights stay pruned.
  package static let within = "within"
  /// The mask that a curve's start lies in.
  package static let startMask = "start-mask"
  /// The mask that its end lies in.
  package static let endMask = "end-mask"
  /// A trained curve.
  package static let curve = "curve"
  /// What made the three networks of a plane.
  package static let corners = ["first", "second", "third"]
}

/// Names of files inside an artifact's folder.
package enum ArtifactFile {
  /// A mask: one `BOOL` tensor per prunable tensor.
  package static let mask = "mask.safetensors"
  /// Scores: one `F32` or `F64` tensor per prunable tensor.
  package static let scores = "scores.safetensors"

  /// Which test examples the last weights of a training classify correctly: a `U8` tensor `test` `[⌈N/8⌉]`, bit k
  /// of byte j for example 8·j + k.
  package static let right = "right.safetensors"

  /// The weights after `iteration` optimizer steps.
  package static func weights(after iteration: Int) -> String {
    "weights-\(iteration)it.safetensors"
  }

  /// Bend 1, 2, … of a curve: a state dict.
  package static func bend(_ number: Int) -> String { "bend-\(number).safetensors" }
}
