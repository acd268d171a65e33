import Recipes

extension Reader {
  /// A dataset in four IDX files, packed or not: images and labels to train on, images and labels to test on, in the
  /// order of the descriptor's files.
  init(idx kind: DatasetKind) {
    self.init(
      kind, read: IDXDataset.read,
      visitLabels: { (source, part, paths, _, body) throws(DatasetError) in
        let (file, count) =
          switch part {
          case .training: (1, source.trainCount)
          case .test: (3, source.testCount)
          }
        let path = try FileDigest.path(of: source.files[file], in: paths)
        _ = try IDXDataset.labels(path, count, of: source).allSatisfy { body(Int($0)) }
      }, check: IDXDataset.check)
  }
}

/// A dataset in four IDX files.
enum IDXDataset {
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

  /// Throws unless the files hold what ``read(_:paths:)`` expects of `source`.
  static func check(_ source: DatasetSource, paths: [String: String]) throws(DatasetError) {
    for (first, count) in [(0, source.trainCount), (2, source.testCount)] {
      let images = try FileDigest.path(of: source.files[first], in: paths)
      try IDX.checkImages(images, count: count, shape: source.shape)
      _ = try labels(try FileDigest.path(of: source.files[first + 1], in: paths), count, of: source)
    }
  }

  /// The `count` labels of one file.
  static func labels(_ path: String, _ count: Int, of source: DatasetSource)
    throws(DatasetError) -> [UInt8]
  {
    let labels = try IDX.readLabels(path, count: count, classes: source.classes)
    guard labels.count == count else {
      throw .malformed(file: path, problem: "holds \(labels.count) labels, not \(count)")
    }
    return labels
  }
}
