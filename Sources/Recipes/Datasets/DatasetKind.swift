/// A dataset: where examples come from, and what is known of it before any is read.
package struct DatasetKind: Descriptor {
  /// Every dataset. A new one joins by a line here and one in `Reader.all`.
  package static let all: [DatasetKind] = [
    .digits, .mnist, .cifar10, .cifar100, .images, .file, .gaussianMixture, .teacherStudent,
    .shapeOnly,
  ]
  package static let sort = "dataset"
  package static let unlisted = [ofProgram]

  /// What a dataset holds.
  package struct Contents: Sendable {
    /// Shape of one example.
    package let shape: ExampleShape
    /// Numbers of classes, of training examples before validation is held out, and of test examples.
    package let classes, train, test: Int
  }

  package let name: String
  package let words: String
  package var owner: String { name == Self.shapeOnly.name ? words : name }
  package let source: String
  package private(set) var options: [CheckedOption] = []
  /// The whole mapping where the name alone does not say enough, and what that must say too, such as `its size`.
  package private(set) var mapping: (example: String, states: String)?
  /// Names of the files this is read from, in the order in which they are digested; each may also end in `.gz`. Empty where
  /// nothing is read; an image folder counts as one.
  package private(set) var files: [String] = []
  /// Where below a data folder the files may be, beside the folder itself and one of the dataset's name.
  package private(set) var folder: String?
  /// SHA-256 of the file that the toolkit carries; `nil` where it carries none.
  package private(set) var embeddedDigest: String?
  /// Where it can be fetched.
  package private(set) var published: PublishedDataset?
  /// Whether examples are images, which can be varied.
  package private(set) var areImages = true
  /// Validation examples held out of the training part unless a suite states another number; `nil` for a tenth.
  package let validation: Int?
  /// The normalization of examples unless a suite states another.
  package let normalization: @Sendable (OptionValues) -> Normalization
  /// What it holds with these options.
  package let contents: @Sendable (OptionValues) -> Contents
  var check: @Sendable (OptionValues) -> OptionFault? = { _ in nil }

  package func fault(in options: OptionValues, sizes: [Int]) -> OptionFault? { check(options) }
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
  /// Whether examples are images, which can be varied; lines of numbers of a user's own are none.
  package var areImages: Bool {
    descriptor.areImages && (trainingFile == nil || shape.height * shape.width > 1)
  }
  /// Training examples before validation is held out.
  package var trainCount: Int { contents.train }
  /// Test examples.
  package var testCount: Int { contents.test }
  /// The normalization used unless a suite states another.
  package var defaultNormalization: Normalization { descriptor.normalization(options) }
  /// Validation examples held out of the training part unless a suite states another number.
  package var defaultValidation: Int { descriptor.validation ?? trainCount / 10 }
}
