import Recipes
import Reports
import Suites

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
          .init(CurveDesign.segment, Array(plane.corners.prefix(2))), .init(run.path.name, curve),
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
              + "levels are denser near the lowest value." + map.gapWords))
      }
    }
    return section
  }
}
