package import Recipes

extension SuiteFrame {
  /// Which units of the network can change places; `nil` where the network is wrong itself.
  package var symmetry: PermutationSymmetry? {
    guard let problem else { return nil }
    let source = problem.dataset.source
    return PermutationSymmetry(
      problem.network.fitting(input: source.shape, classes: source.classes))
  }

  /// Notes at `field` layers whose groups hold channels that alignment would move: a doubt, or a fault where nothing is left
  /// to move.
  package func checkAlignment(at field: Field) {
    guard let symmetry, !symmetry.fixing.isEmpty else { return }
    if symmetry.groups.isEmpty {
      field.report(
        .misfit(
          "no hidden units can change places, since \(symmetry.held); ask about a network without"
            + " these groups"))
    } else {
      field.report(.unitsHeld(symmetry.held))
    }
  }
}
