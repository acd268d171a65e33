extension UpdateRule {
  /// AdamW: weight decay apart from the gradient.
  package static let adamW = UpdateRule(
    "adamw", words: "AdamW", source: "Loshchilov & Hutter, ICLR 2019, algorithm 2",
    learningRate: 0.001, weightDecay: 0.01, options: ofMoments, decaysApart: true,
    moments: { _ in 2 })
}
