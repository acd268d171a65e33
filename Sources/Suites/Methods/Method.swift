package import Recipes

/// A pruning method of a suite: where its masks come from and how its subnetworks are trained.
package struct Method: Hashable, Sendable {
  /// Where masks come from.
  package enum Source: Hashable, Sendable {
    /// A ranking of the weights that the dense network has at a point of its training.
    case ranking(RankingSpecification, maskFrom: TrainingPoint)
    /// Files.
    case masks(MaskFiles)
  }

  /// The user's name for it.
  package let name: String
  /// Where masks come from.
  package let source: Source
  /// How subnetworks are trained.
  package let continuation: Continuation
  /// The ablations it stands against, in the suite's order.
  package let ablations: [AblationCombination]
  /// Its number among the suite's random methods, from 1; 1 of every other method.
  package private(set) var draw = 1

  /// The name of the dense network among methods; no method may have it.
  package static let dense = "dense"

  /// A method.
  package init(
    name: String, source: Source, continuation: Continuation, ablations: [AblationCombination]
  ) {
    self.name = name
    self.source = source
    self.continuation = continuation
    self.ablations = ablations
  }

  fileprivate func drawing(_ draw: Int) -> Method {
    var method = self
    method.draw = draw
    return method
  }

  /// Whether masks are drawn without regard to the network: the field's baseline.
  package var prunesAtRandom: Bool {
    switch source {
    case .ranking(let ranking, _): ranking.criterion.descriptor.reads == .nothing
    case .masks: false
    }
  }
}

extension [Method] {
  /// The same methods, random ones numbered in their order, so that each draws for itself and no draw hangs on a name.
  package var numbered: [Method] {
    var draws = 0
    return map { method in
      guard method.prunesAtRandom else { return method }
      draws += 1
      return method.drawing(draws)
    }
  }
}

/// How a subnetwork is trained once its mask is found.
package struct Continuation: Hashable, Sendable {
  /// How far training goes on.
  package enum Length: Hashable, Sendable {
    /// Through the learning-rate schedule from this step to its end. Equal to the step of the weights,
    /// this is weight rewinding (Frankle et al., ICML 2020); with weights from the end of training it
    /// is learning-rate rewinding (Renda et al., ICLR 2020).
    case schedule(from: Step)
    /// For this long at the schedule's last learning rate: fine-tuning (Han et al., NeurIPS 2015).
    case fineTuning(Step)
  }

  /// The dense network's weights that training goes on from.
  package let weights: TrainingPoint
  /// How far training goes on.
  package let length: Length

  /// A continuation.
  package init(weights: TrainingPoint, length: Length) {
    self.weights = weights
    self.length = length
  }
}

/// Masks made elsewhere, one file per replicate and density.
package struct MaskFiles: Hashable, Sendable {
  /// Stands for the replicate's number, from 1.
  package static let replicatePlaceholder = "{replicate}"
  /// Stands for the density as `Density.description` writes it, a slash as an underscore.
  package static let densityPlaceholder = "{density}"

  /// File name from the suite's folder, with placeholders.
  package let pattern: String
  /// What the suite says of names in the files.
  package var renames: [Rename] = []
  /// SHA-256 of each file: an array per replicate, in the order of the suite's densities, or of one file where
  /// `own` is not `nil`.
  package let digests: [[String]]
  /// The density that each replicate's file has; `nil` where the suite states densities.
  package var own: [Density]?

  /// The file name for a replicate, from 1, and a density.
  package static func path(_ pattern: String, replicate: Int, density: Density) -> String {
    let density = density.description.replacing("/", with: "_")
    return pattern.replacing(replicatePlaceholder, with: String(replicate))
      .replacing(densityPlaceholder, with: density)
  }
}
