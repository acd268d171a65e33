import Datasets
import Randomness
import Recipes
import Tensors
import Testing

@Suite struct AugmentationTests {
  private let order = StreamPath(seed: 3) / "order"

  private func windows(
    flip: Bool = true, crop: Int = 4, epoch: Int = 0, count: Int = 40_000
  ) throws -> [ImageWindow] {
    try #require(Augmentation(flip: flip, crop: crop))
      .windows(ofEpoch: epoch, count: count, order: order)
  }

  @Test func nothingToVaryIsNoAugmentation() {
    #expect(Augmentation(flip: false, crop: 0) == nil)
    #expect(Augmentation(flip: false, crop: 1) != nil)
  }

  @Test func mirrorsAndPlacesAreUniform() throws {
    let windows = try windows()
    // Five standard deviations of a binomial count.
    func isUniform(_ count: Int, of outcomes: Double) -> Bool {
      let mean = 40_000 / outcomes
      return abs(Double(count) - mean) < 5 * (mean * (1 - 1 / outcomes)).squareRoot()
    }
    #expect(isUniform(windows.count { $0.flips }, of: 2))
    #expect(!isUniform(windows.count { $0.flips } + 600, of: 2))
    for place in -4...4 {
      #expect(isUniform(windows.count { $0.top == place }, of: 9))
      #expect(isUniform(windows.count { $0.left == place }, of: 9))
      #expect(isUniform(windows.count { $0.left == place && $0.flips }, of: 18))
    }
    #expect(windows.allSatisfy { abs($0.top) <= 4 && abs($0.left) <= 4 })
  }

  @Test func anEpochDependsOnItsNumberAlone() throws {
    #expect(try windows(epoch: 7) == windows(epoch: 7))
    #expect(try windows(epoch: 7) != windows(epoch: 8))
    let other = try #require(Augmentation(flip: true, crop: 4))
      .windows(ofEpoch: 7, count: 40_000, order: StreamPath(seed: 4) / "order")
    #expect(try windows(epoch: 7) != other)
    // A shorter epoch sees the same beginning.
    #expect(try windows(epoch: 7, count: 100) == Array(windows(epoch: 7).prefix(100)))
  }

  @Test func whatIsSwitchedOffDoesNotVary() throws {
    #expect(try windows(flip: false).allSatisfy { !$0.flips })
    #expect(try windows(crop: 0).allSatisfy { $0.top == 0 && $0.left == 0 })
    #expect(try windows(flip: false).map(\.left) == windows().map(\.left))
  }

  @Test func onlyGathersWithWindowsAreAugmented() throws {
    let plain = try Dataset(
      specification(.init(.digits), validation: 10, normalization: raw), paths: [:])
    let varied = try Dataset(
      DatasetSpecification(
        source: .init(.digits), digests: [], validation: 10, split: StreamPath(seed: 1) / "split",
        normalization: raw, augmentation: Augmentation(flip: true, crop: 1)), paths: [:])
    #expect(try plain.rows(of: .train) == varied.rows(of: .train))
    #expect(try plain.rows(of: .test) == varied.rows(of: .test))
    let inputs = try Tensor.imageBatch(shape: [1, 1, 8, 8], type: .bfloat16, channelsLast: true)
    try varied.gather(
      [5], of: .train, into: inputs, windows: [ImageWindow(top: 0, left: 0, flips: true)])
    let row = try plain.rows(of: .train)[try #require(plain.trainingIndices.firstIndex(of: 5))]
    let mirrored = (0..<64).map { Double(row[$0 / 8 * 8 + 7 - $0 % 8]) }
    #expect(try inputs.converted(to: .float64).elements(of: Double.self) == mirrored)
  }

  @Test func oneConstantServesThreeChannels() throws {
    // Digits have one channel; the constants are spread all the same.
    let data = try Dataset(
      specification(
        .init(.digits), validation: 0,
        normalization: Normalization(fullScale: 2, mean: [0.5], standardDeviation: [0.25])),
      paths: [:])
    let bytes = try Dataset(
      specification(.init(.digits), validation: 0, normalization: raw), paths: [:])
    #expect(
      try data.rows(of: .test)[0] == bytes.rows(of: .test)[0].map { ($0 / 2 - 0.5) / 0.25 })
  }
}
