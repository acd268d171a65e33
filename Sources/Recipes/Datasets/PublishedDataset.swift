package import Foundation

/// A dataset as its mirror offers it: which files, and the digests that tell them from damaged ones.
package struct PublishedDataset: Sendable {
  /// One file of a mirror.
  package struct File: Sendable {
    /// How it is checked, and what becomes of it.
    package enum Contents: Sendable {
      /// A gzipped file, kept as it is; SHA-256 and size in bytes are of what it unpacks to, so that any
      /// packer's file will do.
      case gzipped(sha256: String, bytes: Int)
      /// A gzipped tar archive, unpacked and then deleted; SHA-256 and size in bytes are of the archive, and
      /// `members` are the sizes of the files in its folder.
      case archive(sha256: String, bytes: Int, members: [String: Int])
    }

    /// Name below the mirror's address.
    package let name: String
    /// How it is checked.
    package let contents: Contents

    /// No file that is this one has more bytes: what gzip cannot pack grows by less than a hundredth.
    package var largest: Int {
      switch contents {
      case .gzipped(_, let bytes): bytes + bytes / 100 + 4096
      case .archive(_, let bytes, _): bytes
      }
    }

    /// A file of a mirror.
    package init(_ name: String, _ contents: Contents) {
      self.name = name
      self.contents = contents
    }
  }

  /// Name in suites.
  package let name: String
  /// Where the files are.
  package let mirror: URL
  /// The folder that holds the dataset afterwards, where suites look for it; an archive holds it itself.
  package let folder: String
  /// What to fetch.
  package let files: [File]

  /// A dataset of a mirror.
  package init(name: String, mirror: String, folder: String, files: [File]) {
    guard let mirror = URL(string: mirror) else { preconditionFailure("\(mirror) is no address") }
    self.name = name
    self.mirror = mirror
    self.folder = folder
    self.files = files
  }
}
