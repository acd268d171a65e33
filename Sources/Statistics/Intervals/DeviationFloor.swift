extension SampleSummary {
  /// The same sample with a standard deviation of at least `floor`, in the sample's unit.
  ///
  /// Accuracies on N test examples are whole numbers of examples, so a few differences may well be equal
  /// though the runs are not: a standard deviation of 0, with an interval that is a point and p-values of 0,
  /// would claim a certainty that the test set cannot give. The floor is the step of the scale,
  /// ``oneExample(of:)``. Of normal differences that spread by one step, five are equal in at most 1 % of
  /// cases and eight in at most 0.05 %; with so much spread equality is unlikely, so the floor rather claims
  /// too little than too much.
  ///
  /// Every smaller standard deviation is raised, not only 0: else n − 1 equal differences and one that is a
  /// step away (s = one step / √n) would count as more certain than n equal ones.
  package func withDeviation(atLeast floor: Double) -> SampleSummary {
    precondition(
      0 <= floor && floor < .infinity, "a standard deviation of at least \(floor)")
    return SampleSummary(
      count: count, mean: mean, standardDeviation: max(standardDeviation, floor))
  }

  /// One of `examples` test examples in accuracy points, 100 / N: the least difference of two accuracies.
  package static func oneExample(of examples: Int) -> Double {
    precondition(examples > 0, "one of \(examples) examples")
    return 100 / Double(examples)
  }
}
