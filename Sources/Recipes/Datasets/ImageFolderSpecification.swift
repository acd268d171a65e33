/// What a folder of images holds, found by looking at every file; the folder's digest goes beside it,
/// and where the folder is does not matter.
package struct ImageFolderSpecification: Hashable, Sendable, Codable {
  /// The name under which the folder counts as a dataset's one file.
  package static let file = "folder"

  /// Number of classes: folders below `train`.
  package let classes: Int
  /// Shape that all images have; one channel where all are grey.
  package let shape: ExampleShape
  /// Training images.
  package let train: Int
  /// Test images.
  package let test: Int
  /// Images that become RGB from another form: grey ones, and those with transparency, which is dropped.
  package let converted: Int

  /// A folder's contents.
  package init(classes: Int, shape: ExampleShape, train: Int, test: Int, converted: Int) {
    self.classes = classes
    self.shape = shape
    self.train = train
    self.test = test
    self.converted = converted
  }
}
