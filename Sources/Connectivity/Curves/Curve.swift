package import Networks
package import Recipes

/// A curve in the space of weights, buffers among them.
package struct Curve {
  /// How it runs through its control points.
  package let shape: CurveShape
  /// Start, bends, end.
  package let controls: [Weights]

  /// A curve through control points, as many as the shape has.
  package init(_ shape: CurveShape, controls: [Weights]) {
    precondition(
      controls.count == shape.bends + 2, "\(shape) through \(controls.count) control points")
    self.shape = shape
    self.controls = controls
  }

  /// A curve whose bends lie on the segment between its ends, at equal distances.
  package init(_ shape: CurveShape, from start: Weights, to end: Weights) throws {
    let bends = try (0..<shape.bends).map { index in
      let place = shape.placement(ofBend: index + 1)
      return try Weights.combination([(1 - place, start), (place, end)])
    }
    self.init(shape, controls: [start] + bends + [end])
  }

  /// Control points between the ends.
  package var bends: [Weights] { Array(controls.dropFirst().dropLast()) }

  /// Inner products of the control points' parameters; `nil` where they are not finite.
  package func products() throws -> [[Double]]? {
    var products = [[Double]](
      repeating: [Double](repeating: 0, count: controls.count), count: controls.count)
    for row in controls.indices {
      for column in row..<controls.count {
        let product = try controls[row].dot(controls[column])
        guard product.isFinite else { return nil }
        products[row][column] = product
        products[column][row] = product
      }
    }
    return products
  }
}

extension Curve {
  /// The bends as one set of weights, whose names begin with `bend-1.`, `bend-2.`, …; it shares their memory.
  var joinedBends: Weights {
    Weights(
      specifications: bends.enumerated().flatMap { index, bend in
        Self.joined(bend.specifications, bend: index + 1)
      }, tensors: bends.flatMap(\.tensors))
  }

  /// The curve whose bends are `joined`.
  init(_ shape: CurveShape, start: Weights, joined: Weights, end: Weights) {
    let count = start.tensors.count
    let bends = (0..<shape.bends).map { index in
      Weights(
        specifications: start.specifications,
        tensors: Array(joined.tensors[index * count..<(index + 1) * count]))
    }
    self.init(shape, controls: [start] + bends + [end])
  }

  /// The tensors of a bend as ``joinedBends`` names them.
  static func joined(_ tensors: [TensorSpecification], bend: Int) -> [TensorSpecification] {
    tensors.map {
      TensorSpecification(name: "bend-\(bend).\($0.name)", shape: $0.shape, role: $0.role)
    }
  }
}

extension Mask {
  /// The mask that keeps what either keeps.
  package func union(_ other: Mask) -> Mask {
    precondition(
      layers.map(\.name) == other.layers.map(\.name), "the union of masks of different networks")
    return Mask(
      layers: zip(layers, other.layers).map { mine, theirs in
        Mask.Layer(
          name: mine.name, shape: mine.shape, kept: zip(mine.kept, theirs.kept).map { $0 | $1 })
      })
  }
}
