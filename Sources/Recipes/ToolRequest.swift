import Foundation

/// A single piece of engine work that a command of the user's asks for, on files of the user's.
package enum ToolRequest: Hashable, Sendable, Codable {
  /// Scores of a network's prunable weights on a batch.
  case score(ScoreRequest)
  /// A mask from scores.
  case mask(MaskRequest)
  /// Fresh weights.
  case weights(WeightsRequest)
  /// What a safetensors file holds, or whether a mask holds in it.
  case inspect(InspectRequest)
  /// What the weights of a file look like.
  case statistics(StatisticsRequest)
  /// What masks keep, and what every two of them share, as ``MaskSetCounts``.
  case compare(MaskSetRequest)
  /// A network's units relabelled to come near another's.
  case align(AlignRequest)
  /// Error and loss between two networks.
  case interpolate(InterpolateRequest)
  /// A curve of low loss between two networks.
  case curve(CurveRequest)
  /// Error and loss in the plane through three networks.
  case plane(PlaneRequest)
  /// Nothing but a sentence where there is no such device.
  case requireDevice(DeviceKind)

  /// The request as one line.
  package func encoded() throws -> String {
    String(decoding: try CanonicalJSON.encode(self), as: UTF8.self)
  }

  /// Reads ``encoded()``.
  package init(decoding text: String) throws {
    self = try JSONDecoder().decode(ToolRequest.self, from: Data(text.utf8))
  }
}

/// `espalier score`: the network's input shape is the batch's; its classes are the last layer's.
package struct ScoreRequest: Hashable, Sendable, Codable {
  /// Architecture.
  package let network: NetworkSpecification
  /// Paths of the weights, the batch (`inputs`, `labels`) and the scores to write.
  package let weights, batch, output: String
  /// Gives the scores.
  package let criterion: CriterionSpecification
  /// Batch norm's mode.
  package let mode: NormalizationMode
  /// Root of the random streams.
  package let seed: UInt64

  /// A request for scores.
  package init(
    network: NetworkSpecification, weights: String, batch: String, output: String,
    criterion: CriterionSpecification, mode: NormalizationMode, seed: UInt64
  ) {
    self.network = network
    self.weights = weights
    self.batch = batch
    self.output = output
    self.criterion = criterion
    self.mode = mode
    self.seed = seed
  }
}

/// `espalier mask`.
package struct MaskRequest: Hashable, Sendable, Codable {
  /// Paths of the scores and of the mask to write.
  package let scores, output: String
  /// Fraction kept.
  package let density: Density
  /// Where scores are ranked.
  package let scope: Scope
  /// Which end is kept.
  package let selection: Selection
  /// Ablations of masks that act afterwards.
  package let changes: [Described<Ablation>]
  /// Root of the random streams.
  package let seed: UInt64
  /// Tensors left whole.
  package let excluded: [String]

  /// A request for a mask.
  package init(
    scores: String, output: String, density: Density, scope: Scope, selection: Selection,
    changes: [Ablation], seed: UInt64, excluded: [String]
  ) {
    self.scores = scores
    self.output = output
    self.density = density
    self.scope = scope
    self.selection = selection
    self.changes = changes.map { Described($0) }
    self.seed = seed
    self.excluded = excluded
  }
}

/// `espalier inspect`.
package struct InspectRequest: Hashable, Sendable, Codable {
  /// Path of the file.
  package let path: String
  /// Path of a mask that should hold in it.
  package let mask: String?
  /// Whether a NaN stands for a pruned weight.
  package let nanIsPruned: Bool
  /// Whether the answer is JSON.
  package let isJSON: Bool

  /// A request for what a file holds.
  package init(path: String, mask: String?, nanIsPruned: Bool, isJSON: Bool) {
    self.path = path
    self.mask = mask
    self.nanIsPruned = nanIsPruned
    self.isJSON = isJSON
  }
}

/// `espalier weights`.
package struct WeightsRequest: Hashable, Sendable, Codable {
  /// Architecture.
  package let network: NetworkSpecification
  /// Shape of one example.
  package let input: ExampleShape
  /// Number of outputs.
  package let classes: Int
  /// Distributions.
  package let initializer: InitializerSpecification
  /// Root of the random streams.
  package let seed: UInt64
  /// Path of the weights to write.
  package let output: String

  /// A request for weights.
  package init(
    network: NetworkSpecification, input: ExampleShape, classes: Int,
    initializer: InitializerSpecification, seed: UInt64, output: String
  ) {
    self.network = network
    self.input = input
    self.classes = classes
    self.initializer = initializer
    self.seed = seed
    self.output = output
  }
}
