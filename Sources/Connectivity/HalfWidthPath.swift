package import Networks
package import Recipes
import Tensors

/// The piecewise-linear path between two networks through networks of half their width.
///
/// Write θ⁽ᵏ⁾ for a network whose hidden layers k and above have lost their halves D, the other halves K
/// being rescaled. The path goes θ → θ⁽ᵈ⁻¹⁾ → … → θ⁽¹⁾ for the one end, from its θ⁽¹⁾ to the other's, and
/// back. Every segment varies one layer, and is of one of two types.
///
/// - *Interpolated*: the last layer moves between two networks whose other weights are equal. Logits are
///   linear in it and cross-entropy is convex in logits, so no loss on it exceeds both ends'.
/// - *Constant*: weights move that do not reach the logits, or move between two units that compute the
///   same.
///
/// From θ⁽ᵏ⁺¹⁾ to θ⁽ᵏ⁾ the halves D of the layers above k, which nothing reads, are made a copy of the
/// halves K as they will be (constant; two layers differ from the former copy), the last layer turns from
/// K to D (interpolated), layer k+1 of K follows (constant), and the last layer turns back (constant). In
/// the middle the other network's half-width copy is built in D, the last layer turns to it, and it
/// moves, layer by layer, from there to the other network's own K: each layer turns to K once the layer
/// before has both. So on the data of the losses no point exceeds the largest loss of both ends' θ⁽ᵏ⁾.
///
/// Reference: Kuditipudi, Wang, Lee, Zhang, Li, Hu, Arora & Ge, "Explaining landscape connectivity of
/// low-cost solutions for multilayer nets", NeurIPS 2019, theorem 1; here for any depth, biases,
/// convolutions and odd widths, and without relabelling either end.
package struct HalfWidthPath {
  /// One straight piece.
  package struct Segment: Hashable, Sendable {
    /// Position of the layer it varies among the network's layers.
    package let layer: Int
    /// Whether the function is the same all along.
    package let isConstant: Bool
  }

  /// The network's layers.
  package let layers: [PlainLayer]
  /// Networks where the path bends, both ends included; one more than there are segments.
  package let knots: [Weights]
  /// Pieces between knots; pieces on which nothing would move are left out.
  package let segments: [Segment]

  /// The path from `start` to `end`, each with its own halves.
  package init(
    from start: Weights, _ startHalves: UnitHalves, to end: Weights, _ endHalves: UnitHalves,
    layers: [PlainLayer]
  ) throws {
    var way = try Way(from: start, layers)
    try way.drop(startHalves)
    var back = try Way(from: end, layers)
    try back.drop(endHalves)
    try way.exchange(startHalves, for: endHalves, of: end)
    let meets = try layers.allSatisfy {
      try LayerRows($0, of: way.current) == LayerRows($0, of: back.current)
    }
    precondition(meets, "the half-width networks do not meet")
    self.layers = layers
    knots = way.knots.dropLast() + back.knots.reversed()
    segments = way.segments + back.segments.reversed()
  }

  /// Positions of all knots and of `count` points between every two: the number of the segment plus the
  /// fraction of it.
  package func positions(within count: Int) -> [Double] {
    segments.indices.flatMap { segment in
      (0...count).map { Double(segment) + Double($0) / Double(count + 1) }
    } + [Double(segments.count)]
  }

  /// The network at a position.
  package func point(at position: Double) throws -> Weights {
    let segment = Int(position)
    let fraction = position - Double(segment)
    if fraction == 0 { return knots[segment] }
    let (from, to) = (knots[segment], knots[segment + 1])
    let layer = layers[segments[segment].layer]
    var tensors = from.tensors
    for index in [layer.weight] + (layer.bias.map { [$0] } ?? []) {
      func part(_ weights: Weights) -> Weights {
        Weights(
          specifications: [weights.specifications[index]], tensors: [weights.tensors[index]])
      }
      tensors[index] = try Weights.combination([
        (1 - fraction, part(from)), (fraction, part(to)),
      ]).tensors[0]
    }
    return Weights(specifications: from.specifications, tensors: tensors)
  }
}

/// A path under construction.
private struct Way {
  let layers: [PlainLayer]
  let origin: [LayerRows]
  var knots: [Weights]
  var segments: [HalfWidthPath.Segment] = []

