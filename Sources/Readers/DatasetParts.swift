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
    (training, test) = try specification.source.reader.read(specification, paths)
  }
}
