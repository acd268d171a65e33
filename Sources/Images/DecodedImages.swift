import Digests
import Foundation
import Glibc
package import Recipes

/// The pixels of a folder of images, decoded once and kept in one file beside the store.
///
/// The file is a line of text, the folder's digest, seven 32-bit counts, the labels as 16-bit numbers,
/// all little-endian, the pixels `[train + test, C, H, W]`, and the SHA-256 of all that.
package struct DecodedImages: Sendable {
  /// Classes of the training images, then of the test images.
  package let labels: [UInt16]
  /// Their pixels, `[count, C, H, W]`.
  package let pixels: [UInt8]

  private static let magic = Data("espalier images 1\n".utf8)
  private static let digestBytes = 32

  /// Where the pixels of a folder with `digest` are kept within `cache`.
  package static func path(of digest: String, in cache: String) -> String {
    "\(cache)/\(digest).images"
  }

  /// Everything that stands before the pixels.
  private static func head(
    _ specification: ImageFolderSpecification, digest: String, labels: [Int]
  ) -> Data {
    let shape = specification.shape
    var head = magic + Data(digest.utf8)
    let counts = [
      specification.classes, shape.channels, shape.height, shape.width, specification.train,
      specification.test, specification.converted,
    ]
    for count in counts { withUnsafeBytes(of: UInt32(count).littleEndian) { head += $0 } }
    for label in labels { withUnsafeBytes(of: UInt16(label).littleEndian) { head += $0 } }
    return head
  }

  /// Reads the file at `path`, which must hold the images that a recipe names.
  package init(
    readingFrom path: String, specification: ImageFolderSpecification, digest: String
  ) throws(ImageError) {
    let contents = try Self.contents(of: path, specification, digest: digest)
    let count = specification.train + specification.test
    let start = Self.head(specification, digest: digest, labels: []).count
    labels = (0..<count).map { index in
      UInt16(contents[start + 2 * index]) | UInt16(contents[start + 2 * index + 1]) << 8
    }
    pixels = [UInt8](contents[(start + 2 * count)...])
  }

  /// The bytes of the file at `path` without its own digest, which they have.
  private static func contents(
    of path: String, _ specification: ImageFolderSpecification, digest: String
  ) throws(ImageError) -> Data {
    guard InputFile.exists(path),
      let contents = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    else { throw .cache(path: path, problem: "cannot be read") }
    let count = specification.train + specification.test
    let blank = head(specification, digest: digest, labels: [])
    let size = blank.count + count * (2 + specification.shape.count) + digestBytes
    guard contents.count == size, contents.starts(with: blank) else {
      throw .cache(path: path, problem: "does not hold the images of this suite")
    }
    let body = contents.dropLast(digestBytes)
    guard Digest.sha256(of: body).bytes.elementsEqual(contents.suffix(digestBytes)) else {
      throw .cache(path: path, problem: "is damaged")
    }
    return body
  }

  /// Whether a file of pixels is what was written: its end is the SHA-256 of all before it.
  package static func isWhole(_ path: String) -> Bool {
    guard let contents = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped),
      contents.count > digestBytes
    else { return false }
    return Digest.sha256(of: contents.dropLast(digestBytes)).bytes
      .elementsEqual(contents.suffix(digestBytes))
  }

  /// Decodes the images of `folder` into `cache` unless they are there and sound; other processes that want
  /// the same wait, and nothing half-written stays under the file's name.
  ///
  /// - Parameters:
  ///   - specification: what the folder must hold.
  ///   - digest: the digest that the folder must have.
  ///   - cache: the folder to keep the file in, made if need be.
  ///   - progress: called with images decoded so far, now and then.
  ///   - waiting: called several times a second while another process decodes the same, with the file that it
  ///     holds and the seconds waited so far.
  ///   - redoing: called with what is wrong with a file that is there and is decoded anew.
  /// - Returns: the path of the file.
  package static func prepare(
    _ folder: ImageFolder, _ specification: ImageFolderSpecification, digest: String,
    in cache: String, progress: (_ done: Int) -> Void = { _ in },
    waiting: (_ partial: String, _ seconds: Double) -> Void = { _, _ in },
    redoing: (_ problem: String) -> Void = { _ in }
  ) throws(ImageError) -> String {
    let path = path(of: digest, in: cache)
    /// What keeps the file from being used; `nil` where nothing does.
    func fault() -> String? {
      do throws(ImageError) {
        _ = try contents(of: path, specification, digest: digest)
        return nil
      } catch {
        if case .cache(_, let problem) = error { return problem }
        return "\(error)"
      }
    }
    if FileManager.default.fileExists(atPath: path), fault() == nil { return path }
    do {
      try FileManager.default.createDirectory(
        atPath: cache, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: cache, reason: SystemReason.words(error))
    }
    let file = try PartialFile(path: path, waiting: waiting)
    if FileManager.default.fileExists(atPath: path) {
      guard let fault = fault() else { return path }
      redoing("\(path) \(fault)")
    }
    try file.clear()
    var sum = Digest.Sum()
    func write(_ bytes: some DataProtocol & ContiguousBytes) throws(ImageError) {
      sum.add(bytes)
      try file.write(bytes)
    }
    let items = folder.items
    try write(head(specification, digest: digest, labels: items.map(\.label)))
    var digests: [ImageFolderScan.FileDigest] = []
    let batch = batch(of: specification.shape)
    var start = 0
    while start < items.count {
      let part = items[start..<min(start + batch, items.count)]
      let (pixels, found) = try decode(Array(part), of: folder, specification.shape)
      try write(pixels)
      digests += found
      start = part.endIndex
      progress(start)
    }
    let found = try ImageFolderScan.digest(of: folder, files: digests)
    guard found == digest else {
      throw .changed(folder: folder.folder, expected: digest, found: found)
    }
    try file.write(Data(sum.digest.bytes))
    try file.publish()
    return path
  }

  /// Images decoded at once: enough for all cores, little memory.
  private static func batch(of shape: ExampleShape) -> Int {
    min(max((256 << 20) / shape.count, 1), 2048)
  }

  private static func decode(
    _ items: [ImageFolder.Item], of folder: ImageFolder, _ shape: ExampleShape
  ) throws(ImageError) -> (pixels: [UInt8], digests: [ImageFolderScan.FileDigest]) {
    var pixels = [UInt8](repeating: 0, count: items.count * shape.count)
    let outcomes = pixels.withUnsafeMutableBufferPointer { pixels in
      nonisolated(unsafe) let pixels = pixels
      return Parallel.map(items.count) {
        index -> Result<ImageFolderScan.FileDigest, EncodedImage.Failure> in
        Result { () throws(EncodedImage.Failure) in
          let range = (index * shape.count)..<((index + 1) * shape.count)
          return try planes(
            of: "\(folder.folder)/\(items[index].path)", shape,
            into: UnsafeMutableBufferPointer(rebasing: pixels[range]))
        }
      }
    }
    return (pixels, try ImageError.successes(outcomes, of: items, in: folder))
  }

  /// One image as planes of red, green and blue, or as one of grey; the file's digest.
  private static func planes(
    of path: String, _ shape: ExampleShape, into planes: UnsafeMutableBufferPointer<UInt8>
  ) throws(EncodedImage.Failure) -> ImageFolderScan.FileDigest {
    let bytes = try EncodedImage.bytes(of: path)
    let image = try EncodedImage(bytes)
    let header = try image.header()
    guard header.width == shape.width, header.height == shape.height else {
      throw EncodedImage.Failure(
        problem: "is \(header.size) where \(shape.width)×\(shape.height) is expected")
    }
    let area = shape.height * shape.width
    try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: area * EncodedImage.pixelBytes) {
      rows throws(EncodedImage.Failure) in
      try image.decode(header, into: rows)
      for channel in 0..<shape.channels {
        for pixel in 0..<area {
          planes[channel * area + pixel] = rows[pixel * EncodedImage.pixelBytes + channel]
        }
      }
    }
    return ImageFolderScan.FileDigest(bytes, revision: header.revision)
  }
}

