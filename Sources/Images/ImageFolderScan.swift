import Digests
import Dispatch
import Foundation
package import Recipes

/// What a folder of images holds, from every file in it.
package struct ImageFolderScan: Hashable, Sendable {
  /// Images that are read although the library that reads them warns.
  package struct Warned: Hashable, Sendable {
    /// How many.
    package let count: Int
    /// The first, below the folder, and the library's words on it.
    package let first, words: String
  }

  /// Classes, shape and counts.
  package let specification: ImageFolderSpecification
  /// SHA-256 of all file names with the SHA-256 of their contents, in their order.
  package let digest: String
  /// Names of the classes by label.
  package let classes: [String]
  /// Training images of each class.
  package let trainingCounts: [Int]
  /// The same of the test part.
  package let testCounts: [Int]
  /// Images that are read with a warning; `nil` where there are none.
  package let warned: Warned?
  /// What stands among the images and is not read.
  package let passedOver: ImageFolder.PassedOver

  /// Reads every file of `folder` once, and unpacks it, so that damage shows before anything runs.
  ///
  /// - Throws: ``ImageError`` for images that are damaged or of different sizes, all named together.
  package init(_ folder: ImageFolder) throws(ImageError) {
    let items = folder.items
    let outcomes = Parallel.map(items.count) { index -> Result<Fact, EncodedImage.Failure> in
      Result { () throws(EncodedImage.Failure) in
        try Fact("\(folder.folder)/\(items[index].path)")
      }
    }
    let facts = try ImageError.successes(outcomes, of: items, in: folder)
    let first = facts[0].header
    let others = facts.indices.filter { !facts[$0].header.hasSize(of: first) }
    if let other = others.first {
      throw .sizesDiffer(
        file: "\(folder.folder)/\(items[other].path)", size: facts[other].header.size,
        count: others.count, first: items[0].path, firstSize: first.size)
    }
    let isGrey = facts.allSatisfy { $0.header.form == .grey }
    specification = ImageFolderSpecification(
      classes: folder.classes.count,
      shape: ExampleShape(
        channels: isGrey ? 1 : 3, height: first.height, width: first.width),
      train: folder.train.count, test: folder.test.count,
      converted: isGrey ? 0 : facts.count { $0.header.form != .rgb })
    digest = try Self.digest(of: folder, files: facts.map(\.digest))
    classes = folder.classes
    func counts(_ items: [ImageFolder.Item]) -> [Int] {
      items.reduce(into: [Int](repeating: 0, count: folder.classes.count)) { $0[$1.label] += 1 }
    }
    trainingCounts = counts(folder.train)
    testCounts = counts(folder.test)
    warned = facts.firstIndex { $0.warning != nil }.map { index in
      Warned(
        count: facts.count { $0.warning != nil }, first: items[index].path,
        words: facts[index].warning ?? "")
    }
    passedOver = folder.passedOver
  }

  /// The digest of a folder whose images have the digests `files`.
  static func digest(of folder: ImageFolder, files: [FileDigest]) throws(ImageError) -> String {
    var sum = Digest.Sum()
    func add(_ path: String, _ digest: FileDigest) {
      sum.add(Data("\(path)\0\(digest.spelling)\n".utf8))
    }
    for (item, digest) in zip(folder.items, files) { add(item.path, digest) }
    if let annotations = folder.annotations {
      let path = "\(folder.folder)/\(annotations)"
      do throws(FileFault) {
        add(annotations, FileDigest(try InputFile.bytes(of: path), revision: 1))
      } catch { throw .missing(path: path, problem: error.problem) }
    }
    return sum.digest.hexadecimal
  }

  /// The SHA-256 of a file's bytes, and which of the toolkit's ways to read them gave the pixels.
  struct FileDigest: Sendable {
    private let digest: Digest
    private let revision: Int

    init(_ bytes: [UInt8], revision: Int) {
      digest = Digest.sha256(of: bytes)
      self.revision = revision
    }

    /// What a folder's digest is made from; images that were never read in another way keep theirs.
    var spelling: String { digest.hexadecimal + (revision == 1 ? "" : "\0\(revision)") }
  }

  /// What one file says.
  private struct Fact: Sendable {
    let digest: FileDigest
    let header: EncodedImage.Header
    let warning: String?

    init(_ path: String) throws(EncodedImage.Failure) {
      let bytes = try EncodedImage.bytes(of: path)
      let image = try EncodedImage(bytes)
      header = try image.header()
      warning = try image.check(header)
      digest = FileDigest(bytes, revision: header.revision)
    }
  }
}

extension ImageError {
  /// All values, or every file that has none.
  static func successes<Value>(
    _ outcomes: [Result<Value, EncodedImage.Failure>], of items: [ImageFolder.Item],
    in folder: ImageFolder
  ) throws(ImageError) -> [Value] {
    var (values, damages): ([Value], [Damage]) = ([], [])
    for (item, outcome) in zip(items, outcomes) {
      switch outcome {
      case .success(let value): values.append(value)
      case .failure(let failure):
        damages.append(Damage(file: "\(folder.folder)/\(item.path)", problem: failure.problem))
      }
    }
    guard damages.isEmpty else { throw .damaged(damages) }
    return values
  }
}

/// Work on many files with all cores.
enum Parallel {
  /// What `body` makes of 0 ..< `count`, called in any order and at the same time.
  static func map<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
    var values = [Value?](repeating: nil, count: count)
    values.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let buffer = buffer
      // Slices, since a dispatched call costs as much as a small image.
      let slice = 32
      DispatchQueue.concurrentPerform(iterations: (count + slice - 1) / slice) { part in
        for index in (part * slice)..<min(count, (part + 1) * slice) { buffer[index] = body(index) }
      }
    }
    return values.compactMap(\.self)
  }
}
