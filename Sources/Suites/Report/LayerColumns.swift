package import Recipes

/// Columns `kept:NAME` and `size:NAME`, or others of this kind, for every layer.
package struct LayerColumns<Row> {
  /// How the names of the columns begin.
  package let kept, size: String
  /// Where a row has its layers.
  package let path: WritableKeyPath<Row, [LayerCount]>

  /// Columns whose names begin with `kept` and `size`.
  package init(_ kept: String, _ size: String, _ path: WritableKeyPath<Row, [LayerCount]>) {
    (self.kept, self.size, self.path) = (kept, size, path)
  }

  /// The names of the columns that `rows` fill, and how a row fills them.
  func written(for rows: [Row]) -> (header: [String], fields: (Row) -> [String]) {
    let names = rows.flatMap { $0[keyPath: path].map(\.name) }.distinct
    return (
      names.map { "\(kept):\($0)" } + names.map { "\(size):\($0)" },
      { row in
        let counts = Dictionary(row[keyPath: path].map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        return names.map { counts[$0].map { "\($0.kept)" } ?? "" }
          + names.map { counts[$0].map { "\($0.size)" } ?? "" }
      }
    )
  }

  /// The columns of `header` that tell of layers.
  func places(in header: [String]) -> [LayerPlace] {
    let places = Dictionary(
      header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return header.enumerated().compactMap { place, name in
      guard name.hasPrefix("\(kept):") else { return nil }
      let layer = String(name.dropFirst(kept.count + 1))
      return LayerPlace(name: layer, kept: place, size: places["\(size):\(layer)"])
    }
  }
}

/// The columns of one layer.
struct LayerPlace {
  let name: String
  let kept: Int
  let size: Int?
}
