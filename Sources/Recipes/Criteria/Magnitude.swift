extension Criterion {
  /// |w|.
  package static let magnitude = Criterion(
    name: "magnitude", words: "|w|", formula: "|w|", source: "Han et al., NeurIPS 2015",
    reads: .weights,
    cost: Cost(passes: 0, bytesPerWeight: 12, bytesPerOutput: 0))
}
