extension Criterion {
  /// Uniform random scores: the field's baseline.
  package static let random = Criterion(
    name: "random", words: "random scores",
    formula: "uniform on [0, 1), drawn for each weight by itself",
    source: "the field's baseline", reads: .nothing,
    cost: Cost(passes: 0, bytesPerWeight: 12, bytesPerOutput: 0))
}
