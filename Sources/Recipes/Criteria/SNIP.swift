/// The two readings of SNIP for a scoring set larger than one batch.
package enum SNIPReading: String, CaseIterable {
  /// Sum the gradient over the scoring set, then take the absolute value (SNIP's paper and the
  /// SynFlow authors' code).
  case sumThenAbsolute = "sum-then-absolute"
  /// Absolute value per batch, then the mean over batches (Frankle et al., ICLR 2021).
  case absoluteThenMean = "absolute-then-mean"
}

extension Criterion {
  /// |w · ∂L/∂w|.
  package static let snip = ofGradients(
    "snip", words: "SNIP",
    formula: "|w · ∂L/∂w| with L the mean cross-entropy over the scoring set",
    source: "Lee et al., ICLR 2019, eq. 4",
    options: [
      .choice(
        "reading", of: "reading of SNIP", default: SNIPReading.sumThenAbsolute, words: "{}",
        help: "absolute of the sum over batches, or mean of absolutes"
      )
    ])
}
