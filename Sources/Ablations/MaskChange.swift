package import Networks
package import Randomness
package import Recipes

/// What an ablation of masks does, found by the name of its descriptor.
package struct MaskChange: Sendable {
  /// Every one. A new one joins by a line here and one in `Ablation.all`.
  package static let all: [MaskChange] = [.shuffle, .shuffleRows]

  /// The descriptor's name.
  package let name: String
  /// The mask that it makes of a mask; what it draws, it draws from the stream.
  package let act: @Sendable (Mask, StreamPath) -> Mask
  /// How many entries of a layer it changes on average.
  private let expectation: @Sendable (Mask.Layer) -> Double

  init(
    _ ablation: Ablation, expected expectation: @escaping @Sendable (Mask.Layer) -> Double,
    act: @escaping @Sendable (Mask, StreamPath) -> Mask
  ) {
    (name, self.act, self.expectation) = (ablation.name, act, expectation)
  }

  /// The one called `name`, which must be an ablation of masks.
  package static func named(_ name: String) -> MaskChange {
    guard let change = all.first(where: { $0.name == name }) else {
      preconditionFailure("\(name) changes no mask")
    }
    return change
  }

  /// How `changed` differs from `original`.
  package func audit(of original: Mask, to changed: Mask) -> MaskResult.Change {
    let layers = zip(original.layers, changed.layers)
    return MaskResult.Change(
      changed: layers.reduce(0) { sum, pair in
        sum + zip(pair.0.kept, pair.1.kept).count { $0 != $1 }
      },
      expected: original.layers.reduce(0) { $0 + expectation($1) },
      countsKept: layers.allSatisfy { $0.keptCount == $1.keptCount })
  }
}
