extension Criterion {
  /// +w · (H g), so that the published −w · H g is pruned from its top; `absolute` keeps the largest |w · (H g)|
  /// instead (as in Frankle et al., ICLR 2021). Logits are divided by `temperature`.
  package static let grasp = ofGradients(
    "grasp", words: "GraSP",
    formula:
      "w · (H g) with g and H the gradient and the Hessian of L, the mean cross-entropy over the scoring set, logits divided by the temperature",
    source: "Wang et al., ICLR 2020, eq. 8",
    options: [
      .number(
        "temperature", as: "temperature", .above0, default: 200, words: "temperature {}",
        help: "logits are divided by it"),
      .flag("absolute", words: "absolute", help: "keep the largest absolute scores"),
    ],
    verbs: ["gradient", "hessian-vector"],
    // The graph of the gradients is differentiated again.
    cost: Cost(passes: 8, bytesPerWeight: 64, bytesPerOutput: 40))
}
