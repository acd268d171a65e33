import Foundation
package import Recipes

/// The pixels of a folder of images in one file: the labels as 16-bit numbers, little-endian, then the pixels
/// `[train + test, C, H, W]`.
package struct DecodedImages: Sendable {
  /// Classes of the training images, then of the test images.
  package let labels: [UInt16]
  /// Their pixels, `[count, C, H, W]`.
  package let pixels: [UInt8]

  /// Reads the file at `path`, which must have the size of what a recipe names.
  package init(
    readingFrom path: String, specification: ImageFolderSpecification
  ) throws(ImageError) {
    let contents: Data
    do {
      contents = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    } catch {
      throw .unreadable(path: path, reason: SystemReason.words(error))
    }
    let count = specification.train + specification.test
    guard contents.count == count * (2 + specification.shape.count) else {
      throw .unreadable(path: path, reason: "it does not hold the images of this suite")
    }
    labels = (0..<count).map { UInt16(contents[2 * $0]) | UInt16(contents[2 * $0 + 1]) << 8 }
    pixels = [UInt8](contents[(2 * count)...])
  }

  /// Decodes the images of `folder` into the file at `path`, which is not there yet.
  ///
  /// - Parameters:
  ///   - specification: what the folder must hold.
  ///   - digest: the digest that the folder must have.
  ///   - batch: how many images are decoded at once.
  ///   - progress: called with images decoded so far, now and then.
  package static func write(
    _ folder: ImageFolder, _ specification: ImageFolderSpecification, digest: String, batch: Int,
    to path: String, progress: (_ done: Int) -> Void = { _ in }
  ) throws(ImageError) {
    let items = folder.items
    let file = try NewFile(path)
    try file.write(
      items.flatMap { [UInt8(truncatingIfNeeded: $0.label), UInt8($0.label >> 8)] })
    var digests: [ImageFolderScan.FileDigest] = []
    var start = 0
    while start < items.count {
      let part = items[start..<min(start + batch, items.count)]
      let (pixels, found) = try decode(Array(part), of: folder, specification.shape)
      try file.write(pixels)
      digests += found
      start = part.endIndex
      progress(start)
    }
    let found = try ImageFolderScan.digest(of: folder, files: digests)
    guard found == digest else {
      throw .changed(folder: folder.folder, expected: digest, found: found)
    }
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

/// A file that is written piece by piece.
private struct NewFile {
  private let path: String
  private let handle: FileHandle

  init(_ path: String) throws(ImageError) {
    self.path = path
    do {
      try Data().write(to: URL(filePath: path), options: .withoutOverwriting)
      handle = try FileHandle(forWritingTo: URL(filePath: path))
    } catch {
      throw .unwritable(path: path, reason: SystemReason.words(error))
    }
  }

  func write(_ bytes: [UInt8]) throws(ImageError) {
    do {
      try handle.write(contentsOf: bytes)
    } catch {
      throw .unwritable(path: path, reason: SystemReason.words(error))
    }
  }
}
