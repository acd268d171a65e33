package import Networks
package import Recipes
import Tensors

extension Weights {
  /// The same function with hidden units relabelled: unit `i` of group `g` is unit `permutations[g][i]` of
  /// these weights, in parameters and buffers alike.
  package func permuted(by permutations: [[Int]], _ symmetry: PermutationSymmetry) throws -> Weights
  {
    Weights(
      specifications: specifications,
      tensors: try tensors.enumerated().map { index, tensor in
        let order = Relabelling(tensor.shape, symmetry.axes[index], permutations)
        guard !order.isIdentity else { return tensor }
        return try Tensor(
          try tensor.withElements(of: Float.self) { order.applied(to: $0) }, shape: tensor.shape)
      })
  }
}

extension Mask {
  /// The mask of the weights that ``Networks/Weights/permuted(by:_:)`` gives.
  package func permuted(
    by permutations: [[Int]], _ symmetry: PermutationSymmetry, in network: Network
  ) -> Mask {
    Mask(
      layers: zip(layers, network.prunableIndices).map { layer, index in
        let order = Relabelling(layer.shape, symmetry.axes[index], permutations)
        return Layer(
          name: layer.name, shape: layer.shape,
          kept: layer.kept.withUnsafeBufferPointer { order.applied(to: $0) })
      })
  }
}

/// Where the entries of one tensor come from.
private struct Relabelling {
  /// Source of every row and of every column; columns are runs of `run` entries.
  private let rows, columns: [Int]
  private let run: Int

  init(_ shape: [Int], _ axes: [PermutationSymmetry.Axis], _ permutations: [[Int]]) {
    func sources(_ dimension: Int) -> [Int] {
      let extent = dimension < shape.count ? shape[dimension] : 1
      guard let axis = axes.first(where: { $0.dimension == dimension }) else {
        return Array(0..<extent)
      }
      return permutations[axis.group].flatMap { unit in
        (unit * axis.block)..<((unit + 1) * axis.block)
      }
    }
    rows = sources(0)
    columns = sources(1)
    run = shape.dropFirst(2).reduce(1, *)
  }

  var isIdentity: Bool {
    rows.elementsEqual(rows.indices) && columns.elementsEqual(columns.indices)
  }

  func applied<Element>(to source: UnsafeBufferPointer<Element>) -> [Element] {
    [Element](unsafeUninitializedCapacity: source.count) { target, count in
      for row in rows {
        for column in columns {
          let start = (row * columns.count + column) * run
          for entry in start..<(start + run) {
            target.initializeElement(at: count, to: source[entry])
            count += 1
          }
        }
      }
    }
  }
}
