import Randomness
package import Recipes

/// How many training examples each class has beside those that are held out, counted without reading more
/// than it takes.
package struct ClassCounts: Hashable, Sendable {
  /// Examples of each class; at least as many as were asked for, or all.
  package let counts: [Int]

  private init(counts: [Int]) { self.counts = counts }

  /// The class with the fewest.
  package var smallest: (label: Int, count: Int) {
    let label = counts.indices.min { counts[$0] < counts[$1] } ?? 0
    return (label, counts.isEmpty ? 0 : counts[label])
  }

  /// Whether examples of `source` can be counted within a fraction of a second. Where a teacher would label
  /// them for longer, that is left to those who train on them.
  package static func isCheap(_ source: DatasetSource) -> Bool {
    !(source == .ofProgram) && source.reader.isCheap(source)
  }

  /// Counts until every class has `enough`.
  ///
  /// - Parameters:
  ///   - specification: the dataset.
  ///   - paths: for every name in `source.files`, where the file is.
  ///   - folder: training images of each class in an image folder, which come class by class.
  package init(
    of specification: DatasetSpecification, upTo enough: Int, paths: [String: String],
    folder: [Int] = []
  ) throws(DatasetError) {
    let heldOut = specification.heldOut()
    var counts = [Int](repeating: 0, count: specification.source.classes)
    var (example, lacking) = (0, counts.count)
    let source = specification.source
    try source.reader.visitLabels(source, .training, paths, folder) { label in
      if !heldOut.contains(example) {
        counts[label] += 1
        if counts[label] == enough { lacking -= 1 }
      }
      example += 1
      return lacking > 0
    }
    self.counts = counts
  }
}

extension ClassCounts {
  /// Counts all examples of a split; those held out of the training part are the validation split.
  ///
  /// - Parameters:
  ///   - split: which examples.
  ///   - folder: images of each class in an image folder's part that the split is of, which come class by class.
  package init(
    of split: Split, _ specification: DatasetSpecification, paths: [String: String],
    folder: [Int] = []
  ) throws(DatasetError) {
    let source = specification.source
    let heldOut = specification.heldOut()
    var counts = [Int](repeating: 0, count: source.classes)
    var example = 0
    try source.reader.visitLabels(source, split == .test ? .test : .training, paths, folder) {
      label in
      let isCounted =
        switch split {
        case .test: true
        case .train: !heldOut.contains(example)
        case .validation: heldOut.contains(example)
        }
      if isCounted { counts[label] += 1 }
      example += 1
      return true
    }
    self.init(counts: counts)
  }

  /// The share of the class with the most examples; 0 without any.
  package var commonestShare: Double {
    let all = counts.reduce(0, +)
    return all == 0 ? 0 : Double(counts.max() ?? 0) / Double(all)
  }
}

extension DatasetSpecification {
  /// Indices of the training part's examples that are held out for validation.
  package func heldOut() -> Set<Int> {
    var stream = RandomStream(split)
    return Set(stream.choose(validation, from: source.trainCount))
  }
}
