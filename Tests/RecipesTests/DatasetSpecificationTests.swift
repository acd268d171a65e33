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
    #expect(dataset(.mnist, validation: 5000).stepsPerEpoch(batchSize: 128) == 430)
    #expect(dataset(.mnist, validation: 0).stepsPerEpoch(batchSize: 60) == 1000)
    #expect(dataset(.digits, validation: 144).stepsPerEpoch(batchSize: 1296) == 1)
    #expect(dataset(.digits, validation: 144).stepsPerEpoch(batchSize: 1295) == 2)
  }

  @Test("the digits' parts make 1,797 images")
  func digits() {
    #expect(DatasetSource.digits.trainCount + DatasetSource.digits.testCount == 1797)
    #expect(DatasetSource.digits.shape.count == 64)
  }
}
