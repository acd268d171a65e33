/// A dataset: where examples come from, and what is known of it before any is read.
package struct DatasetKind: Descriptor {
  /// Every dataset. A new one joins by a line here and one in `Reader.all`.
  package static let all: [DatasetKind] = [
    .digits, .mnist, .cifar10, .cifar100, .images, .gaussianMixture, .teacherStudent, .shapeOnly,
  ]
  package static let sort = "dataset"

  /// What a dataset holds.
  package struct Contents: Sendable {
    /// Shape of one example.
    package let shape: ExampleShape
    /// Numbers of classes, of training examples before validation is held out, and of test examples.
    package let classes, train, test: Int

    init(_ shape: ExampleShape, classes: Int, train: Int, test: Int) {
      (self.shape, self.classes, self.train, self.test) = (shape, classes, train, test)
    }
  }

  package let name: String
  package let words: String
  package var owner: String { name == Self.shapeOnly.name ? words : name }
  package let source: String
  package let options: [CheckedOption]
  /// The whole mapping where the name alone does not say enough, and what that must say too, such as `its size`.
  package let mapping: (example: String, states: String)?
  /// Names of the files this is read from, in the order in which they are digested; each may also end in `.gz`. Empty where
  /// nothing is read; an image folder counts as one.
  package let files: [String]
  /// Where below a data folder the files may be, beside the folder itself and one of the dataset's name.
  package let folder: String?
  /// SHA-256 of the file that the toolkit carries; `nil` where it carries none.
  package let embeddedDigest: String?
  /// Where it can be fetched.
  package let published: PublishedDataset?
  /// Whether examples are images, which can be varied.
  package let areImages: Bool
  /// Validation examples held out of the training part unless a suite states another number; `nil` for a tenth.
  package let validation: Int?
  private let normalize: @Sendable (ExampleShape) -> Normalization
  private let describe: @Sendable (OptionValues) -> Contents
  private let check: @Sendable (OptionValues) -> OptionFault?

  init(
    _ name: String, words: String, source: String, options: [CheckedOption] = [],
    mapping: (example: String, states: String)? = nil, files: [String] = [],
    folder: String? = nil, embeddedDigest: String? = nil, published: PublishedDataset? = nil,
    areImages: Bool = true, validation: Int?,
    normalization: @escaping @Sendable (ExampleShape) -> Normalization,
    contents: @escaping @Sendable (OptionValues) -> Contents,
    check: @escaping @Sendable (OptionValues) -> OptionFault? = { _ in nil }
  ) {
    (self.name, self.words, self.source) = (name, words, source)
    (self.options, self.mapping, self.files, self.folder) = (options, mapping, files, folder)
    (self.embeddedDigest, self.published) = (embeddedDigest, published)
    (self.areImages, self.validation) = (areImages, validation)
    (normalize, describe, self.check) = (normalization, contents, check)
  }

  package func fault(in options: OptionValues, sizes: [Int]) -> OptionFault? { check(options) }

  /// What it holds with these options.
  package func contents(_ options: OptionValues) -> Contents { describe(options) }

  /// The normalization of examples of `shape` unless a suite states another.
  package func normalization(_ shape: ExampleShape) -> Normalization { normalize(shape) }
}

/// Where examples come from: a dataset with its options.
package typealias DatasetSource = Described<DatasetKind>

extension Described<DatasetKind> {
  /// Names of its files; see ``DatasetKind/files``.
  package var files: [String] { descriptor.files }
  private var contents: DatasetKind.Contents { descriptor.contents(options) }
  /// Shape of one example.
  package var shape: ExampleShape { contents.shape }
  /// Number of classes.
  package var classes: Int { contents.classes }
  /// Training examples before validation is held out.
  package var trainCount: Int { contents.train }
  /// Test examples.
  package var testCount: Int { contents.test }
  /// The normalization used unless a suite states another.
  package var defaultNormalization: Normalization { descriptor.normalization(shape) }
  /// Validation examples held out of the training part unless a suite states another number.
  package var defaultValidation: Int { descriptor.validation ?? trainCount / 10 }
}
