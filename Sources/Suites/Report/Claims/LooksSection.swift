package import Recipes
import Reports
package import Statistics
import Wording

extension Terms {
  /// How many replicates verdicts took where that was for the results to say, behind what was asked; else nothing.
  package func replicateWords(_ verdicts: [DensityVerdict]) -> String {
    let counts = verdicts.map(\.cell.pairs.count)
    guard severalLooks != nil, let fewest = counts.min(), let most = counts.max() else { return "" }
    let range = fewest == most ? "" : "\(fewest) to "
    return ", after \(range)\(Format.count(most, "replicate")) until decided or out of looks"
  }

  /// How often claims may be false, behind what shows a difference; designs of several looks make one kind more.
  package func kindsOfClaim(alpha: Double, margin: String) -> String {
    let isSeveral = severalLooks != nil
    return (isSeveral ? ". “More than \(margin)”: a test shows that it is larger than that" : "")
      + ". No more than \(Format.percent(alpha)) of suites say anything false of "
      + "\(isSeveral ? "any one" : "either") kind, no more than "
      + "\(Format.percent((isSeveral ? 3 : 2) * alpha)) of \(isSeveral ? "all three" : "any")"
  }
}

extension ReportSection {
  /// An arm at its densities.
  package struct ReplicatedArm {
    let name: String
    let replicates: [Density: Int]
    let runs: Int

    /// An arm by its name, how many replicates it has at each density, and how many runs in all.
    package init(_ name: String, replicates: [Density: Int], runs: Int) {
      (self.name, self.replicates) = (name, replicates.filter { $0.value > 0 })
      self.runs = runs
    }
  }

  /// Which look decided how much, what every arm got, and what the same runs would have bought for all.
  ///
  /// - Parameter margin: with its unit.
  package static func looks(
    _ looks: Looks, _ verdicts: [DensityVerdict], _ arms: [ReplicatedArm], margin: String
  ) -> ReportSection {
    ReportSection(blocks: [
      .heading(2, "How many replicates it took"), .paragraph(rule(looks, margin: margin)),
      .table(table(of: looks, verdicts)), .paragraph(cost(verdicts, arms)),
      .details(summary: "Replicates of every arm", [.table(table(of: arms))]),
    ])
  }

  private static func rule(_ looks: Looks, margin: String) -> Markdown.Text {
    """
    A density of a comparison is decided where sameness is shown, or a difference larger than \(margin). What is \
    decided is not run again, unless its runs are needed elsewhere, and its verdict stands on the runs up to that \
    look; what is open goes on, with its controls beside it. The looks share α as (n / \(Format.count(looks.last))) \
    to the power \(Format.significant(looks.exponent)) grows, so that looking often makes no claim more likely to be \
    false.
    """
  }

  private static func table(of looks: Looks, _ verdicts: [DensityVerdict]) -> Markdown.Table {
    var rows = Markdown.Table([
      .number("look"), .number("replicates"), .number("part of α"), .number("sameness decided"),
      .number("larger difference decided"), .number("open after it"),
    ])
    var open = verdicts.count { $0.decidedAt != nil || $0.isOpen }
    for (index, size) in looks.sizes.enumerated() {
      let decided = verdicts.filter { $0.decidedAt == index + 1 }
      let same = decided.count(where: \.isMaintained)
      open -= decided.count
      let isTaken = verdicts.contains { $0.seen > index }
      rows.append(
        plain: [
          "\(index + 1)", "\(size)", Format.percent(looks.shares[index], significant: 2),
        ]
          + (isTaken
            ? ["\(same)", "\(decided.count - same)", "\(open)"]
            : Array(repeating: "not taken", count: 3)))
    }
    return rows
  }

  private static func cost(
    _ verdicts: [DensityVerdict], _ arms: [ReplicatedArm]
  ) -> Markdown.Text {
    let counts = arms.flatMap(\.replicates.values)
    let (runs, most) = (arms.reduce(0) { $0 + $1.runs }, counts.max() ?? 0)
    let void = verdicts.count { $0.decidedAt == nil && !$0.isOpen }
    let each = Double(counts.reduce(0, +)) / Double(max(1, counts.count))
    let statement =
      void == 0
      ? ""
      : " \(Format.count(void, "density of a comparison", plural: "densities of comparisons")) allowed no "
        + "statement, as every run failed, one has no value or none differed, and \(void == 1 ? "was" : "were") not run again."
    return """
      \(Format.count(runs)) runs of \(Format.count(counts.count)) arms and densities: as many as \
      \(Format.number(each, digits: 1)) replicates of every arm at every density, of which \(Format.count(most)) each \
      would have cost \(Format.number(Double(most) / max(1, each), digits: 2)) times as much.\(statement)
      """
  }

  private static func table(of arms: [ReplicatedArm]) -> Markdown.Table {
    let densities = Set(arms.flatMap(\.replicates.keys)).sorted(by: >)
    var rows = Markdown.Table(
      [.text("arm")] + densities.map { .number(.init(Format.percent($0.value))) })
    for arm in arms {
      rows.append(
        plain: [arm.name]
          + densities.map { arm.replicates[$0].map(String.init) ?? Format.missing })
    }
    return rows
  }
}
