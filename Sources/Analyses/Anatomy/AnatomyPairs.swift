import Recipes
import Statistics
import Suites

/// Two masks with what they share.
struct AnatomyPair {
  /// What the two masks differ in.
  enum Sort: CaseIterable {
    case methods, seeds, densities, ablations
  }

  let first: AnatomyCell.Place
  let second: AnatomyCell.Place
  let sort: Sort
  /// The suite's density at which they are compared; a mask from a file may have another.
  let density: Density
  /// What they share of every layer.
  let layers: [OverlapTest]
  let test: MaskOverlapTest
  /// The p-value, by Holm over all pairs of other methods and other replicates; of ablations, over theirs.
  fileprivate(set) var adjusted = 1.0

  fileprivate init(
    _ first: AnatomyCell.Place, _ second: AnatomyCell.Place, _ layers: [OverlapTest],
    _ settings: AnatomySettings
  ) {
    (self.first, self.second, self.layers) = (first, second, layers)
    test = MaskOverlapTest(layers)
    sort =
      if first.method != second.method {
        settings.ablated.contains { $0.name == first.method } ? .ablations : .methods
      } else {
        first.replicate == second.replicate ? .densities : .seeds
      }
    density =
      [first.density, second.density].first(where: settings.densities.contains)
      ?? max(first.density, second.density)
  }

  /// How far the shared part lies above that of random masks, from −1 to 1.
  var excess: Double { (test.jaccard ?? 0) - (test.expectedJaccard ?? 0) }
}

/// The masks of a suite, and all pairs of them.
struct AnatomyMasks {
  /// One mask, layer by layer.
  let masks: [(place: AnatomyCell.Place, layers: [AnatomyRow])]
  let pairs: [AnatomyPair]
  /// Names of masks that ablations make.
  let ablated: Set<String>
  /// Where dispersion is shown to be other than at random.
  let uneven: Set<Side>

  init(_ rows: [AnatomyRow], _ settings: AnatomySettings) throws {
    masks = rows.filter { $0.relation == nil && $0.weights.moment == nil }
      .groupedInOrder(by: \.place).map { ($0, $1) }
    ablated = Set(settings.ablated.map(\.name))
    var pairs = try rows.filter { $0.relation == .overlap }.groupedInOrder {
      [$0.place, $0.other ?? $0.place]
    }.map { places, layers in
      AnatomyPair(
        places[0], places[1],
        try layers.map {
          try OverlapTest(
            population: $0.size, first: $0.kept, second: $0.otherKept ?? 0, overlap: $0.both ?? 0)
        }, settings)
    }
    // A sparser mask of the same scores lies within the denser one by construction: nothing to test.
    for family in [[AnatomyPair.Sort.methods, .seeds], [.ablations]] {
      let tested = pairs.indices.filter { family.contains(pairs[$0].sort) }
      for (index, p) in zip(tested, try holmAdjusted(tested.map { pairs[$0].test.pValue })) {
        pairs[index].adjusted = p
      }
    }
    self.pairs = pairs
    uneven = try Self.uneven(masks.flatMap(\.layers))
  }

  /// Where the numbers of kept weights per unit are not as at random, by Holm over all layers of all masks.
  private static func uneven(_ rows: [AnatomyRow]) throws -> Set<Side> {
    let sides = rows.flatMap { row in
      [true, false].compactMap { isIncoming in
        (isIncoming ? row.incomingP : row.outgoingP).map {
          (side: Side(place: row.place, layer: row.layer, isIncoming: isIncoming), p: $0)
        }
      }
    }
    return Set(
      zip(sides, try holmAdjusted(sides.map(\.p))).filter { $1 < 0.05 }.map(\.0.side))
  }

  /// The units that a layer's weights lead into, or come from.
  struct Side: Hashable {
    let place: AnatomyCell.Place
    let layer: String
    let isIncoming: Bool
  }

  /// All whose masks there are, and those that are no ablation of another's.
  var names: [String] { masks.map(\.place.method).distinct }
  var methods: [String] { names.filter { !ablated.contains($0) } }
  var densities: [Density] { masks.map(\.place.density).distinct.sorted(by: >) }
  var layers: [String] { masks.flatMap(\.layers).map(\.layer).distinct }

  /// The rows of a layer in the replicates of a method at a density.
  func rows(_ method: String, _ density: Density, _ layer: String) -> [AnatomyRow] {
    masks.filter { $0.place.method == method && $0.place.density == density }
      .flatMap(\.layers).filter { $0.layer == layer }
  }

  /// The pairs of two methods at a density, one for each replicate.
  func pairs(_ first: String, _ second: String, _ density: Density) -> [AnatomyPair] {
    pairs.filter {
      $0.sort == .methods && $0.density == density
        && Set([$0.first.method, $0.second.method]) == [first, second]
    }
  }

  /// Every two methods, once.
  var couples: [(first: String, second: String)] {
    methods.indices.flatMap { index in
      methods[(index + 1)...].map { (methods[index], $0) }
    }
  }
}

extension AnatomyRow {
  /// The mask that the row is about.
  var place: AnatomyCell.Place {
    AnatomyCell.Place(method: method, density: density, replicate: replicate)
  }

  /// The mask that it is compared with.
  var other: AnatomyCell.Place? {
    guard let otherMethod, let otherDensity, let otherReplicate else { return nil }
    return AnatomyCell.Place(
      method: otherMethod, density: otherDensity, replicate: otherReplicate)
  }
}
