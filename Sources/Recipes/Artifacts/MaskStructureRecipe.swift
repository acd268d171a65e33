/// How the kept weights of a mask lie: how many every unit has, and every kernel and position of a convolution.
package struct MaskStructureRecipe: Work {
  package static let kind = "mask-structure"
  package static let schema = 2

  /// Network and data.
  package let problem: Problem

  /// A recipe for a mask's structure.
  package init(problem: Problem) { self.problem = problem }

  package var reads: [Reading] { [Reading(InputRole.mask, files: [ArtifactFile.mask])] }
  package var cost: Double { problem.rankingCost }
  package var memory: Double { problem.rankingMemory }
}

/// What ``MaskStructureRecipe`` finds, layer by layer in network order.
package struct MaskStructure: Hashable, Sendable, Codable {
  /// How many units have how many weights.
  package struct Degrees: Hashable, Sendable, Codable {
    /// Numbers of kept weights that occur, rising.
    package let values: [Int]
    /// How many units have each.
    package let units: [Int]

    /// The degrees of units.
    package init(of kept: [Int]) {
      let counts = Dictionary(kept.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
      values = counts.map(\.key)
      units = counts.map(\.value)
    }

    /// Units with no weight at all.
    package var dead: Int { values.first == 0 ? units[0] : 0 }
  }

  /// A prunable tensor `[O, I, …]`.
  package struct Layer: Hashable, Sendable, Codable {
    /// The tensor's name.
    package let name: String
    /// Its shape.
    package let shape: [Int]
    /// Weights kept.
    package let kept: Int
    /// Kept weights into each of the O units.
    package let incoming: Degrees
    /// Kept weights out of each of the I units before.
    package let outgoing: Degrees
    /// Kept weights at each position of a kernel, row-major; one for a matrix.
    package let positions: [Int]
    /// Kernels `[o, i]` of which nothing is kept.
    package let emptyKernels: Int
    /// Kept weights out of each of the I numbers of an example, in their order; of a fully connected first layer alone.
    package let inputs: [Int]?

    /// A layer's structure.
    package init(
      name: String, shape: [Int], kept: Int, incoming: Degrees, outgoing: Degrees,
      positions: [Int], emptyKernels: Int, inputs: [Int]? = nil
    ) {
      self.name = name
      self.shape = shape
      self.kept = kept
      self.incoming = incoming
      self.outgoing = outgoing
      self.positions = positions
      self.emptyKernels = emptyKernels
      self.inputs = inputs
    }
  }

  /// In network order.
  package let layers: [Layer]

  /// A mask's structure.
  package init(layers: [Layer]) { self.layers = layers }
}
