import Recipes
import Reports

extension ReportSection {
  /// The planes through ends and bend, with curve and segment in them.
  static func curvePlanes(_ analysis: CurveAnalysis) -> ReportSection {
    var section = ReportSection()
    let runs = analysis.runs.filter { $0.plane != nil }
    guard !runs.isEmpty else { return section }
    section.blocks.append(.heading(2, "Planes"))
    for (number, run) in runs.enumerated() {
      guard let plane = run.plane else { continue }
      let curve = plane.places(of: run.path.shape)
      for map in plane.maps(
        marks: ["start", "end", "bend"],
        paths: [
          .init(CurveDesign.segment, [plane.place(0), plane.place(1)]),
          .init(run.path.name, curve),
        ])
      {
        section.show(
          Figure(
            title: "\(map.title) in the plane of \(run.path.name): \(run.network.words)",
            alternative:
              "\(map.title) in the plane through both ends and the bend of \(run.path.name), with the "
              + "curve and the segment. records.csv holds the numbers.", .contours(map.map)),
          as: "plane-\(number + 1)-\(map.name)",
          caption: .init(
            "\(run.network.words), replicate \(run.replicate). Axes are Euclidean distances of weights; "
              + "levels are denser near the lowest value." + gapWords(map.gaps)))
      }
    }
    return section
  }

  /// Points without a finite loss, in words.
  static func gapWords(_ gaps: Int) -> String {
    gaps == 0
      ? ""
      : " \(Format.count(gaps, "point")) without a finite loss \(gaps == 1 ? "is" : "are") left out."
  }
}

/// A quantity of a plane as a figure.
struct PlaneMap {
  /// `Test error`.
  let title: String
  /// `test-error`.
  let name: String
  let map: ContourMap
  /// Points without a finite loss.
  let gaps: Int
}

extension PlaneResult {
  /// One of the three networks.
  func place(_ corner: Int) -> ContourMap.Place { .init(corners[corner].x, corners[corner].y) }

  /// Where a curve from the first network to the second runs that has the third as its only bend.
  func places(of shape: CurveShape, count: Int = 61) -> [ContourMap.Place] {
    let controls = [place(0), place(2), place(1)]
    return PathPositions.evenlySpaced(count).map { t in
      zip(shape.coefficients(at: t), controls).reduce(into: ContourMap.Place(0, 0)) {
        $0.x += $1.0 * $1.1.x
        $0.y += $1.0 * $1.1.y
      }
    }
  }

  /// Test error and, where it was measured, train loss.
  func maps(marks: [String], paths: [ContourMap.Path]) -> [PlaneMap] {
    let hasTrain = evaluations.first?.first?.train != nil
    return [
      ("Test error", "test-error", "test error (%)", PathSplit.test, PathQuantity.error),
      ("Train loss", "train-loss", "train loss (nats)", .train, .loss),
    ].prefix(hasTrain ? 2 : 1).map { title, name, label, split, quantity in
      let values = evaluations.map { row in
        row.map { ($0.on(split))?.value(of: quantity) }
      }
      return PlaneMap(
        title: title, name: name,
        map: ContourMap(
          xs: xs, ys: ys, values: values, label: label, axes: ("distance", "distance"),
          marks: zip(marks.indices, marks).map { .init($1, place($0)) }, paths: paths),
        gaps: values.joined().count { $0 == nil })
    }
  }
}

extension PointEvaluation {
  /// The evaluation on a split.
  func on(_ split: PathSplit) -> Evaluation? { split == .test ? test : train }
}
