import Recipes

extension Reader {
  /// MNIST.
  static let mnist = Reader(
    .mnist, read: MNIST.read,
    visitLabels: { (_, paths, _, body) throws(DatasetError) in
      _ = try MNIST.trainingLabels(paths: paths).allSatisfy { body(Int($0)) }
    },
    check: { (_, paths) throws(DatasetError) in try MNIST.check(paths: paths) })
}

/// MNIST from its four IDX files, packed or not.
///
/// Reference: LeCun, Bottou, Bengio & Haffner, Proceedings of the IEEE 86(11), 1998.
enum MNIST {
  /// Training and test part; `paths` says where each of the source's files is.
  static func read(_ specification: DatasetSpecification, paths: [String: String])
    throws(DatasetError) -> (training: LabelledImages, test: LabelledImages)
  {
    let source = specification.source
    let files = try FileDigest.check(specification, paths: paths)
    func part(_ images: Int, _ labels: Int, expected: Int) throws(DatasetError) -> LabelledImages {
      let part = try IDX.read(
        images: files[images], labels: files[labels], count: expected, shape: source.shape,
        classes: source.classes)
      guard part.count == expected else {
        throw .malformed(
          file: files[images], problem: "holds \(part.count) images, not \(expected)")
      }
      return part
    }
    return (
      try part(0, 1, expected: source.trainCount), try part(2, 3, expected: source.testCount)
    )
  }

  /// Labels of the training part.
  static func trainingLabels(paths: [String: String]) throws(DatasetError) -> [UInt8] {
    let source = DatasetSource(.mnist)
    return try labels(try FileDigest.path(of: source.files[1], in: paths), source.trainCount)
  }

  /// Throws unless the files hold what ``read(_:paths:)`` expects.
  static func check(paths: [String: String]) throws(DatasetError) {
    let source = DatasetSource(.mnist)
    for (first, count) in [(0, source.trainCount), (2, source.testCount)] {
      let images = try FileDigest.path(of: source.files[first], in: paths)
      try IDX.checkImages(images, count: count, shape: source.shape)
      _ = try labels(try FileDigest.path(of: source.files[first + 1], in: paths), count)
    }
  }

  private static func labels(_ path: String, _ count: Int) throws(DatasetError) -> [UInt8] {
    let labels = try IDX.readLabels(path, count: count, classes: DatasetSource(.mnist).classes)
    guard labels.count == count else {
      throw .malformed(file: path, problem: "holds \(labels.count) labels, not \(count)")
    }
    return labels
  }
}
