import Foundation
import Randomness
import Recipes
import Testing

@Suite("DatasetSpecification")
struct DatasetSpecificationTests {
  private func dataset(_ source: DatasetSource, validation: Int) -> DatasetSpecification {
    DatasetSpecification(
      source: source, digests: [], validation: validation,
      split: StreamPath(seed: 1) / "split", normalization: source.defaultNormalization)
  }

  @Test("the last, smaller batch of an epoch counts")
  func stepsPerEpoch() {
    #expect(dataset(.init(.mnist), validation: 5000).stepsPerEpoch(batchSize: 128) == 430)
    #expect(dataset(.init(.mnist), validation: 0).stepsPerEpoch(batchSize: 60) == 1000)
    #expect(dataset(.init(.digits), validation: 144).stepsPerEpoch(batchSize: 1296) == 1)
    #expect(dataset(.init(.digits), validation: 144).stepsPerEpoch(batchSize: 1295) == 2)
  }

  @Test("the digits' parts make 1,797 images")
  func digits() {
    #expect(DatasetSource(.digits).trainCount + DatasetSource(.digits).testCount == 1797)
    #expect(DatasetSource(.digits).shape.count == 64)
  }
}

@Suite("Sources of images")
struct ImageSourceTests {
  private func json(_ source: DatasetSource, _ augmentation: Augmentation?) throws -> String {
    let specification = DatasetSpecification(
      source: source, digests: ["ab"], validation: 1, split: StreamPath(seed: 1) / "split",
      normalization: Normalization(fullScale: 255, mean: [0.5], standardDeviation: [0.25]),
      augmentation: augmentation)
    return String(decoding: try CanonicalJSON.encode(specification), as: UTF8.self)
  }

  private static let rest =
    #""digests":["ab"],"normalization":{"fullScale":255,"mean":[0.5],"standardDeviation":[0.25]},"#

  @Test("canonical encodings, in which no augmentation leaves no trace")
  func encodings() throws {
    #expect(
      try json(.init(.cifar10), nil)
        == "{" + Self.rest + #""source":{"cifar-10":{}},"split":"seed 1 / split","validation":1}"#)
    #expect(
      try json(.init(.cifar100), Augmentation(flip: true, crop: 4))
        == #"{"augmentation":{"crop":4,"flip":true},"# + Self.rest
        + #""source":{"cifar-100":{}},"split":"seed 1 / split","validation":1}"#)
    let folder = ImageFolderSpecification(
      classes: 200, shape: ExampleShape(channels: 3, height: 64, width: 64), train: 100_000,
      test: 10_000, converted: 1821)
    #expect(
      try json(.init(.images, ["folder": .folder(folder)]), nil)
        == "{" + Self.rest + #""source":{"images":{"folder":{"classes":200,"converted":1821,"#
        + #""shape":{"channels":3,"height":64,"width":64},"test":10000,"train":100000}}},"#
        + #""split":"seed 1 / split","validation":1}"#)
  }

  @Test("constants for every channel")
  func constants() {
    for source in [DatasetSource(.cifar10), .init(.cifar100)] {
      #expect(source.defaultNormalization.mean.count == 3)
      #expect(source.defaultNormalization.standardDeviation.count == 3)
      #expect(source.shape.count == 3072)
      #expect(source.trainCount == 50_000 && source.testCount == 10_000)
    }
  }
}
