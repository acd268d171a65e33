package import Laboratory
import Networks
import Pruning
package import Recipes

extension MaskOverlapRecipe: SoloAct {
  /// Counts what both masks keep.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> MaskOverlap {
    let network = Network(problem)
    let masks = try Self.roles.map { try assignment.mask(in: $0, for: network) }
    return MaskOverlap(
      layers: zip(masks[0].layers, masks[1].layers).map { first, second in
        var both = 0
        for (one, other) in zip(first.kept, second.kept) { both += Int(one & other) }
        return MaskOverlap.Layer(
          name: first.name, size: first.kept.count, first: first.count.kept,
          second: second.count.kept, both: both)
      })
  }
}
