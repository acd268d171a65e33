import Recipes
import Wording

extension MaskSet {
  private static let alpha = 0.05

  /// The answer, what files lack, which masks are equal or nearly so, and a line for every two.
  var text: String {
    ([answer] + lacking + alike + [table]).joined(separator: "\n")
  }

  private var answer: String {
    let shown = pairs.filter { $0.adjusted < Self.alpha }
    let more = shown.count { $0.test.zScore > 0 }
    let names = names
    let set =
      "\(Format.count(counts.files.count, "mask")) of \(Format.count(counts.tensors.count, "tensor")) with "
      + "\(Format.count(size, "weight")): of \(Format.count(pairs.count, "pair")) \(more) "
      + "\(more == 1 ? "shares" : "share") more weights than masks drawn at random with as many in every tensor, "
      + "\(shown.count - more) fewer (p < 0.05, Holm over all pairs)"
    guard let most = pairs.max(by: { $0.excess < $1.excess }) else { return set + "." }
    return set
      + ".\nMost beyond chance: \(names[most.first]) and \(names[most.second]), Jaccard "
      + "\(Format.significant(most.test.jaccard)), by chance \(Format.significant(most.test.expectedJaccard)), z = "
      + "\(Format.number(most.test.zScore, digits: 1)), p \(Self.statement(most.adjusted))."
  }

  private static func statement(_ p: Double) -> String {
    p < 0.001 ? Format.pValue(p) : "= \(Format.pValue(p))"
  }

  /// Tensors that are not in all files.
  private var lacking: [String] {
    zip(names, counts.files).filter { !$1.lacks.isEmpty }.map { name, file in
      "\(name) lacks \(Format.list(file.lacks, limit: 8)), not compared."
    }
  }

  /// Equal masks, and those that differ in a few weights.
  private var alike: [String] {
    let names = names
    let near = pairs.filter { $0.differing <= Self.few || pairs.count == 1 }
    let lines = near.prefix(Self.mostLines).map { pair in
      let two = "\(names[pair.first]) and \(names[pair.second])"
      guard let place = pair.difference else { return "\(two) are equal." }
      return
        "\(two) differ in \(Format.count(pair.differing, "weight")), the first of them \(place.tensor)\(place.index), "
        + "which \(names[place.isInFirst ? pair.first : pair.second]) keeps alone."
    }
    let rest = near.count - lines.count
    return lines
      + (rest > 0 ? ["\(Format.count(rest, "more pair")) differ in so few or none."] : [])
  }

  private static let few = 10
  private static let mostLines = 8

  private var table: String {
    let names = names
    let totals = counts.files.map { $0.kept.reduce(0, +) }
    let rows = pairs.map { pair in
      [
        names[pair.first], names[pair.second], "\(totals[pair.first])", "\(totals[pair.second])",
        "\(pair.test.both)", Format.number(pair.test.expected, digits: 1),
        Format.significant(pair.test.jaccard), Format.significant(pair.test.expectedJaccard),
        Format.difference(pair.test.zScore, digits: 1),
        Format.pValue(pair.adjusted) + (pair.test.isApproximate ? " (rough)" : ""),
      ]
    }
    let header = [
      "first", "second", "kept", "kept", "both", "at random", "Jaccard", "at random", "z", "p",
    ]
    return TextTable.text(([header] + rows).map { $0.map(\.printable) }, names: 2)
  }
}
