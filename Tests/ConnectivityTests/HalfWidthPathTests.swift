import Networks
import Randomness
import Recipes
import Tensors
import Testing

@testable import Connectivity

@Suite struct HalfWidthPathTests {
  /// Plain networks of one to four hidden layers, odd widths, convolutions and pools.
  static let plain: [NetworkSpecification] = [
    .custom([.flatten, .linear(name: "fc", outputs: nil)]),
    .lenet(hidden: [8]), .lenet(hidden: [7, 6]), .lenet(hidden: [6, 9, 4]),
    .lenet(hidden: [4, 6, 5, 7]), .lenet(hidden: [2, 3]),
    .custom([
      .convolution(name: "a", outputs: 5, kernel: 3, bias: true), .relu,
      .maxPool(kernel: 2, stride: 2), .convolution(name: "b", outputs: 6, kernel: 3), .relu,
      .averagePool(kernel: 2, stride: 2), .flatten, .linear(name: "c", outputs: 7), .relu,
      .linear(name: "fc", outputs: nil),
    ]),
  ]

  private struct Fixture {
    let network: Network
    let layers: [PlainLayer]
    let a, b: Weights
    let halvesA, halvesB: UnitHalves
    let path: HalfWidthPath

    init(_ specification: NetworkSpecification) throws {
      network = imageNetwork(specification)
      let layers = try network.architecture.plainLayers()
      (a, b) = (try network.weights(seed: 1), try network.weights(seed: 2))
      func halves(_ seed: UInt64) -> UnitHalves {
        var stream = RandomStream(StreamPath(seed: seed) / "halves")
        return UnitHalves(
          kept: layers.dropLast().map {
            stream.choose(UnitHalves.size(of: $0.units), from: $0.units)
          })
      }
      (halvesA, halvesB) = (halves(3), halves(4))
      path = try HalfWidthPath(from: a, halvesA, to: b, halvesB, layers: layers)
      self.layers = layers
    }

    /// Networks that lost the halves of the hidden layers from `first` on.
    func dropped(_ weights: Weights, _ halves: UnitHalves, from first: Int) throws -> Weights {
      try halves.kept.indices.filter { $0 >= first }.reduce(weights) {
        try $0.reading(halves.kept[$1], by: layers[$1 + 1])
      }
    }
  }

  private func bits(_ weights: Weights) throws -> [[UInt32]] {
    try weights.tensors.map { try $0.elements(of: Float.self).map(\.bitPattern) }
  }

  @Test(
    "the path joins both networks to the bit, and each segment varies one layer", arguments: plain)
  func joins(specification: NetworkSpecification) throws {
    let fixture = try Fixture(specification)
    let path = fixture.path
    #expect(try bits(path.knots.first!) == bits(fixture.a))
    #expect(try bits(path.knots.last!) == bits(fixture.b))
    #expect(path.knots.count == path.segments.count + 1)
    for (index, segment) in path.segments.enumerated() {
      let (from, to) = (try bits(path.knots[index]), try bits(path.knots[index + 1]))
      let layer = fixture.layers[segment.layer]
      let varying = from.indices.filter { from[$0] != to[$0] }
      #expect(!varying.isEmpty && varying.allSatisfy { [layer.weight, layer.bias].contains($0) })
    }
    // Linear in the depth d: 1 + 5·(d − 2) down each side, d − 1 to clear, 4·d − 2 in the middle.
    let depth = fixture.layers.count
    #expect(path.segments.count <= 16 * depth)
  }

  @Test("constant segments leave the logits as they are", arguments: plain)
  func constant(specification: NetworkSpecification) throws {
    let fixture = try Fixture(specification)
    for (index, segment) in fixture.path.segments.enumerated() where segment.isConstant {
      let before = try fixture.network.logits(fixture.path.knots[index])
      for fraction in [0.25, 0.5, 0.75, 1] {
        let logits = try fixture.network.logits(
          fixture.path.point(at: Double(index) + fraction))
        #expect(
          relativeDistance(logits, before) < 1e-5, "segment \(index), layer \(segment.layer)")
      }
    }
  }

  @Test(
    "interpolated segments vary the last layer alone, in which logits are linear", arguments: plain)
  func interpolated(specification: NetworkSpecification) throws {
    let fixture = try Fixture(specification)
    for (index, segment) in fixture.path.segments.enumerated() where !segment.isConstant {
      #expect(segment.layer == fixture.layers.count - 1)
      let (from, to) = (
        try fixture.network.logits(fixture.path.knots[index]),
        try fixture.network.logits(fixture.path.knots[index + 1])
      )
      let middle = try fixture.network.logits(fixture.path.point(at: Double(index) + 0.25))
      #expect(relativeDistance(middle, zip(from, to).map { 0.75 * $0 + 0.25 * $1 }) < 1e-5)
    }
  }

  @Test("between them lie only the networks whose top layers lost their halves", arguments: plain)
  func waypoints(specification: NetworkSpecification) throws {
    let fixture = try Fixture(specification)
    var expected: [[Float]] = []
    let hidden = fixture.layers.count - 1
    for first in (0...hidden).reversed() {
      expected.append(
        try fixture.network.logits(fixture.dropped(fixture.a, fixture.halvesA, from: first)))
    }
    for first in 0...hidden {
      expected.append(
        try fixture.network.logits(fixture.dropped(fixture.b, fixture.halvesB, from: first)))
    }
    var found = [try fixture.network.logits(fixture.path.knots[0])]
    for (index, segment) in fixture.path.segments.enumerated() where !segment.isConstant {
      found.append(try fixture.network.logits(fixture.path.knots[index + 1]))
    }
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) {
      #expect(relativeDistance(found, expected) < 1e-5)
    }
  }

  @Test("three layers go through the published steps")
  func published() throws {
    let fixture = try Fixture(.lenet(hidden: [8, 6]))
    // Down one side: a, b, a, b, a, and the dead blocks of both hidden layers.
    let side = fixture.path.segments.prefix(7)
    #expect(side.map(\.layer) == [2, 1, 2, 1, 2, 0, 1])
    #expect(side.map(\.isConstant) == [false, true, false, true, true, true, true])
    let half = try #require(fixture.path.knots.dropFirst(7).first)
    let units = try half.tensors[0].elements(of: Float.self).chunked(into: 8)
      .count { $0.contains { $0 != 0 } }
    #expect(units == 4)
  }

  @Test("a network joined to itself by the same halves goes there and back")
  func toItself() throws {
    let network = imageNetwork(.lenet(hidden: [6, 6]))
    let (weights, layers) = (try network.weights(), try network.architecture.plainLayers())
    let halves = try UnitHalves(largestOf: weights, layers)
    let path = try HalfWidthPath(from: weights, halves, to: weights, halves, layers: layers)
    #expect(try bits(path.knots.last!) == bits(weights))
    #expect(path.positions(within: 1).count == 2 * path.segments.count + 1)
    #expect(path.positions(within: 1).prefix(3) == [0, 0.5, 1])
  }
}

extension Array {
  fileprivate func chunked(into count: Int) -> [ArraySlice<Element>] {
    (0..<count).map { self[$0 * self.count / count..<($0 + 1) * self.count / count] }
  }
}
