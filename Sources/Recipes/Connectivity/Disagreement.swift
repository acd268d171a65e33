/// On how many examples two classifiers differ.
package struct Disagreement: Hashable, Sendable, Codable {
  /// Examples whose predicted classes differ.
  package let differing: Int
  /// Examples.
  package let count: Int
  /// The fraction that would differ, were both predictions independent given the true class.
  package let expected: Double

  /// Fraction of examples that differ.
  package var fraction: Double { Double(differing) / Double(count) }
}

extension Disagreement {
  /// Compares the predicted classes `first` and `second` of examples of the classes `labels`.
  ///
  /// Independence leaves each classifier its own confusions: with n_c of n examples in class c and
  /// p(j | c) the fraction of those that a classifier calls j,
  ///
  ///     expected = Σ_c n_c/n · (1 − Σ_j p_A(j | c) · p_B(j | c)).
  package init(of first: [Int], and second: [Int], labels: [Int]) {
    precondition(
      first.count == second.count && first.count == labels.count && !labels.isEmpty,
      "\(first.count) and \(second.count) predictions of \(labels.count) labels")
    let classes = max(first.max()!, second.max()!, labels.max()!) + 1
    func confusion(_ predictions: [Int]) -> [Double] {
      var counts = [Double](repeating: 0, count: classes * classes)
      for (label, prediction) in zip(labels, predictions) {
        counts[label * classes + prediction] += 1
      }
      return counts
    }
    let (a, b) = (confusion(first), confusion(second))
    var agreeing = 0.0
    for row in 0..<classes {
      let entries = row * classes..<(row + 1) * classes
      let size = a[entries].reduce(0, +)
      guard size > 0 else { continue }
      agreeing += zip(a[entries], b[entries]).reduce(0) { $0 + $1.0 * $1.1 } / size
    }
    self.init(
      differing: zip(first, second).count { $0 != $1 }, count: labels.count,
      expected: 1 - agreeing / Double(labels.count))
  }
}
