import Datasets
import Foundation
import Recipes
import Tensors
import Testing

private let cifarFolder = ProcessInfo.processInfo.environment["ESPALIER_DATA"]
  .map { "\($0)/cifar-10-batches-bin" }
  .flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }

/// The real files, where a machine has them.
@Suite(
  .enabled(
    if: cifarFolder != nil,
    "set ESPALIER_DATA to a folder with cifar-10-batches-bin to run these"))
struct CIFARFilesTests {
  private func cifar(_ normalization: Normalization? = raw) throws -> Dataset {
    let folder = try #require(cifarFolder)
    let files = DatasetSource(.cifar10).files
    let digests = try files.map { sha256(try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
    return try Dataset(
      specification(.init(.cifar10), validation: 0, digests: digests, normalization: normalization),
      paths: Dictionary(uniqueKeysWithValues: files.map { ($0, "\(folder)/\($0)") }))
  }

  @Test func classesAreBalanced() throws {
    let cifar = try cifar()
    #expect(
      histogram(try cifar.classes(of: .train), classes: 10) == Array(repeating: 5000, count: 10))
    #expect(
      histogram(try cifar.classes(of: .test), classes: 10) == Array(repeating: 1000, count: 10))
  }

  /// Within what storing the images as JPEG may move them.
  @Test func defaultNormalizationGivesMeanZeroAndVarianceOne() throws {
    let cifar = try cifar(nil)
    for channel in 0..<3 {
      var (sum, squares) = (0.0, 0.0)
      for start in stride(from: 0, to: 50_000, by: 2500) {
        let inputs = try cifar.batch(cifar.trainingIndices[start..<(start + 2500)], of: .train)
          .inputs.narrowed(1, start: channel, length: 1).converted(to: .float64)
        sum += try inputs.sum().item
        squares += try (inputs * inputs).sum().item
      }
      let count = 50_000.0 * 1024
      #expect(abs(sum / count) < 0.01)
      #expect(abs(squares / count - 1) < 0.02)
    }
  }
}
