extension UpdateRule {
  /// Adam, weight decay added to the gradient.
  package static let adam = UpdateRule(
    "adam", words: "Adam", source: "Kingma & Ba, ICLR 2015, algorithm 1", learningRate: 0.001,
    weightDecay: 0, options: ofMoments, moments: { _ in 2 })

  /// The constants of Adam's moments.
  static let ofMoments: [CheckedOption] = [
    .number(
      "beta1", .from0Below1, default: 0.9, words: "β₁ {}", help: "decay of the first moment"),
    .number(
      "beta2", .from0Below1, default: 0.999, words: "β₂ {}", help: "decay of the second moment"),
    .number(
      "epsilon", .above0, default: 1e-8, words: "ε {}", help: "added to the second moment's root"),
  ]
}
