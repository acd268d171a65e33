import Programs
import Recipes
import Tensors

/// A walk through layers and back, one layer's graph at a time.
final class PathWalk {
  /// What is reached by way of the output of some layers, from what is wanted of it.
  typealias Back = (Tensor) throws -> Tensor

  private let kept: [Tensor]
  /// Weights on a path by the position of their tensor.
  private(set) var counts: [Int: Int] = [:]

  init(_ kept: [Tensor]) { self.kept = kept }

  /// Through `layers`, one after the other.
  func forward(_ layers: [Layer], _ x: Tensor) throws -> (Tensor, Back) {
    var x = x
    var backs: [Back] = []
    for layer in layers {
      let (y, back) = try layer.act.walk(layer, self, x)
      x = y
      backs.append(back)
    }
    return (x, { wanted in try backs.reversed().reduce(wanted) { try $1($0) } })
  }

  /// Through a product with a weight, of which the part that lies on paths is counted on the way back.
  func weighted(
    _ layer: Layer, _ x: Tensor, _ product: (Tensor, Tensor) throws -> Tensor
  ) throws -> (Tensor, Back) {
    let position = layer.position(of: "weight")
    let (input, weight) = (try x.variable(), try kept[position].variable())
    let y = try product(input, weight)
    return (
      try y.detached().sign(),
      { [kept] wanted in
        let slopes = try Tensor.vectorJacobianProducts([wanted], of: [y], inputs: [input, weight])
        self.counts[position] = try slopes[1].withElements(of: Float.self) { slopes in
          try kept[position].withElements(of: Float.self) { kept in
            zip(slopes, kept).count { $0 > 0 && $1 > 0 }
          }
        }
        return try slopes[0].sign()
      }
    )
  }

  /// Through windows of every channel: sums, since a gradient of a maximum reaches one place alone.
  func pooled(_ x: Tensor, _ window: LayerProgram.Window) throws -> (Tensor, Back) {
    let ones = try Tensor(repeating: 1, shape: [1, 1, window.kernel, window.kernel])
    return try spread(x) { x in
      let (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3])
      let y = try x.reshaped([channels, 1, height, width])
        .convolution(weight: ones, bias: nil, stride: window.stride, padding: window.padding)
      return try y.reshaped([1, channels, y.shape[2], y.shape[3]])
    }
  }

  /// Through an operation without weights.
  func spread(_ x: Tensor, _ operation: (Tensor) throws -> Tensor) throws -> (
    Tensor, Back
  ) {
    let input = try x.variable()
    let y = try operation(input)
    return (
      try y.detached().sign(),
      { try Tensor.vectorJacobianProducts([$0], of: [y], inputs: [input])[0].sign() }
    )
  }

  /// The sum of two branches of one input.
  func joined(_ body: (Tensor, Back), _ shortcut: (Tensor, Back)) throws -> (Tensor, Back) {
    (
      try (body.0 + shortcut.0).sign(),
      { try (body.1($0) + shortcut.1($0)).sign() }
    )
  }
}
