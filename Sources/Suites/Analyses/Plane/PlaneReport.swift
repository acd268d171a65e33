import Laboratory
import Recipes
import Reports

extension AnalysisReport {
  /// The report of a plane suite from its results.
  init(
    suite: Suite, design: PlaneDesign, work: AnalysisPlan<PlaneCell>,
    stored: StoredResults<Outcome<PlaneResult>>
  ) throws {
    let found = work.cells.compactMap { cell in
      stored.results[cell.key].map { (replicate: cell.replicate, result: $0) }
    }
    let planes = found.compactMap { replicate, outcome in
      outcome.found.map { (replicate: replicate, result: $0) }
    }
    records = PlaneResult.table(of: planes)
    sections = [
      .planeAnswer(
        planes, suite: suite, design: design, missing: work.cells.count - found.count,
        diverged: found.count - planes.count),
      .planeMaps(planes), .provenance(suite, methods: [], runs: stored.provenance),
    ]
  }
}

extension PlaneResult {
  /// Names of the networks in figures and tables.
  static let names = ["A", "B", "C"]

  /// One row per point of a grid, and before them the networks, their midpoints and their mean.
  static func table(of planes: [(replicate: Int, result: PlaneResult)]) -> CSV {
    var table = CSV(header: [
      "replicate", "point", "x", "y", "train_error", "train_loss", "test_error", "test_loss",
    ])
    func append(
      _ replicate: Int, _ name: String, _ x: Double, _ y: Double, _ found: PointEvaluation
    ) {
      let values = [found.train, found.test].flatMap { part in
        PathQuantity.allCases.map { part?.value(of: $0).map { "\($0)" } ?? "" }
      }
      table.append(["\(replicate)", name, "\(x)", "\(y)"] + values)
    }
    for (replicate, plane) in planes {
      for (name, evaluation, x, y) in plane.singled { append(replicate, name, x, y, evaluation) }
      for (y, row) in zip(plane.ys, plane.evaluations) {
        for (x, evaluation) in zip(plane.xs, row) { append(replicate, "grid", x, y, evaluation) }
      }
    }
    return table
  }

  /// The networks, their midpoints and their mean, with their places.
  var singled: [(name: String, evaluation: PointEvaluation, x: Double, y: Double)] {
    func mean(_ places: [Int]) -> (x: Double, y: Double) {
      let count = Double(places.count)
      return (
        places.reduce(0) { $0 + corners[$1].x } / count,
        places.reduce(0) { $0 + corners[$1].y } / count
      )
    }
    let groups = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]
    return zip(groups, networks + midpoints + [center]).map {
      places, evaluation in
      let place = mean(places)
      return (
        places.map { Self.names[$0] }.joined(separator: "+"), evaluation, place.x, place.y
      )
    }
  }
}

extension ReportSection {
  /// What lies between the three networks.
  static func planeAnswer(
    _ planes: [(replicate: Int, result: PlaneResult)], suite: Suite, design: PlaneDesign,
    missing: Int, diverged: Int
  ) -> ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(suite.question))])
    section.blocks += Self.missing(missing)
    if diverged > 0 {
      section.blocks.append(
        .paragraph(
          "In \(Format.count(diverged, "replicate")) a network diverged: \(diverged == 1 ? "it has" : "they have") no plane."
        ))
    }
    guard !planes.isEmpty else { return section }
    func range(_ evaluations: [PointEvaluation]) -> String {
      let errors = evaluations.compactMap { $0.test.value(of: .error) }
      guard let low = errors.min(), let high = errors.max() else { return "no finite loss" }
      let (one, other) = (Format.number(low, digits: 1), Format.number(high, digits: 1))
      return one == other ? "\(one) %" : "\(one) to \(other) %"
    }
    let results = planes.map(\.result)
    section.blocks.append(
      .paragraph(
        """
        The test error of \(design.networks.words(3)) is \(range(results.flatMap(\.networks))); half-way \
        between two of them it is \(range(results.flatMap(\.midpoints))), in the middle of all three \
        \(range(results.map(\.center))). Half-way the weights are means of two networks, in the middle of \
        three.
        """))
    var table = Markdown.Table([
      .number("replicate"), .text("point"), .number("test error (%)"), .number("test loss"),
      .number("train error (%)"), .number("train loss"),
    ])
    for (replicate, plane) in planes {
      for (name, evaluation, _, _) in plane.singled {
        func text(_ split: PathSplit, _ quantity: PathQuantity) -> Markdown.Text {
          .init(
            evaluation.on(split)?.value(of: quantity).map {
              Format.number($0, digits: quantity == .error ? 2 : 4)
            } ?? Format.missing)
        }
        table.append([
          .init("\(replicate)"), .init(name), text(.test, .error), text(.test, .loss),
          text(.train, .error), text(.train, .loss),
        ])
      }
    }
    section.blocks += [
      .table(table),
      .paragraph(
        """
        A, B and C are the networks; A+B is the mean of the weights of A and B. Every point of the grid is \
        in \("records.csv", link: "records.csv").
        """),
    ]
    return section
  }

  /// The maps.
  static func planeMaps(_ planes: [(replicate: Int, result: PlaneResult)]) -> ReportSection {
    var section = ReportSection()
    guard !planes.isEmpty else { return section }
    section.blocks.append(.heading(2, "Planes"))
    for (replicate, plane) in planes {
      let sides = [(0, 1), (0, 2), (1, 2)]
      for map in plane.maps(
        marks: PlaneResult.names,
        paths: [.init("segments", [0, 1, 2, 0].map(plane.place))])
      {
        section.show(
          Figure(
            title: "\(map.title) in the plane through three networks, replicate \(replicate)",
            alternative:
              "\(map.title) in the plane through three networks and on the \(sides.count) segments "
              + "between them. records.csv holds the numbers.", .contours(map.map)),
          as: "plane-\(replicate)-\(map.name)",
          caption: .init(
            "Replicate \(replicate). Axes are Euclidean distances of weights; levels are denser near the "
              + "lowest value." + gapWords(map.gaps)))
      }
    }
    return section
  }
}
