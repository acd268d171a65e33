extension Ablation {
  /// A mask drawn at random with the same densities and scope.
  package static let random = Ablation(
    name: "random", words: "random pruning", source: "Frankle & Carbin, ICLR 2019", stage: .scores,
    act: "draws a mask of the same density by the same scope",
    formula: "the mask of scores drawn from U[0, 1), by the method's scope, at its density",
    isOfMethods: false,
    isOfTickets: true)
}
