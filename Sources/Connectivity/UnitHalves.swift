package import Networks
package import Recipes
import Tensors

/// Which half of every hidden layer is kept when the other half is dropped.
///
/// Of n units ⌊n/2⌋ are kept; what they give is multiplied by n/⌊n/2⌋, which is 2 for even n, in the
/// weights that read them.
package struct UnitHalves: Hashable, Sendable {
  /// Kept units of every hidden layer, ascending.
  package let kept: [[Int]]

  /// Halves of hidden layers in network order.
  package init(kept: [[Int]]) { self.kept = kept }

  /// Units that remain of `units`.
  package static func size(of units: Int) -> Int { units / 2 }

  /// The half of each hidden layer whose units have the largest products of the norms of incoming and
  /// outgoing weights; equal ones by the lower index.
  package init(largestOf weights: Weights, _ layers: [PlainLayer]) throws {
    kept = try layers.indices.dropLast().map { index in
      let incoming = try Self.squares(
        weights.tensors[layers[index].weight], units: layers[index].units, inputs: 1)
      let next = layers[index + 1]
      let outgoing = try Self.squares(
        weights.tensors[next.weight], units: next.units, inputs: next.inputs)
      let products = incoming.indices.map { unit in
        incoming[unit]
          * stride(from: unit, to: outgoing.count, by: next.inputs).reduce(0) { $0 + outgoing[$1] }
      }
      return products.indices.sorted { (products[$0], $1) > (products[$1], $0) }
        .prefix(Self.size(of: products.count)).sorted()
    }
  }

  /// Sums of squares over the entries of each row and input unit, `[units, inputs]`.
  private static func squares(_ tensor: Tensor, units: Int, inputs: Int) throws -> [Double] {
    try tensor.withElements(of: Float.self) { values in
      let run = values.count / (units * inputs)
      return (0..<units * inputs).map { block in
        values[block * run..<(block + 1) * run].reduce(0) { $0 + Double($1) * Double($1) }
      }
    }
  }
}

/// How a row of a half-width network reads the layer before.
struct HalfReading {
  /// Kept units in the original, and where they are now.
  let from, to: [Int]
  /// What their outputs are multiplied by.
  let factor: Double

  /// Reads the kept units of a layer of `units` where they stand, or at `positions`.
  init(_ kept: [Int], of units: Int, at positions: [Int]? = nil) {
    from = kept
    to = positions ?? kept
    factor = Double(units) / Double(kept.count)
  }
}

/// Weight and bias of one layer, edited row by row.
struct LayerRows {
  private let layer: PlainLayer
  private let shape: [Int]
  private(set) var weight: [Float]
  private(set) var bias: [Float]?

  init(_ layer: PlainLayer, of weights: Weights) throws {
    self.layer = layer
    shape = weights.tensors[layer.weight].shape
    weight = try weights.tensors[layer.weight].elements(of: Float.self)
    bias = try layer.bias.map { try weights.tensors[$0].elements(of: Float.self) }
  }

  /// Makes row `targets[j]` row `sources[j]` of `original`, reading the layer before as told; without a
  /// reading, as the original does.
  mutating func copy(
    _ sources: [Int], of original: LayerRows, to targets: [Int], reading: HalfReading?
  ) {
    let width = weight.count / layer.units
    let run = width / layer.inputs
    for (source, target) in zip(sources, targets) {
      bias?[target] = original.bias?[source] ?? 0
      guard let reading else {
        for entry in 0..<width {
          weight[target * width + entry] = original.weight[source * width + entry]
        }
        continue
      }
      for entry in 0..<width { weight[target * width + entry] = 0 }
      for (from, to) in zip(reading.from, reading.to) {
        for entry in 0..<run {
          weight[target * width + to * run + entry] = Float(
            reading.factor * Double(original.weight[source * width + from * run + entry]))
        }
      }
    }
  }

  /// Zeroes every row but `kept`.
  mutating func clear(keeping kept: [Int]) {
    let (width, kept) = (weight.count / layer.units, Set(kept))
    for row in 0..<layer.units where !kept.contains(row) {
      bias?[row] = 0
      for entry in 0..<width { weight[row * width + entry] = 0 }
    }
  }

  /// `weights` with this layer in the place of its own.
  func placed(in weights: Weights) throws -> Weights {
    var tensors = weights.tensors
    tensors[layer.weight] = try Tensor(weight, shape: shape)
    if let position = layer.bias, let bias {
      tensors[position] = try Tensor(bias, shape: [bias.count])
    }
    return Weights(specifications: weights.specifications, tensors: tensors)
  }
}

extension LayerRows: Equatable {
  /// Whether all bits are equal.
  static func == (a: LayerRows, b: LayerRows) -> Bool {
    func bits(_ rows: LayerRows) -> [UInt32] {
      (rows.weight + (rows.bias ?? [])).map(\.bitPattern)
    }
    return bits(a) == bits(b)
  }
}

extension Weights {
  /// The network in which `layer` reads only the kept half of the hidden layer before, rescaled.
  func reading(_ kept: [Int], by layer: PlainLayer) throws -> Weights {
    let original = try LayerRows(layer, of: self)
    var rows = original
    let all = Array(0..<layer.units)
    rows.copy(all, of: original, to: all, reading: HalfReading(kept, of: layer.inputs))
    return try rows.placed(in: self)
  }
}
