package import Laboratory
package import Recipes

/// What a run is called by, for whoever looks for it: what is `nil` it has not.
package struct RunPlace: Hashable, Sendable {
  /// The method's name.
  package let method: String?
  /// The names of its ablations joined by ` + `, `none` for the method itself.
  package let ablation: String?
  /// Fraction kept.
  package let density: Density?
  /// Number of the replicate, from 1.
  package let replicate: Int?

  /// A place.
  package init(
    method: String? = nil, ablation: String? = nil, density: Density? = nil, replicate: Int? = nil
  ) {
    (self.method, self.ablation) = (method, ablation)
    (self.density, self.replicate) = (density, replicate)
  }
}

/// A run of a suite with what made it.
package struct PlacedCell: Hashable, Sendable {
  /// What it is called by.
  package let place: RunPlace
  /// The artifacts that its row is read from.
  package let keys: [Key]
}

/// The artifacts behind a run.
package struct CellArtifacts {
  /// Its trained network; `nil` where it trains none.
  package let state: Artifact?
  /// What it is trained under, or is itself.
  package let mask: Artifact?
  /// What the mask ranks; `nil` where it ranks nothing.
  package let scores: Artifact?
  /// All of them and what they need, each after those it needs.
  package let all: [Artifact]

  /// The artifacts of `plan` behind `cell`.
  package init(of cell: PlacedCell, in plan: Plan) {
    var wanted: Set<Key> = []
    var open = cell.keys
    while let key = open.popLast() {
      guard wanted.insert(key).inserted, let artifact = plan[key] else { continue }
      open += artifact.inputs.values
    }
    all = plan.artifacts.filter { wanted.contains($0.key) }
    let own = cell.keys.compactMap { plan[$0] }
    state = own.first { $0.kind == StateRecipe.kind }
    func input(_ artifact: Artifact?, _ role: String) -> Artifact? {
      artifact?.inputs[role].flatMap { plan[$0] }
    }
    let masks = [MaskRecipe.kind, AblatedMaskRecipe.kind, ImportedMaskRecipe.kind]
    mask = input(state, InputRole.mask) ?? own.first { masks.contains($0.kind) }
    var ranked = mask
    while let found = ranked, found.inputs[InputRole.scores] == nil {
      ranked = input(found, InputRole.mask)
    }
    scores = input(ranked, InputRole.scores)
  }
}

extension Artifact {
  /// The file of the weights of a state; `nil` for another artifact.
  package var weightsFile: String? {
    kind == StateRecipe.kind ? walk.map { ArtifactFile.weights(after: $0.position) } : nil
  }
}
