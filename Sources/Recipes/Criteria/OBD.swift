extension Criterion {
  /// ½ · hₖₖ · w², h the diagonal of the Hessian, whose paper drops the terms of h that can be negative. Logits of ReLU
  /// networks are piecewise linear in each single weight, so these terms vanish there; they remain with batch norm in
  /// train mode, and estimates scatter about zero. Such scores keep their sign: the removal is predicted not to raise the
  /// loss, so these weights go first. `absolute` ranks by |½ · hₖₖ · w²| instead.
  ///
  /// OBD is older than batch norm: its Hessian is that of the network as it answers, so running statistics stand.
  package static let obd = ofGradients(
    "obd", words: "OBD",
    formula:
      "½ · hₖₖ · w² with h the diagonal of the Hessian of L, the mean cross-entropy over the scoring set",
    source: "LeCun, Denker & Solla, NeurIPS 1989",
    options: [
      .flag("exact", words: "exact diagonal", help: "one Hessian–vector product for each weight"),
      .integer(
        "probes", 1...1_000_000, default: 100, idleWhere: ("exact", "an exact diagonal"),
        words: "diagonal from {Hutchinson probe}", help: "vectors that estimate the diagonal"),
      .integer(
        "exact-up-to", 0...HessianDiagonal.largestExact, default: 0,
        idleWhere: ("exact", "an exact diagonal"), words: "tensors up to {weight} exactly",
        help: "tensors up to so many weights exactly"),
      .flag("absolute", words: "absolute", help: "keep the largest absolute scores"),
    ],
    mode: .eval, verbs: ["hessian-vector"],
    cost: Cost(bytesPerWeight: 64, bytesPerOutput: 40) { options, sizes in
      2 * Double(1 + 2 * HessianDiagonal(options).products(of: sizes))
    }
  ) { options, sizes in
    let count = HessianDiagonal(options).exactCount(of: sizes)
    return count <= HessianDiagonal.largestExact
      ? nil
      : OptionFault(
        ["exact", "exact-up-to"],
        "does not apply to \(count) weights, one Hessian–vector product each; write an `exact-up-to` that leaves no more "
          + "than \(HessianDiagonal.largestExact)")
  }
}

extension HessianDiagonal {
  /// What OBD's `options` say.
  package init(_ options: OptionValues) {
    self =
      options.flag("exact")
      ? .exact
      : .hutchinson(
        probes: options.integer("probes"), exactUpTo: options.integer("exact-up-to"))
  }
}
