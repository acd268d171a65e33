import Datasets
import Foundation
import Recipes
import Tensors
import Testing

/// The real files, where a machine has them.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["ESPALIER_DATA"] != nil,
    "set ESPALIER_DATA to the folder that holds MNIST's four IDX files to run these"))
struct MNISTTests {
  private func mnist() throws -> Dataset {
    let folder = try #require(ProcessInfo.processInfo.environment["ESPALIER_DATA"])
    let paths = try DatasetSource(.mnist).files.map { name in
      let candidates = [name, name + ".gz"].map { "\(folder)/\($0)" }
      return try #require(candidates.first { FileManager.default.fileExists(atPath: $0) })
    }
    let digests = try paths.map { sha256(try Data(contentsOf: URL(fileURLWithPath: $0))) }
    return try Dataset(
      specification(
        .init(.mnist), validation: 0, digests: digests,
        normalization: Normalization(fullScale: 255, mean: [0], standardDeviation: [1])),
      paths: Dictionary(uniqueKeysWithValues: zip(DatasetSource(.mnist).files, paths)))
  }

  @Test func labelsAndMomentsAreThePublishedOnes() throws {
    let mnist = try mnist()
    #expect(
      histogram(try mnist.classes(of: .train), classes: 10)
        == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    #expect(
      histogram(try mnist.classes(of: .test), classes: 10)
        == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    var (sum, squares) = (0.0, 0.0)
    for start in stride(from: 0, to: 60_000, by: 1000) {
      let inputs = try mnist.batch(mnist.trainingIndices[start..<(start + 1000)], of: .train).inputs
        .converted(to: .float64)
      sum += try inputs.sum().item
      squares += try (inputs * inputs).sum().item
    }
    let count = Double(60_000 * 784)
    let mean = sum / count
    let deviation = (squares / count - mean * mean).squareRoot()
    let constants = DatasetSource(.mnist).defaultNormalization
    #expect(abs(mean - constants.mean[0]) < 5e-5)
    #expect(abs(deviation - constants.standardDeviation[0]) < 5e-5)
  }
}
