import Recipes
import Suites

/// The densities of a table in one spelling each: programs write 0.8³ as 0.512 and as 0.5120000000000001.
struct NearDensities {
  private var spellings: [Density: Density] = [:]

  /// Joins what lies closer together than rounding tells apart; the shortest text stands for all.
  init(_ densities: some Sequence<Density>) {
    var groups: [[Density]] = []
    for density in Set(densities).sorted(by: >) {
      if let first = groups.last?.first, first.isNear(density) {
        groups[groups.count - 1].append(density)
      } else {
        groups.append([density])
      }
    }
    for group in groups where group.count > 1 {
      let texts = group.map { (density: $0, length: $0.description.count) }
      guard let shortest = texts.min(by: { $0.length < $1.length }) else { continue }
      for density in group { spellings[density] = shortest.density }
    }
  }

  /// The spelling that stands for `density`.
  func one(for density: Density) -> Density { spellings[density] ?? density }
}
