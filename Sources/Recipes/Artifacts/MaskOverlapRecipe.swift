/// How many weights two masks of one network both keep.
package struct MaskOverlapRecipe: Work {
  package static let kind = "mask-overlap"
  package static let schema = 1

  /// The roles of the two masks.
  package static let roles = Array(InputRole.corners.prefix(2))

  /// Network and data.
  package let problem: Problem

  /// A recipe for the overlap of two masks.
  package init(problem: Problem) { self.problem = problem }

  package var reads: [Reading] { Self.roles.map { Reading($0, files: [ArtifactFile.mask]) } }
  package var cost: Double { 2 * problem.rankingCost }
  package var memory: Double { problem.rankingMemory }
}

/// What ``MaskOverlapRecipe`` counts.
package struct MaskOverlap: Hashable, Sendable, Codable {
  /// A prunable tensor.
  package struct Layer: Hashable, Sendable, Codable {
    /// The tensor's name.
    package let name: String
    /// Its weights.
    package let size: Int
    /// Weights that the first mask keeps, the second, and both.
    package let first, second, both: Int

    /// A layer's overlap.
    package init(name: String, size: Int, first: Int, second: Int, both: Int) {
      self.name = name
      self.size = size
      self.first = first
      self.second = second
      self.both = both
    }
  }

  /// In network order.
  package let layers: [Layer]

  /// The overlap of two masks.
  package init(layers: [Layer]) { self.layers = layers }
}
