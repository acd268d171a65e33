import Foundation
import Recipes
import Testing

@testable import Readers

@Suite struct CIFARTests {
  /// Records of small files: labels, then an image whose bytes tell their place.
  private func records(_ labels: [[UInt8]]) -> [UInt8] {
    labels.enumerated().flatMap { image, labels in
      labels + (0..<3072).map { UInt8(truncatingIfNeeded: image &* 31 &+ $0) }
    }
  }

  private func part(
    _ files: [[UInt8]], count: Int, of source: DatasetSource, zipped: Bool = false
  ) throws -> Result<LabelledImages, DatasetError> {
    try withTemporaryFolder { folder in
      let paths = try files.enumerated().map { index, bytes in
        let file = folder.appendingPathComponent("batch_\(index)")
        try Data(zipped ? gzipped(bytes) : bytes).write(to: file)
        return file.path
      }
      return Result { () throws(DatasetError) in
        try CIFAR.part(paths[...], count: count, of: source)
      }
    }
  }

  private func problem(
    _ files: [[UInt8]], count: Int, of source: DatasetSource, zipped: Bool = false
  ) throws -> String? {
    guard
      case .failure(.malformed(let file, let problem)) =
        try part(files, count: count, of: source, zipped: zipped)
    else { return nil }
    return URL(fileURLWithPath: file).lastPathComponent + ": " + problem
  }

  @Test(arguments: [false, true]) func filesFollowOneAnother(zipped: Bool) throws {
    let images = try part(
      [records([[3], [9]]), records([[0], [1]])], count: 4, of: .init(.cifar10), zipped: zipped
    ).get()
    #expect(images.labels == [3, 9, 0, 1])
    #expect(images.shape == ExampleShape(channels: 3, height: 32, width: 32))
    #expect(images.pixels.count == 4 * 3072)
    #expect(images.pixels[3072] == 31 && images.pixels[2 * 3072] == 0)
  }

  @Test func theFineLabelCounts() throws {
    let images = try part([records([[19, 99], [0, 20]])], count: 2, of: .init(.cifar100)).get()
    #expect(images.labels == [99, 20])
    #expect(images.pixels.prefix(3) == [0, 1, 2] && images.pixels[3072] == 31)
  }

  @Test func badFilesAreNamedWithWhatIsWrong() throws {
    let sound = records([[3], [9]])
    #expect(try problem([sound, sound], count: 4, of: .init(.cifar10)) == nil)
    #expect(
      try problem([sound, Array(sound.dropLast())], count: 4, of: .init(.cifar10))
        == "batch_1: ends after 6145 of 6146 bytes, 2 images of 3073: truncated")
    #expect(
      try problem([sound + [0]], count: 2, of: .init(.cifar10))
        == "batch_0: goes on after its 2 images of 3073 bytes")
    #expect(
      try problem([records([[3], [10]])], count: 2, of: .init(.cifar10))
        == "batch_0: label 10 of image 1 is not below 10")
    #expect(
      try problem([records([[20, 3]])], count: 1, of: .init(.cifar100))
        == "batch_0: label 20 of image 0 is not below 20")
    #expect(
      try problem([records([[3, 100]])], count: 1, of: .init(.cifar100))
        == "batch_0: label 100 of image 0 is not below 100")
    // CIFAR-100 in the place of CIFAR-10.
    #expect(
      try problem([records([[3, 4], [3, 4]])], count: 2, of: .init(.cifar10))
        == "batch_0: goes on after its 2 images of 3073 bytes")
    #expect(
      try problem([[]], count: 2, of: .init(.cifar10))
        == "batch_0: ends after 0 of 6146 bytes, 2 images of 3073: truncated")
  }
}