/// A file that is written under another name by one process at a time and then renamed.
private struct PartialFile: ~Copyable {
  private let path, partial: String
  private let descriptor: CInt

  private static let pollSeconds = 0.2

  /// Opens and locks the partial file of `path`; waits while another process has it.
  init(
    path: String, waiting: (_ partial: String, _ seconds: Double) -> Void
  ) throws(ImageError) {
    self.path = path
    partial = "\(path).partial"
    var waited = 0.0
    while true {
      try Self.makeWay(for: partial)
      let descriptor = open(partial, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw Self.failure(partial) }
      while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        guard errno == EWOULDBLOCK || errno == EINTR else {
          let failure = Self.failure(partial)
          close(descriptor)
          throw failure
        }
        Thread.sleep(forTimeInterval: Self.pollSeconds)
        waited += Self.pollSeconds
        waiting(partial, waited)
      }
      // Another process may have renamed the file while this one waited for its lock.
      var (held, named) = (stat(), stat())
      if fstat(descriptor, &held) == 0, stat(partial, &named) == 0, held.st_ino == named.st_ino {
        self.descriptor = descriptor
        return
      }
      close(descriptor)
    }
  }

  /// Closing releases the lock; what was not published goes.
  deinit {
    var (held, named) = (stat(), stat())
    if fstat(descriptor, &held) == 0, stat(partial, &named) == 0, held.st_ino == named.st_ino {
      unlink(partial)
    }
    close(descriptor)
  }

  func clear() throws(ImageError) {
    guard ftruncate(descriptor, 0) == 0 else { throw Self.failure(partial) }
  }

  func write(_ bytes: some ContiguousBytes) throws(ImageError) {
    let written = bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Glibc.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
    guard written else { throw Self.failure(partial) }
  }

  func publish() throws(ImageError) {
    try Self.makeWay(for: path)
    guard fsync(descriptor) == 0, rename(partial, path) == 0 else { throw Self.failure(partial) }
    let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  /// Removes what is no file and has the name of one, which no file could replace.
  private static func makeWay(for path: String) throws(ImageError) {
    var facts = stat()
    guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT != S_IFREG else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw .unwritable(path: path, reason: SystemReason.words(error))
    }
  }

  private static func failure(_ path: String) -> ImageError {
    .unwritable(path: path, reason: String(cString: strerror(errno)))
  }
}
