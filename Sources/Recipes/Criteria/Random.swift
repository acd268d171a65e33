extension Criterion {
  /// Uniform random scores: the field's baseline.
  package static let random = Criterion(
    name: "random", words: "random scores", source: "the field's baseline", reads: .nothing,
    cost: Cost(passes: 0, bytesPerWeight: 12, bytesPerOutput: 0))
}
