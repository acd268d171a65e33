import Networks
import Randomness
import Recipes

extension MaskChange {
  /// The mask permuted within each row, the weights of one output, every row's count kept; `path / name` draws the
  /// permutations of the tensor called `name`, row after row.
  ///
  /// Whatever a method knows of single weights is gone, and what it gives to each output stays.
  package static let shuffleRows = MaskChange(
    .shuffleRows,
    expected: { layer in
      layer.rows.reduce(0) { sum, row in
        let (kept, size) = (Double(row.count { $0 == 1 }), Double(row.count))
        return size == 0 ? sum : sum + 2 * kept * (size - kept) / size
      }
    }
  ) { mask, path in
    Mask(
      layers: mask.layers.map { layer in
        var stream = RandomStream(path / layer.name)
        let kept = layer.rows.flatMap { row in
          var row = Array(row)
          stream.shuffle(&row)
          return row
        }
        return Mask.Layer(name: layer.name, shape: layer.shape, kept: kept)
      })
  }
}

extension Mask.Layer {
  /// The entries of each output.
  fileprivate var rows: [ArraySlice<UInt8>] {
    let size = max(1, shape.dropFirst().reduce(1, *))
    return stride(from: 0, to: kept.count, by: size).map { kept[$0..<$0 + size] }
  }
}
