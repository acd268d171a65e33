import Randomness
import Statistics

/// The claim procedure written down in three other ways, to compare it with.
enum ClaimModels {
  /// The loop as it stands in the rules: what is shown at one α. A share of nothing shows nothing, not even p = 0.
  static func shown(
    _ comparisons: [ClaimProcedure.Comparison], showing claim: Claim, alpha: Double
  ) -> [[Bool]] {
    var shown = comparisons.map { $0.pValues.map { _ in false } }
    var changed = true
    while changed {
      changed = false
      let open = comparisons.indices.filter { shown[$0].contains(false) }
      let weights = open.reduce(0) { $0 + comparisons[$1].weight }
      for index in open {
        let comparison = comparisons[index]
        let share = weights > 0 ? comparison.weight / weights : 1 / Double(open.count)
        let rest = shown[index].indices.filter { !shown[index][$0] }
        let candidates = claim == .equivalence ? Array(rest.prefix(1)) : rest
        for density in candidates
        where share > 0
          && comparison.pValues[density] <= alpha * share / Double(candidates.count)
          && !comparison.blocked.contains(density)
        {
          shown[index][density] = true
          changed = true
        }
      }
    }
    return shown
  }

  /// The closed test, by all its intersections: the adjusted p of a cell is the largest p of an intersection that
  /// holds it. Blocked cells have p = 1.
  static func closed(
    _ comparisons: [ClaimProcedure.Comparison], showing claim: Claim
  ) -> [[Double]] {
    let cells = cells(of: comparisons)
    var adjusted = comparisons.map { $0.pValues.map { _ in 0.0 } }
    for subset in 1..<(1 << cells.count) {
      let members = cells.indices.filter { subset >> $0 & 1 == 1 }.map { cells[$0] }
      let open = Set(members.map(\.comparison))
      let weights = open.reduce(0) { $0 + comparisons[$1].weight }
      var smallest = 1.0
      for index in open {
        let share =
          weights > 0 ? comparisons[index].weight / weights : 1 / Double(open.count)
        let own = members.filter { $0.comparison == index }
        let tested = claim == .equivalence ? Array(own.prefix(1)) : own
        for cell in tested where share > 0 {
          smallest = min(smallest, cell.p * Double(tested.count) / share)
        }
      }
      for cell in members {
        adjusted[cell.comparison][cell.density] = max(
          adjusted[cell.comparison][cell.density], smallest)
      }
    }
    return adjusted
  }

  /// The graph of Bretz et al.: shares on the densest densities, each chain handing on to its next density and its
  /// end to the other comparisons by their weights; for differences evenly within a comparison, out of which
  /// only `leak` of a share goes while a density of it is left.
  ///
  /// Weights must be above 0. For differences the procedure is the limit of a vanishing leak.
  static func graph(
    _ comparisons: [ClaimProcedure.Comparison], showing claim: Claim, leak: Double
  ) throws -> [[Double]] {
    let cells = cells(of: comparisons)
    let total = comparisons.reduce(0) { $0 + $1.weight }
    /// The part of what arrives at a comparison that goes to one of its cells.
    func part(_ cell: Cell) -> Double {
      let count = comparisons[cell.comparison].pValues.count
      return claim == .equivalence ? (cell.density == 0 ? 1 : 0) : 1 / Double(count)
    }
    func transition(_ from: Cell, _ to: Cell) -> Double {
      let count = comparisons[from.comparison].pValues.count
      if from.comparison == to.comparison {
        guard from.density != to.density else { return 0 }
        return switch claim {
        case .equivalence: to.density == from.density + 1 ? 1 : 0
        case .difference, .beyondMargin:
          (comparisons.count == 1 ? 1 : 1 - leak) / Double(count - 1)
        }
      }
      let others = total - comparisons[from.comparison].weight
      let along = comparisons[to.comparison].weight / others * part(to)
      return switch claim {
      case .equivalence: from.density == count - 1 ? along : 0
      case .difference, .beyondMargin: count == 1 ? along : leak * along
      }
    }
    let procedure = try GraphicalProcedure(
      weights: cells.map { comparisons[$0.comparison].weight / total * part($0) },
      transitions: cells.map { from in cells.map { transition(from, $0) } })
    var adjusted = comparisons.map { $0.pValues.map { _ in 0.0 } }
    for (cell, value) in zip(cells, try procedure.adjusted(cells.map(\.p))) {
      adjusted[cell.comparison][cell.density] = value
    }
    return adjusted
  }

  private struct Cell {
    let comparison: Int
    let density: Int
    let p: Double
  }

  private static func cells(of comparisons: [ClaimProcedure.Comparison]) -> [Cell] {
    comparisons.enumerated().flatMap { index, comparison in
      comparison.pValues.enumerated().map { density, p in
        Cell(
          comparison: index, density: density, p: comparison.blocked.contains(density) ? 1 : p)
      }
    }
  }
}

extension RandomStream {
  /// Up to `comparisons` comparisons of up to `densities` densities, with small p-values, some of them equal and
  /// some blocked.
  mutating func comparisons(
    upTo comparisons: Int, densities: Int, zeroWeights: Bool = false
  ) -> [ClaimProcedure.Comparison] {
    (0..<(1 + integer(below: comparisons))).map { _ in
      let count = 1 + integer(below: densities)
      let pValues = (0..<count).map { _ in
        let u = uniform()
        return integer(below: 5) == 0 ? Double(integer(below: 4)) / 100 : u * u * u * u
      }
      let blocked = (0..<count).filter { _ in integer(below: 12) == 0 }
      let weight = zeroWeights && integer(below: 3) == 0 ? 0 : Double(1 + integer(below: 4))
      return ClaimProcedure.Comparison(
        weight: weight, pValues: pValues, blocked: Set(blocked))
    }
  }
}
