import Recipes
import Reports
import Statistics
import Suites
import Wording

extension InstabilityAnalysis {
  /// Error along the segments, one figure per network and one panel per step.
  var errorSection: ReportSection {
    guard !runs.isEmpty || !diverged.isEmpty else { return ReportSection() }
    var section = ReportSection("Error along the segments")
    for (number, network) in settings.networks.enumerated() {
      let panels = settings.steps.map { step in
        LineChart.Panel(
          "k = \(step)",
          settings.policies.indices.flatMap { index in
            settings.splits.map { split in
              .band(
                split.rawValue + settings.words(index),
                of: runs(of: network, from: step).map { $0.lines[index] }, .error,
                on: split)
            }
          })
      }
      section.show(
        LineChart(panels: panels, x: Axis("position"), y: Axis("error (%)")),
        title: "Error along the segments: \(network.words)",
        alternative:
          "Error in percent against the position between two siblings, one panel for each step of "
          + "parting. records.csv holds the numbers.",
        as: "segment-\(number + 1)",
        caption: """
          \(network.words): means over all segments; bands from the lowest to the highest. Points \
          whose loss is not finite are gaps.
          """)
    }
    let gaps = runs.reduce(0) { $0 + MeasuredLine.gapCount($1.lines) }
    let diverged = diverged.count
    if gaps + diverged > 0 {
      section.say(
        """
        \(Format.count(gaps, "point")) \(gaps == 1 ? "has" : "have") no finite loss; \(Format.count(diverged)) of \
        \(Format.count(runs.count + diverged, "segment")) \(diverged == 1 ? "has" : "have") an end whose \
        training diverged and \(diverged == 1 ? "is" : "are") left out.
        """)
    }
    return section
  }

  /// Barriers in error and loss, distances and disagreements.
  func segmentSection() throws -> ReportSection {
    guard !runs.isEmpty else { return ReportSection() }
    var barriers = Markdown.Table([
      .text("network"), .text("k"), .text("measured"), .number("ends' error (%)"),
      .number("barrier"), .number("ends alone"), .number("excess"), .number("above the chord"),
      .number("ends' loss"), .number("barrier of loss"), .number("ends alone"),
      .number("excess of loss"),
    ])
    var distances = Markdown.Table([
      .text("network"), .text("k"), .number("L2 distance"), .number("angle (°)"),
      .number("L2 from parent"), .number("angle at parent (°)"),
      .number("test examples that differ"), .number("were they independent"), .number("ratio"),
    ])
    for network in settings.networks {
      for step in settings.steps {
        for index in settings.policies.indices {
          for split in settings.splits {
            func text(
              _ quantity: PathQuantity, _ digits: Int, _ number: (PathSummary) -> Double
            ) throws -> Markdown.Text {
              let found = try estimate(
                network, from: step, quantity, on: split, policy: index, of: number)
              return .init(Format.number(found?.mean, digits: digits))
            }
            barriers.append([
              .init(network.words), .init(step.description),
              .init(split.rawValue + settings.words(index)), try text(.error, 2, \.ends),
              try text(.error, 2, \.barrier), try text(.error, 2, \.floor),
              try text(.error, 2, \.rise), try text(.error, 2, \.excess),
              try text(.loss, 4, \.ends), try text(.loss, 4, \.barrier),
              try text(.loss, 4, \.floor), try text(.loss, 4, \.rise),
            ])
          }
        }
        distances.append(
          [.init(network.words), .init(step.description)]
            + means(over: runs(of: network, from: step).map(\.whole)))
      }
    }
    return ReportSection(
      "Segments",
      .paragraph(
        """
        Means over segments. The barrier is the highest value less the mean of the ends. Ends that differ \
        alone make one of half their difference, \(emphasis: "ends alone"), however straight the path; the \
        \(emphasis: "excess") is what lies above that, the highest value less the worse end's. \
        \(emphasis: "Above the chord"): the largest error less that of the straight line between the ends.
        """),
      .table(barriers),
      .paragraph(
        """
        Distances are over parameters, without running statistics. Independent predictions would differ on \
        a fraction Σ n_c/n · (1 − Σ p(j|c)·q(j|c)) of examples, p(j|c) and q(j|c) being the fractions of \
        class c that either end calls j; the ratio is the observed fraction over that. – is not recorded.
        """),
      .table(distances))
  }

  /// Distances, angles and disagreements of the ends.
  private func means(over segments: [InstabilityRow]) -> [Markdown.Text] {
    func mean(_ value: (InstabilityRow) -> Double?) -> Double? {
      let known = segments.compactMap(value)
      return known.isEmpty ? nil : Sample.mean(known)
    }
    let (fraction, expected) = (mean(\.disagreement), mean(\.expectedDisagreement))
    let ratio = fraction.flatMap { one in expected.flatMap { $0 > 0 ? one / $0 : nil } }
    let fromParent = mean { segment in
      segment.firstFromParent.flatMap { one in segment.secondFromParent.map { (one + $0) / 2 } }
    }
    return [
      Format.significant(mean(\.distance)), Format.number(mean(\.angle), digits: 1),
      Format.significant(fromParent), Format.number(mean(\.angleFromParent), digits: 1),
      Format.percent(fraction), Format.percent(expected),
      Format.number(ratio, digits: 2),
    ].map { .init($0) }
  }

  /// What sharing saved, and where tickets come from.
  var sharedWorkSection: ReportSection {
    var section = ReportSection(blocks: [
      .paragraph(
        """
        The plan trains \(Format.count(settings.trainings, "network")); a runner that makes every segment by \
        itself would train \(Format.count(settings.unsharedTrainings)).
        """)
    ])
    if let ladder = settings.ladder { section.say("Tickets come from \(ladder).") }
    return section
  }
}
