extension UpdateRule {
  /// Stochastic gradient descent with momentum as in PyTorch: `v ← μv + g; w ← w − η v`
  /// (Nesterov: `w ← w − η (g + μv)`), weight decay added to g.
  package static let sgd = UpdateRule(
    "sgd", words: "SGD", source: "as in PyTorch", learningRate: 0.1, weightDecay: 0,
    options: [
      .number("momentum", .from0Below1, default: 0, words: "momentum {}", help: "of the velocity"),
      .flag("nesterov", words: "Nesterov", help: "Nesterov's form of momentum"),
    ],
    moments: { $0.number("momentum") == 0 ? 0 : 1 }
  ) { options in
    options.flag("nesterov") && options.number("momentum") == 0
      ? OptionFault(
        ["nesterov"],
        "Nesterov's form needs momentum; write a momentum above 0 or `nesterov: false`") : nil
  }
}
