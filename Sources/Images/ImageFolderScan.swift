import Crypto
import Dispatch
import Foundation
package import Recipes

/// What a folder of images holds, from the header and the digest of every file.
package struct ImageFolderScan: Hashable, Sendable {
  /// Classes, shape and counts.
  package let specification: ImageFolderSpecification
  /// SHA-256 of all file names with the SHA-256 of their contents, in their order.
  package let digest: String

  /// Reads every file of `folder` once.
  ///
  /// - Throws: ``ImageError`` for images that are damaged or of different sizes, all named together.
  package init(_ folder: ImageFolder) throws(ImageError) {
    let items = folder.items
    var facts = [Fact?](repeating: nil, count: items.count)
    facts.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let buffer = buffer
      Parallel.perform(items.count) { index in
        buffer[index] = Fact("\(folder.folder)/\(items[index].path)")
      }
    }
    let found = facts.compactMap(\.self)
    let damages = zip(items, found).compactMap { item, fact -> ImageError.Damage? in
      guard case .failure(let failure) = fact.header else { return nil }
      return ImageError.Damage(file: "\(folder.folder)/\(item.path)", problem: failure.problem)
    }
    guard damages.isEmpty else { throw .damaged(damages) }
    let headers = found.compactMap { try? $0.header.get() }
    let (width, height) = (headers[0].width, headers[0].height)
    let others = headers.indices.filter {
      headers[$0].width != width || headers[$0].height != height
    }
    if let other = others.first {
      throw .sizesDiffer(
        file: "\(folder.folder)/\(items[other].path)", size: headers[other].size,
        count: others.count, first: items[0].path, firstSize: headers[0].size)
    }
    let isGrey = headers.allSatisfy { $0.form == .grey }
    specification = ImageFolderSpecification(
      classes: folder.classes.count,
      shape: ExampleShape(channels: isGrey ? 1 : 3, height: height, width: width),
      train: folder.train.count, test: folder.test.count,
      converted: isGrey ? 0 : headers.count { $0.form != .rgb })
    digest = try Self.digest(of: folder, files: found.map(\.digest))
  }

  /// The digest of a folder whose images have the digests `files`.
  static func digest(of folder: ImageFolder, files: [SHA256.Digest]) throws(ImageError) -> String {
    var hash = SHA256()
    func add(_ path: String, _ digest: SHA256.Digest) {
      hash.update(data: Data("\(path)\0\(digest.hexadecimal)\n".utf8))
    }
    for (item, digest) in zip(folder.items, files) { add(item.path, digest) }
    if let annotations = folder.annotations {
      guard let contents = FileManager.default.contents(atPath: "\(folder.folder)/\(annotations)")
      else { throw .missing(path: "\(folder.folder)/\(annotations)", problem: "cannot be read") }
      add(annotations, SHA256.hash(data: contents))
    }
    return hash.finalize().hexadecimal
  }

  /// One file's digest and header.
  private struct Fact: Sendable {
    let digest: SHA256.Digest
    let header: Result<EncodedImage.Header, EncodedImage.Failure>

    init(_ path: String) {
      let bytes = FileManager.default.contents(atPath: path).map { [UInt8]($0) }
      digest = SHA256.hash(data: bytes ?? [])
      header = Result { () throws(EncodedImage.Failure) in
        guard let bytes else { throw EncodedImage.Failure(problem: "cannot be read") }
        return try EncodedImage(bytes).header()
      }
    }
  }
}

extension SHA256.Digest {
  /// 64 lower-case digits.
  var hexadecimal: String { map { String(format: "%02x", $0) }.joined() }
}

/// Work on many files with all cores.
enum Parallel {
  /// Calls `body` with 0 ..< `count`, in any order and at the same time.
  static func perform(_ count: Int, _ body: @Sendable (Int) -> Void) {
    // Slices, since a dispatched call costs as much as a small image.
    let slice = 32
    DispatchQueue.concurrentPerform(iterations: (count + slice - 1) / slice) { part in
      for index in (part * slice)..<min(count, (part + 1) * slice) { body(index) }
    }
  }
}