  init(from weights: Weights, _ layers: [PlainLayer]) throws {
    self.layers = layers
    knots = [weights]
    origin = try layers.map { try LayerRows($0, of: weights) }
  }

  var current: Weights { knots.last! }
  private var top: Int { layers.count - 1 }

  private mutating func vary(
    _ layer: Int, isConstant: Bool = true, _ edit: (inout LayerRows) -> Void
  ) throws {
    let before = try LayerRows(layers[layer], of: current)
    var after = before
    edit(&after)
    guard after != before else { return }
    knots.append(try after.placed(in: current))
    segments.append(HalfWidthPath.Segment(layer: layer, isConstant: isConstant))
  }

  /// Drops half of every hidden layer from the top down, and zeroes what is dead then.
  mutating func drop(_ halves: UnitHalves) throws {
    guard top > 0 else { return }
    let (layers, top, origin) = (layers, top, origin)
    let (kept, spare) = (halves.kept, spareUnits(halves))
    func reading(_ layer: Int, at positions: [[Int]]) -> HalfReading {
      HalfReading(kept[layer - 1], of: layers[layer].inputs, at: positions[layer - 1])
    }
    func turn(to positions: [[Int]]) -> (inout LayerRows) -> Void {
      let all = Array(0..<layers[top].units)
      let (original, reading) = (origin[top], reading(top, at: positions))
      return { $0.copy(all, of: original, to: all, reading: reading) }
    }
    try vary(top, isConstant: false, turn(to: kept))
    for layer in (1..<top).reversed() {
      let (original, readsKept) = (origin[layer], reading(layer, at: kept))
      try vary(layer) { $0.copy(kept[layer], of: original, to: spare[layer], reading: readsKept) }
      if layer + 1 < top {
        let (above, readsSpare) = (origin[layer + 1], reading(layer + 1, at: spare))
        try vary(layer + 1) {
          $0.copy(kept[layer + 1], of: above, to: spare[layer + 1], reading: readsSpare)
        }
      }
      try vary(top, isConstant: false, turn(to: spare))
      try vary(layer) { $0.copy(kept[layer], of: original, to: kept[layer], reading: readsKept) }
      try vary(top, turn(to: kept))
    }
    for layer in 0..<top { try vary(layer) { $0.clear(keeping: kept[layer]) } }
  }

  /// From this network's half-width copy to the one of `end`.
  mutating func exchange(_ halves: UnitHalves, for others: UnitHalves, of end: Weights) throws {
    let (layers, top, kept) = (layers, top, others.kept)
    let goal = try layers.map { try LayerRows($0, of: end) }
    // Where the other's units wait; those that are free already stand where they belong.
    let waiting = zip(kept, spareUnits(halves)).map { kept, free in
      var rest = free.filter { !kept.contains($0) }.makeIterator()
      return kept.map { free.contains($0) ? $0 : rest.next()! }
    }
    func reading(_ layer: Int, at positions: [[Int]]) -> HalfReading? {
      layer == 0
        ? nil : HalfReading(kept[layer - 1], of: layers[layer].inputs, at: positions[layer - 1])
    }
    for layer in 0..<top {
      try vary(layer) {
        $0.copy(
          kept[layer], of: goal[layer], to: waiting[layer], reading: reading(layer, at: waiting))
      }
    }
    let all = Array(0..<layers[top].units)
    try vary(top, isConstant: false) {
      $0.copy(all, of: goal[top], to: all, reading: reading(top, at: waiting))
    }
    for layer in 0..<top {
      try vary(layer) {
        let now = reading(layer, at: kept)
        $0.clear(keeping: [])
        $0.copy(kept[layer], of: goal[layer], to: waiting[layer], reading: now)
        $0.copy(kept[layer], of: goal[layer], to: kept[layer], reading: now)
      }
    }
    try vary(top) { $0.copy(all, of: goal[top], to: all, reading: reading(top, at: kept)) }
    for layer in 0..<top { try vary(layer) { $0.clear(keeping: kept[layer]) } }
  }

  /// As many units of every hidden layer that are not kept as there are kept ones.
  private func spareUnits(_ halves: UnitHalves) -> [[Int]] {
    zip(layers, halves.kept).map { layer, kept in
      let set = Set(kept)
      return Array((0..<layer.units).filter { !set.contains($0) }.prefix(kept.count))
    }
  }
}
