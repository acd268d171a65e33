import Connectivity
import Networks
import Recipes
import Tensors
import Testing

@Suite struct CurveTests {
  private let network = digitsNetwork(.lenet(hidden: [5]))

  private func bits(_ weights: Weights) throws -> [UInt32] {
    try weights.tensors.flatMap { try $0.elements(of: Float.self).map(\.bitPattern) }
  }

  @Test("the ends are points of the curve, bit by bit")
  func ends() throws {
    let (start, end) = (try network.weights(seed: 1), try network.weights(seed: 2))
    for shape in [CurveShape.segment, .bezier(bends: 2), .chain(bends: 1)] {
      let curve = try Curve(shape, from: start, to: end)
      #expect(try bits(curve.point(at: 0)) == bits(start))
      #expect(try bits(curve.point(at: 1)) == bits(end))
      #expect(try bits(curve.point(at: 0.5)) != bits(start))
    }
  }

  @Test("an untrained curve is the segment")
  func untrained() throws {
    let (start, end) = (try network.weights(seed: 1), try network.weights(seed: 2))
    let segment = try Curve(.segment, from: start, to: end)
    for shape in [CurveShape.bezier(bends: 1), .chain(bends: 3)] {
      let curve = try Curve(shape, from: start, to: end)
      for t in [0.1, 0.5, 0.8] {
        let distance = try curve.point(at: t).distance(to: segment.point(at: t))
        #expect(distance < 1e-6, "\(shape) at \(t)")
      }
    }
  }

  @Test("products are inner products")
  func products() throws {
    let (start, end) = (try network.weights(seed: 1), try network.weights(seed: 2))
    let products = try #require(try Curve(.segment, from: start, to: end).products())
    let squared = products[0][0] - 2 * products[0][1] + products[1][1]
    let distance = try start.distance(to: end)
    #expect(abs(squared.squareRoot() - distance) < 1e-9)
    let broken = Weights(
      specifications: end.specifications,
      tensors: try end.specifications.map { try Tensor(repeating: .nan, shape: $0.shape) })
    #expect(try Curve(.segment, from: start, to: broken).products() == nil)
  }

  @Test("a union keeps what either keeps")
  func union() {
    func mask(_ kept: [UInt8]) -> Mask {
      Mask(layers: [Mask.Layer(name: "w", shape: [4], kept: kept)])
    }
    #expect(mask([0, 0, 1, 1]).union(mask([0, 1, 0, 1])) == mask([0, 1, 1, 1]))
  }
}
