package import Laboratory
import Networks
import Pruning
package import Recipes

extension MaskOverlapRecipe: SoloAct {
  /// Counts what both masks keep.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> MaskOverlap {
    let network = Network(problem)
    let masks = try Self.roles.map { try assignment.mask(in: $0, for: network) }
    return MaskOverlap(of: masks[0], and: masks[1])
  }
}
