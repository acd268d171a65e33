import Foundation
import Images
import Recipes
import Testing

private let realFolder = ProcessInfo.processInfo.environment["ESPALIER_DATA"]
  .flatMap { FileManager.default.fileExists(atPath: "\($0)/cifar10-images") ? $0 : nil }

/// JPEGs of a real dataset, where a machine has them.
@Suite(
  .enabled(
    if: realFolder != nil,
    "set ESPALIER_DATA to a folder with cifar10-images and cifar-10-batches-bin to run these"))
struct RealImagesTests {
  /// The batches hold the same JPEGs as Pillow decodes them, in another order.
  @Test func pixelsAreThoseThatPillowReads() throws {
    let root = try #require(realFolder)
    try withTemporaryFolder { cache in
      let folder = try ImageFolder(listing: "\(root)/cifar10-images")
      let scan = try ImageFolderScan(folder)
      #expect(scan.specification.train == 50_000 && scan.specification.test == 10_000)
      #expect(scan.specification.shape == ExampleShape(channels: 3, height: 32, width: 32))
      let images = try decoded(folder, scan, in: cache)
      let ours = (50_000..<60_000).map { image in
        Data([UInt8(images.labels[image])] + images.pixels[(image * 3072)..<((image + 1) * 3072)])
      }
      let batch = try Data(
        contentsOf: URL(filePath: "\(root)/cifar-10-batches-bin/test_batch.bin"))
      let theirs = stride(from: 0, to: batch.count, by: 3073).map { Data(batch[$0..<($0 + 3073)]) }
      #expect(Set(ours) == Set(theirs))
    }
  }
}
