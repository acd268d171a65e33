import Foundation

/// What can be wrong with a folder of images.
package enum ImageError: Error, Hashable, Sendable {
  /// One file and what is wrong with it.
  package struct Damage: Hashable, Sendable {
    /// Path of the file.
    package let file: String
    /// What is wrong, after the file's name.
    package let problem: String
  }

  /// A folder or file that is not there or cannot be read.
  case missing(path: String, problem: String)
  /// Images that cannot be decoded.
  case damaged([Damage])
  /// Classes that only one of two splits has.
  case classesDiffer(
    folder: String, splits: [String], onlyInFirst: [String], onlyInSecond: [String])
  /// Folders of two classes whose names are the same text in different bytes.
  case lookAlike(folder: String, name: String, bytes: [[UInt8]])
  /// A file or folder whose name is no text.
  case unreadableName(folder: String, bytes: [UInt8])
  /// More classes than labels can tell apart.
  case tooManyClasses(folder: String, count: Int, largest: Int)
  /// Images of another size than the first one's, sizes as width×height.
  case sizesDiffer(file: String, size: String, count: Int, first: String, firstSize: String)
  /// Tiny ImageNet's labels do not fit its images.
  case annotations(file: String, problem: String)
  /// The folder is not the one that the recipe names.
  case changed(folder: String, expected: String, found: String)
  /// A file of decoded images that cannot be read.
  case unreadable(path: String, reason: String)
  /// A file or folder that cannot be written.
  case unwritable(path: String, reason: String)
}

extension ImageError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .missing(let path, let problem):
      "\(path): \(problem); images stand in train/CLASS/ and test/CLASS/ or val/CLASS/"
    case .damaged(let images):
      images.prefix(5).map { "\($0.file): \($0.problem)" }.joined(separator: "; ")
        + (images.count > 5 ? "; and \(images.count - 5) more" : "")
        + "; fetch or remove \(images.count == 1 ? "the file" : "the files")"
    case .classesDiffer(let folder, let splits, let first, let second):
      "\(folder): its splits have different classes: "
        + zip(splits, [first, second]).filter { !$0.1.isEmpty }
        .map { "only in \($0.0) \(Self.listed($0.1))" }.joined(separator: ", ")
        + "; give every class a folder in both"
    case .lookAlike(let folder, let name, let bytes):
      "\(folder): two classes are called `\(name)`, in the bytes "
        + bytes.map(Self.spelled).joined(separator: " and in ")
        + "; rename one, or put their images together"
    case .unreadableName(let folder, let bytes):
      "\(folder): holds `\(String(decoding: bytes, as: UTF8.self))`, in the bytes "
        + "\(Self.spelled(bytes)), which are no UTF-8; rename it"
    case .tooManyClasses(let folder, let count, let largest):
      "\(folder): holds folders of \(count) classes; at most \(largest) can be told apart"
    case .sizesDiffer(let file, let size, let count, let first, let firstSize):
      "\(file): is \(size) where \(first) is \(firstSize)"
        + (count > 1 ? ", and so are \(count - 1) more not" : "")
        + "; scale all images to one size"
    case .annotations(let file, let problem): "\(file): \(problem); fetch the dataset again"
    case .changed(let folder, let expected, let found):
      "\(folder): the SHA-256 of its images is \(found.prefix(12))… and the plan was made for "
        + "\(expected.prefix(12))…: a file changed; start the run again"
    case .unreadable(let path, let reason): "\(path): \(reason)"
    case .unwritable(let path, let reason):
      "\(path): cannot be written (\(reason)); check its permissions and the space left"
    }
  }

  private static func spelled(_ bytes: [UInt8]) -> String {
    bytes.map { String(format: "%02x", $0) }.joined(separator: " ")
  }

  private static func listed(_ names: [String]) -> String {
    names.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
      + (names.count > 10 ? " and \(names.count - 10) more" : "")
  }
}
