import Recipes

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
        images: files[images], labels: files[labels], shape: source.shape, classes: source.classes)
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
}
