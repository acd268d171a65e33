import Images
package import Recipes

/// A dataset's examples as bytes, in the order of its files.
package struct DatasetParts: Sendable {
  /// Examples to train on, those held out for validation among them.
  package let training: LabelledImages
  /// Examples to test on.
  package let test: LabelledImages

  /// Reads or draws the data of `specification`.
  ///
  /// - Parameters:
  ///   - specification: what to read.
  ///   - paths: for every name in `source.files`, where the file is.
  /// - Throws: ``DatasetError`` for files that are missing, malformed, or not those the
  ///   specification's digests name.
  package init(reading specification: DatasetSpecification, paths: [String: String]) throws {
    switch specification.source {
    case .digits: (training, test) = try Digits.read(digest: specification.digests.first)
    case .mnist: (training, test) = try MNIST.read(specification, paths: paths)
    case .cifar10, .cifar100: (training, test) = try CIFAR.read(specification, paths: paths)
    case .images(let folder):
      (training, test) = try ImageFolderFile.read(folder, specification, paths: paths)
    case .gaussianMixture(let synthetic): (training, test) = Synthetic.gaussianMixture(synthetic)
    case .teacherStudent(let synthetic): (training, test) = Synthetic.teacherStudent(synthetic)
    case .shapeOnly: throw DatasetError.noExamples
    }
  }
}

extension DatasetSource {
  /// Throws unless the files at `paths` hold as many examples as this source has, all of which can be
  /// unpacked. An image folder is looked at when it is scanned.
  package func checkFiles(at paths: [String: String]) throws(DatasetError) {
    switch self {
    case .mnist: try MNIST.check(paths: paths)
    case .cifar10, .cifar100: try CIFAR.check(self, paths: paths)
    case .digits, .images, .gaussianMixture, .teacherStudent, .shapeOnly: break
    }
  }
}
