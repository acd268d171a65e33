package import Recipes

/// What reads or draws the examples of one dataset, found by the name of its descriptor.
package struct Reader: Sendable {
  /// Every reader. A new one joins by a line here and one in `DatasetKind.all`.
  package static let all: [Reader] = [
    .digits, .mnist, .cifar10, .cifar100, .images, .file, .gaussianMixture, .teacherStudent,
    .shapeOnly,
  ]

  /// Training and test part.
  typealias Parts = (training: LabelledImages, test: LabelledImages)
  /// Where the file of each of the source's names is.
  typealias Paths = [String: String]

  /// A part of a dataset.
  enum Part: Sendable {
    /// Examples to train on, those held out for validation among them.
    case training
    case test
  }

  /// The descriptor's name.
  package let name: String
  /// Reads both parts.
  let read: @Sendable (DatasetSpecification, Paths) throws -> Parts
  /// Calls its last argument with the class of each example of a part in its order, until it returns `false`;
  /// `folder` are the numbers of the part's images of each class in an image folder, which come class by class.
  let visitLabels:
    @Sendable (DatasetSource, Part, Paths, _ folder: [Int], (Int) -> Bool) throws(DatasetError)
      -> Void
  /// Throws unless the files hold as many examples as the source has, all of which can be unpacked.
  let check: @Sendable (DatasetSource, Paths) throws(DatasetError) -> Void
  /// Whether examples can be counted within a fraction of a second.
  let isCheap: @Sendable (DatasetSource) -> Bool

  init(
    _ kind: DatasetKind, read: @escaping @Sendable (DatasetSpecification, Paths) throws -> Parts,
    visitLabels:
      @escaping @Sendable (DatasetSource, Part, Paths, _ folder: [Int], (Int) -> Bool)
      throws(DatasetError)
      -> Void,
    check: @escaping @Sendable (DatasetSource, Paths) throws(DatasetError) -> Void = { _, _ in },
    isCheap: @escaping @Sendable (DatasetSource) -> Bool = { _ in true }
  ) {
    name = kind.name
    (self.read, self.visitLabels) = (read, visitLabels)
    (self.check, self.isCheap) = (check, isCheap)
  }
}

extension DatasetSource {
  /// What reads it.
  var reader: Reader {
    guard let reader = Reader.all.first(where: { $0.name == name }) else {
      preconditionFailure("no reader of \(name)")
    }
    return reader
  }

  /// Throws unless the files at `paths` hold as many examples as this source has, all of which can be
  /// unpacked. An image folder is looked at when it is scanned.
  package func checkFiles(at paths: [String: String]) throws(DatasetError) {
    try reader.check(self, paths)
  }
}

extension Reader {
  /// Nothing to read.
  static let shapeOnly = Reader(
    .shapeOnly, read: { _, _ in throw DatasetError.noExamples }, visitLabels: { _, _, _, _, _ in })
}
