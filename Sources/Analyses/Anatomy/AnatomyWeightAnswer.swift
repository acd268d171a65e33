import Recipes
import Statistics
import Suites
import Wording

extension AnatomyWeightTable {
  /// Which weights are chosen, and which change their sign: two sentences with the largest effects at the sparsest
  /// density; `nil` where no weights are looked at.
  ///
  /// - Parameter controls: masks that are drawn, which choose nothing.
  func sentences(but controls: Set<String>) throws -> String? {
    let methods = methods.filter { !controls.contains($0) }
    let sentences = [choice(of: methods), try signs(of: methods)].compactMap(\.self)
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  /// Whose kept weights lie farthest from their layer, before training.
  private func choice(of methods: [String]) -> String? {
    guard let density = densities.last else { return nil }
    let found = methods.flatMap { method in
      layers.compactMap { layer -> Choice? in
        let rows = rows((method, density), layer, Sort(moment: .start, group: .kept))
        guard let p = selectionP(rows), let distance = Self.mean(rows, \.denseDistance),
          let expected = Self.expectedDistance(rows)
        else { return nil }
        return Choice(method: method, layer: layer, distance: distance, expected: expected, p: p)
      }
    }
    guard let most = found.max(by: { $0.distance < $1.distance }) else { return nil }
    let least = found.min { $0.distance < $1.distance }
    func words(_ choice: Choice) -> String {
      "\(choice.method)'s in \(choice.layer) (D = \(Format.significant(choice.distance)), at random "
        + "\(Format.significant(choice.expected)); \(Format.statement(ofP: choice.p)))"
    }
    return
      "At \(Format.percent(density.value)) kept weights lie farthest from their layer's, before training, "
      + "\(words(most))" + (least.map { $0 == most ? "." : ", nearest \(words($0))." } ?? ".")
  }

  private struct Choice: Equatable {
    let method, layer: String
    let distance, expected, p: Double
  }

  /// Whose kept weights have another sign after training, most and least often, over all layers.
  private func signs(of methods: [String]) throws -> String? {
    guard let density = densities.last else { return nil }
    let found = methods.compactMap { method -> Flips? in
      let rows = rows((method, density), AnatomyRow.whole, Sort(moment: .end, group: .kept))
      let shares = Dictionary(
        rows.compactMap { row in row.weights.flipped.map { (row.replicate, $0) } }
      ) { first, _ in first }
      return shares.isEmpty ? nil : Flips(method: method, shares: shares)
    }
    guard let most = found.max(by: { $0.mean < $1.mean }),
      let least = found.min(by: { $0.mean < $1.mean })
    else { return nil }
    let words =
      "After training \(Format.percent(most.mean)) of the weights that \(most.method) keeps have another sign than before"
    guard most.method != least.method else { return words + "." }
    let p = try Self.adjustedP(of: most, least, among: found)
    return words + ", and \(Format.percent(least.mean)) of those that \(least.method) keeps"
      + (p.map { " (\(Format.statement(ofP: $0)))." } ?? ".")
  }

  private struct Flips {
    let method: String
    /// By replicate.
    let shares: [Int: Double]

    var mean: Double { Sample.mean(shares.sorted { $0.key < $1.key }.map(\.value)) }
  }

  /// The paired t-test of two methods over replicates, by Holm over all pairs, of which these were chosen; `nil` with fewer
  /// than three replicates, of which nothing can be concluded.
  private static func adjustedP(of first: Flips, _ second: Flips, among found: [Flips]) throws
    -> Double?
  {
    var (tested, pValues) = ([[String]](), [Double]())
    for (index, one) in found.enumerated() {
      for other in found[(index + 1)...] {
        let replicates = one.shares.keys.filter { other.shares[$0] != nil }.sorted()
        guard replicates.count >= 3 else { continue }
        tested.append([one.method, other.method])
        pValues.append(
          try TTest(differences: replicates.map { one.shares[$0]! - other.shares[$0]! }).pValue)
      }
    }
    let adjusted = try holmAdjusted(pValues)
    return zip(tested, adjusted).first { Set($0.0) == [first.method, second.method] }?.1
  }
}
