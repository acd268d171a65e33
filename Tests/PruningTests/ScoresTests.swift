import Foundation
import Networks
import Pruning
import Recipes
import Tensors
import Testing

@Suite struct ScoresTests {
  private let network = Network(
    .lenet(hidden: [2]), input: ExampleShape(channels: 1, height: 1, width: 3), classes: 2)

  private func layer(
    _ name: String, _ shape: [Int], _ value: Double = 1, type: ElementType = .float32
  )
    throws -> Scores.Layer
  {
    Scores.Layer(name: name, scores: try Tensor(repeating: value, shape: shape, type: type))
  }

  @Test func layersComeIntoTheNetworksOrder() throws {
    let scores = try Scores(
      [layer("fc.weight", [2, 2]), layer("fc_layers.0.weight", [2, 3])], for: network, source: "s")
    #expect(scores.layers.map(\.name) == ["fc_layers.0.weight", "fc.weight"])
  }

  @Test(arguments: [ElementType.float32, .float64])
  func notANumberIsAnErrorThatNamesItsTensorAndCountsThem(type: ElementType) throws {
    var values = [Double](repeating: 0, count: 6)
    (values[1], values[4]) = (.nan, .nan)
    let broken = Scores.Layer(
      name: "fc_layers.0.weight", scores: try Tensor(values, shape: [2, 3]).converted(to: type))
    for network in [network, nil] {
      #expect(
        throws: PruningError.notANumber(source: "s", tensor: "fc_layers.0.weight", count: 2)
      ) { try Scores([broken, layer("fc.weight", [2, 2])], for: network, source: "s") }
    }
  }

  @Test func infinitiesAreNumbers() throws {
    let scores = try Scores(
      [layer("fc.weight", [2, 2], .infinity), layer("fc_layers.0.weight", [2, 3], -.infinity)],
      for: network, source: "s")
    #expect(try scores.values.joined().allSatisfy(\.isInfinite))
  }

  @Test func namesCoverThePrunableTensorsExactly() throws {
    #expect(
      throws: PruningError.names(
        source: "s", missing: ["fc_layers.0.weight"], foreign: ["fc.bias", "x"])
    ) {
      try Scores(
        [layer("fc.bias", [2]), layer("fc.weight", [2, 2]), layer("x", [1])], for: network,
        source: "s")
    }
  }

  @Test func shapesAreThoseOfTheWeights() throws {
    #expect(
      throws: PruningError.shape(source: "s", tensor: "fc.weight", found: [4], expected: [2, 2])
    ) {
      try Scores(
        [layer("fc.weight", [4]), layer("fc_layers.0.weight", [2, 3])], for: network, source: "s")
    }
  }

  @Test(arguments: [ElementType.float64, .float32, .float16, .bfloat16])
  func floatingPointFilesAreRead(type: ElementType) throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("s")
      try Safetensors.write(
        [
          ("fc.weight", try Tensor(repeating: 1.5, shape: [2, 2], type: type)),
          ("fc_layers.0.weight", try Tensor(repeating: -2, shape: [2, 3], type: type)),
        ], to: file)
      let scores = try Scores(readingFrom: file, for: network)
      #expect(scores.layers.map(\.name) == ["fc_layers.0.weight", "fc.weight"])
      #expect(try scores.values == [[-2, -2, -2, -2, -2, -2], [1.5, 1.5, 1.5, 1.5]])
      let wide = try scores.layers[0].scores.type
      #expect(wide == (type == .float64 ? .float64 : .float32))
      #expect(
        try Scores(readingFrom: file, for: nil).layers.map(\.name) == [
          "fc.weight", "fc_layers.0.weight",
        ])
    }
  }

  @Test func integersAreNoScores() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("s")
      try Safetensors.write([("fc.weight", try Tensor([Int64(1)], shape: [1]))], to: file)
      #expect(throws: NetworkError.self) { try Scores(readingFrom: file, for: nil) }
    }
  }

  @Test func scoresComeBackFromFiles() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("s")
      let scores = try Setting().scoring().scores(by: .init(.random))
      try scores.write(to: file)
      let read = try Scores(readingFrom: file, for: try Setting().network)
      #expect(try read.values == scores.values)
    }
  }
}
