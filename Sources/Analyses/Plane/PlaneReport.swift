import Recipes
import Reports
import Suites
import Wording

extension PlaneDesign {
  /// What a plane's report says beyond its rows.
  struct Settings: Hashable, Codable, Sendable {
    /// The networks in words.
    let networks: String
  }

  func settings(_ suite: Suite, _ plan: AnalysisPlan<PlaneCell>) -> Settings {
    Settings(networks: networks.words(3))
  }

  func rows(_ suite: Suite, _ cells: [PlaneCell], _ records: Records) throws -> [PlaneRow] {
    try cells.flatMap { cell -> [PlaneRow] in
      switch try records.result(of: cell.key, as: Outcome<PlaneResult>.self) {
      case .found(let plane): PlaneRow.rows(cell.replicate, plane)
      case .diverged: [PlaneRow(cell.replicate, PlaneRow.diverged)]
      case nil: []
      }
    }
  }

  static func report(_ rows: [PlaneRow], _ terms: Terms<Settings>) -> [ReportSection] {
    let report = PlaneReport(rows, terms)
    return [report.answer, report.maps, .provenance(terms)]
  }
}

/// What lies between three networks.
struct PlaneReport {
  /// The points of one replicate.
  struct Plane {
    let replicate: Int
    /// Networks and means of networks.
    let singled: [PlaneRow]
    let grid: MeasuredPlane?

    init(_ replicate: Int, _ rows: [PlaneRow]) {
      self.replicate = replicate
      singled = rows.filter { $0.point != PlaneRow.grid }
      grid = MeasuredPlane(
        corners: singled.prefix(3).map { .init($0.x ?? 0, $0.y ?? 0) },
        grid: rows.filter { $0.point == PlaneRow.grid }.map { ($0.x ?? 0, $0.y ?? 0, $0.measured) })
    }
  }

  /// Names of the networks in figures and tables.
  static let names = ["A", "B", "C"]

  let terms: Terms<PlaneDesign.Settings>
  /// Replicates in which a network diverged.
  let diverged: Int
  let planes: [Plane]

  init(_ rows: [PlaneRow], _ terms: Terms<PlaneDesign.Settings>) {
    self.terms = terms
    diverged = rows.count { $0.point == PlaneRow.diverged }
    planes = rows.filter { $0.point != PlaneRow.diverged }.grouped(by: \.replicate)
      .map(Plane.init)
  }

  /// The question and its answer.
  var answer: ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(terms.question))])
    section.blocks += ReportSection.missing(terms.missing)
    if diverged > 0 {
      section.say(
        "In \(Format.count(diverged, "replicate")) a network diverged: \(diverged == 1 ? "it has" : "they have") no plane."
      )
    }
    guard !planes.isEmpty else { return section }
    section.say(
      """
      The test error of \(terms.settings.networks) is \(range(ofMeansOf: 1)); half-way \
      between two of them it is \(range(ofMeansOf: 2)), in the middle of all three \
      \(range(ofMeansOf: 3)). Half-way the weights are means of two networks, in the middle of \
      three.
      """)
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

  /// The test errors of networks, or of the means of two or three of them.
  private func range(ofMeansOf count: Int) -> String {
    let errors = planes.flatMap(\.singled)
      .filter { $0.point.split(separator: "+").count == count }
      .compactMap { $0.measured.value(.error, on: .test) }
    guard let low = errors.min(), let high = errors.max() else { return "no finite loss" }
    let (one, other) = (Format.number(low, digits: 1), Format.number(high, digits: 1))
    return one == other ? "\(one) %" : "\(one) to \(other) %"
  }

  private var table: Markdown.Table {
    Markdown.Table(
      [
        .number("replicate"), .text("point"), .number("test error (%)"), .number("test loss"),
        .number("train error (%)"), .number("train loss"),
      ],
      rows: planes.flatMap(\.singled).map { row in
        func text(_ split: PathSplit, _ quantity: PathQuantity) -> String {
          Format.number(
            row.measured.value(quantity, on: split), digits: quantity == .error ? 2 : 4)
        }
        return [
          "\(row.replicate)", row.point, text(.test, .error), text(.test, .loss),
          text(.train, .error), text(.train, .loss),
        ].map { .init($0) }
      })
  }

  /// The maps.
  var maps: ReportSection {
    guard !planes.isEmpty else { return ReportSection() }
    var section = ReportSection("Planes")
    for plane in planes {
      guard let grid = plane.grid else { continue }
      let sides = [0, 1, 2, 0].map { grid.corners[$0] }
      section.show(
        grid, marks: Self.names, paths: [.init("segments", sides)], as: "plane-\(plane.replicate)",
        title: "through three networks, replicate \(plane.replicate)",
        content: "through three networks and on the 3 segments between them",
        caption: "Replicate \(plane.replicate)")
    }
    return section
  }
}
