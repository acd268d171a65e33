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
    var largest: Int {
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
  package init(name: String, mirror: URL, folder: String, files: [File]) {
    self.name = name
    self.mirror = mirror
    self.folder = folder
    self.files = files
  }

  /// MNIST, gzipped IDX files, from the mirror that torchvision uses. The digests are of the files that
  /// LeCun, Cortes & Burges published; 11 MB.
  package static let mnist = PublishedDataset(
    name: "mnist", mirror: URL(string: "https://ossci-datasets.s3.amazonaws.com/mnist/")!,
    folder: "mnist",
    files: [
      File(
        "train-images-idx3-ubyte.gz",
        .gzipped(
          sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
          bytes: 47_040_016)),
      File(
        "train-labels-idx1-ubyte.gz",
        .gzipped(
          sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
          bytes: 60_008)),
      File(
        "t10k-images-idx3-ubyte.gz",
        .gzipped(
          sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
          bytes: 7_840_016)),
      File(
        "t10k-labels-idx1-ubyte.gz",
        .gzipped(
          sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
          bytes: 10_008)),
    ])

  /// CIFAR-10's binary version from its author's page, 170 MB. The archive's digest determines its files;
  /// theirs are taken when it is unpacked.
  package static let cifar10 = PublishedDataset(
    name: "cifar-10", mirror: URL(string: "https://www.cs.toronto.edu/~kriz/")!,
    folder: "cifar-10-batches-bin",
    files: [
      File(
        "cifar-10-binary.tar.gz",
        .archive(
          sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
          bytes: 170_052_171,
          members: Dictionary(
            uniqueKeysWithValues: ((1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"])
              .map { ($0, 30_730_000) })))
    ])

  /// CIFAR-100's binary version from its author's page, 169 MB.
  package static let cifar100 = PublishedDataset(
    name: "cifar-100", mirror: URL(string: "https://www.cs.toronto.edu/~kriz/")!,
    folder: "cifar-100-binary",
    files: [
      File(
        "cifar-100-binary.tar.gz",
        .archive(
          sha256: "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
          bytes: 168_513_733,
          members: ["train.bin": 153_700_000, "test.bin": 30_740_000]))
    ])
}
