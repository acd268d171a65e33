import Foundation
import Laboratory
import Recipes
import Reports
import Testing

@testable import Analyses
@testable import Suites

/// Reports of results that are made up, so that every number in them can be checked by hand.
@Suite("Reports of theory")
struct TheoryReportTests {
  private func written(_ report: AnalysisReport, figures: [String]) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    _ = try report.write(to: folder)
    for figure in figures {
      let file = folder.appending(path: "figures/\(figure).svg")
      #expect(try Data(contentsOf: file).count > 1000, "\(figure)")
    }
  }

  @Test("the critical compression, its layer, and the maximal one")
  func collapse() throws {
    let planned = try Planned(
      CollapseDesign.self,
      theory(
        "collapse",
        "compressions: [1, 4, 16, 64]\nmethods: {random: random, synflow: synflow}\ndraws: 1000"
      ).replacing("replicates: 2", with: "replicates: 1"))
    let (design, plan) = (planned.design, planned.plan)
    let kept = [[120, 108, 27], [30, 27, 7], [8, 7, 1], [3, 1, 0]]
    let points = zip(design.densities, kept).map {
      CollapseResult.Point(density: $0, kept: $1, zeroScores: 0, ties: 1)
    }
    let names = ["fc_layers.0.weight", "fc_layers.1.weight", "fc.weight"]
    var results: [Key: any Encodable] = [:]
    for (index, cell) in plan.cells.enumerated() {
      results[cell.key] = CollapseResult(
        layers: names, sizes: [120, 108, 27],
        points: index == 0
          ? points : [points[index - 1]].filter { $0.density > design.densities[3] })
    }
    let report = try planned.report(results)
    #expect(report.text.contains("N/L = 85 here"))
    #expect(
      report.text.contains(
        /random +\| +1 \| +16 \| +64 \| `fc.weight` +\| +0.753 \|/))
    // SynFlow's last point was left out: nothing empties.
    #expect(report.text.contains(/synflow +\| +1 \| +16 \| +none tried \| none/))
    #expect(report.text.contains("critical compression of random"))
    #expect(report.records.rows.count == 3 * (4 + 3))
    try written(report, figures: ["critical-compression", "layers"])
  }

  @Test("an exact power law has slope 1 and no variation; another has neither")
  func conservation() throws {
    let planned = try Planned(
      ConservationDesign.self,
      theory("conservation", "methods: {synflow: synflow, magnitude: magnitude}")
        .replacing("replicates: 2", with: "replicates: 1"))
    let plan = planned.plan
    let sizes = [120, 108, 27]
    var results: [Key: any Encodable] = [:]
    for cell in plan.cells {
      let conserved = cell.method == "synflow"
      results[cell.key] = SaliencyResult(
        layers: sizes.map {
          .init(
            name: "layer \($0)", size: $0, biases: 0, total: conserved ? -5 : Double($0),
            squares: Double($0 * $0))
        },
        units: [
          .init(
            layer: "layer 120", kind: .linear, incoming: [1, 2, 3],
            outgoing: conserved ? [1, 2, 3] : [3, 1, 2])
        ])
    }
    let report = try planned.report(results)
    let rows = report.text.split(separator: "\n")
    let synflow = try #require(rows.first { $0.hasPrefix("| synflow") })
    #expect(synflow.contains(/\| +1 \| .* \| +1 \| +1 \| +1 \| +0 \|/), "\(synflow)")
    // Totals that grow with the size: the average is constant, and r² has no meaning.
    let magnitude = try #require(rows.first { $0.hasPrefix("| magnitude ") })
    #expect(!magnitude.contains(/\| +1 \| +1 \| +1 \| +0 \|/))
    // Squares grow with its square: slope −1.
    let squared = try #require(rows.first { $0.hasPrefix("| magnitude, squared") })
    #expect(squared.contains(/\| +−1 \|/), "\(squared)")
    #expect(report.text.contains("linear layers"))
    try written(report, figures: ["layers", "units"])
  }

  @Test("the largest ratio of a pruning, by schedule and iterations")
  func schedules() throws {
    let planned = try Planned(
      ScheduleDesign.self,
      theory("schedule", "exponents: [0, 1]\niterations: [1, 10]\nschedules: [exponential]")
        .replacing("replicates: 2", with: "replicates: 1"))
    let plan = planned.plan
    var results: [Key: any Encodable] = [:]
    for cell in plan.cells {
      results[cell.key] = PruneSizeResult(
        iterations: cell.exponent == 0
          ? [.init(pruned: 0, output: 4, kept: 9)]
          : (1...cell.iterations).map {
            .init(pruned: Double($0), output: 4, kept: 9 - $0 / 2)
          })
    }
    let report = try planned.report(results)
    #expect(report.text.contains(/10\^0 +\| +0.0000 \| +0.0000 \|/), "\(report.text)")
    #expect(report.text.contains(/10\^1 +\| +0.2500 \| +2.5000 \|/))
    #expect(report.records.rows.count == 1 + 1 + 1 + 10)
    try written(report, figures: ["schedules"])
    let partial = try planned.report([:])
    #expect(partial.text.contains("artifacts are not there yet"))
  }
}
