import Recipes
import Reports
import Suites
import Wording

extension CurveAnalysis {
  /// Error and loss along all paths.
  var pathSection: ReportSection {
    guard !runs.isEmpty else { return ReportSection() }
    var section = ReportSection("Along the paths")
    for (number, network) in networks.enumerated() {
      for quantity in PathQuantity.allCases {
        let panels = settings.panels { split, policy in
          settings.paths.map { path in
            let lines = runs(network, path.name).map { $0.lines[policy] }
            return .band(path.name, of: lines, quantity, on: split)
          }
        }
        let (name, unit) = quantity == .error ? ("Error", "%") : ("Loss", "nats")
        section.show(
          LineChart(
            panels: panels, x: Axis("t", range: 0...1),
            y: Axis("\(name.lowercased()) (\(unit))")),
          title: "\(name) along the paths: \(network.words)",
          alternative:
            "\(name) against t from one end to the other, on "
            + "\(settings.paths.map(\.name).sentence). The tables above hold the numbers.",
          as: "\(quantity.rawValue)-along-\(number + 1)",
          caption: .init(
            "\(network.words): means over replicates"
              + (terms.replicates > 1 ? ", bands from the lowest to the highest." : ".")))
      }
    }
    return section
  }

  /// Ensembles of the start with the points of a path.
  var ensembleSection: ReportSection {
    var section = ReportSection()
    let (settings, policy) = (settings, decidingPolicy)
    guard settings.ensembles, !runs.isEmpty else { return section }
    section.blocks += [
      .heading(2, "Ensembles"),
      .paragraph(
        """
        Test error of the mean of class probabilities of the start and the point at t of the same path \
        (Garipov et al., NeurIPS 2018, figure 2): at t = 0 the start alone, at t = 1 both ends. Beside it \
        the ensemble of start, middle and end. The best pair is chosen among the points on these same test \
        examples, which flatters it.
        """),
    ]
    var table = Markdown.Table([
      .text("network"), .text("path"), .number("start alone"), .number("end alone"),
      .number("both ends"), .number("best pair"), .number("its t"), .number("start, middle, end"),
    ])
    func text(_ values: [Double?]) -> Markdown.Text { .acrossReplicates(values, digits: 2) }
    for (number, network) in networks.enumerated() {
      for path in settings.paths {
        let runs = runs(network, path.name)
        guard !runs.isEmpty else { continue }
        let errors = runs.map { $0.lines[policy].values(.error, on: .test) }
        let best = runs.map { run -> (t: Double, error: Double)? in
          zip(run.lines[policy].positions, run.ensembles[policy]).dropFirst()
            .compactMap { t, error in error.map { (t, $0) } }.min { $0.1 < $1.1 }
        }
        table.append([
          .init(network.words), .init(path.name), text(errors.map { $0.first ?? nil }),
          text(errors.map { $0.last ?? nil }),
          text(runs.map { $0.ensembles[policy].last ?? nil }), text(best.map { $0?.error }),
          text(best.map { $0?.t }), text(runs.map { $0.trios[policy] }),
        ])
      }
      section.show(
        LineChart(
          settings.paths.map { path in
            .band(
              path.name,
              runs(network, path.name).map {
                ($0.lines[policy].positions, $0.ensembles[policy])
              })
          }, x: Axis("t", range: 0...1), y: Axis("test error of the ensemble (%)")),
        title: "Ensembles along the paths: \(network.words)",
        alternative:
          "Test error of the ensemble of the start and the point at t, on "
          + "\(settings.paths.map(\.name).sentence). The table below holds numbers.",
        as: "ensembles-\(number + 1)",
        caption: .init("\(network.words): means over replicates."))
    }
    section.blocks.append(.table(table))
    return section
  }

  /// How long the paths are.
  var lengthSection: ReportSection {
    guard !runs.isEmpty else { return ReportSection() }
    var table = Markdown.Table([
      .text("network"), .text("path"), .number("distance of the ends"), .number("length"),
      .number("length / distance"), .number("norm of the ends"), .number("norm of the middle"),
    ])
    for network in networks {
      for path in settings.paths {
        let runs = runs(network, path.name)
        guard !runs.isEmpty else { continue }
        func cell(_ digits: Int, _ value: (CurveAnalysis.Run) -> Double?) -> Markdown.Text {
          .acrossReplicates(runs.map(value), digits: digits)
        }
        table.append([
          .init(network.words), .init(path.name), cell(2, \.whole.distance), cell(2, \.length),
          cell(3) { run in
            run.length.flatMap { length in run.whole.distance.map { length / $0 } }
          }, cell(2, \.whole.endNorm), cell(2, \.whole.middleNorm),
        ])
      }
    }
    return ReportSection(
      "Lengths",
      .paragraph(
        """
        Euclidean, over parameters without running statistics; arc lengths are integrals of ‖w′(t)‖ over \
        t. Every point is in \("records.csv", link: "records.csv").
        """), .table(table))
  }

  /// The planes through ends and bend, with curve and segment in them.
  var planeSection: ReportSection {
    var section = ReportSection()
    let planes = runs.compactMap { run in run.plane.map { (run, $0) } }
    if !planes.isEmpty { section.blocks.append(.heading(2, "Planes")) }
    for (number, (run, plane)) in planes.enumerated() {
      section.show(
        plane, marks: ["start", "end", "bend"],
        paths: [
          .init(CurveDesign.segment, Array(plane.corners.prefix(2))),
          .init(run.path.name, plane.places(of: run.path.shape)),
        ], as: "plane-\(number + 1)", title: "of \(run.path.name): \(run.network.words)",
        content:
          "through both ends and the bend of \(run.path.name), with the curve and the segment",
        caption: "\(run.network.words), replicate \(run.replicate)")
    }
    return section
  }

  /// How bends were trained.
  var trainingSection: ReportSection {
    let pruned = runs.reduce((0, 0)) {
      ($0.0 + ($1.whole.pruned ?? 0), $0.1 + ($1.whole.prunedAtZero ?? 0))
    }
    var sentences = [
      "One t, uniform from 0 to 1, per batch; weight decay acts on the point of the curve; the ends are "
        + "fixed and bends begin on the segment. \(settings.training)."
    ]
    if !diverged.isEmpty {
      sentences.append(
        "\(Format.count(diverged.count, "curve")) diverged: \(diverged.count == 1 ? "it has no points and does" : "they have no points and do") not connect."
      )
    }
    if pruned.0 > 0 {
      sentences.append(
        "Bends of sparse networks stay in "
          + (settings.masks == .own ? "the union of the ends' masks" : "the ends' common mask")
          + ": \(Format.count(pruned.1)) of \(Format.count(pruned.0, "weight")) outside \(pruned.1 == 1 ? "is" : "are") zero."
      )
    }
    return ReportSection(
      "How curves were trained",
      .paragraph(.init(sentences.joined(separator: " "))))
  }
}
