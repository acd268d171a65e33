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
  /// The first paragraph after the title.
  private func first(_ report: AnalysisReport) -> String {
    let lines = report.text.split(separator: "\n", omittingEmptySubsequences: true)
    return String(lines.dropFirst().first ?? "")
  }

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
      first(report)
        == "In one replicate, **random empties a layer between compressions 16 and 64**; **synflow empties no layer** up to"
        + " 16, where results end.")
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
    #expect(
      first(report)
        == "**The scores of synflow are conserved from layer to layer**: their totals vary by 0 of the mean in"
        + " the one network; those of magnitude and magnitude squared are not, by 0.486 to 0.661.")
    #expect(report.text.contains(/\| synflow +\| 1 of 1 +\| +0 \| +1 \| +0 \|/), "\(report.text)")
    #expect(report.text.contains(/\| magnitude +\| 0 of 1 +\| +0.486 \|/))
    let rows = try #require(report.text.split(separator: "## Totals").last).split(separator: "\n")
    let synflow = try #require(rows.first { $0.hasPrefix("| synflow") })
    #expect(synflow.contains(/\| +1 \| .* \| +1 \| +1 \| +1 \| +0 \|/), "\(synflow)")
    // Totals that grow with the size: the average is constant, and r² has no meaning.
    let magnitude = try #require(rows.first { $0.hasPrefix("| magnitude ") })
    #expect(!magnitude.contains(/\| +1 \| +1 \| +1 \| +0 \|/))
    // Squares grow with its square: slope −1.
    let squared = try #require(rows.first { $0.hasPrefix("| magnitude squared") })
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
    #expect(
      first(report)
        == "Less than a cut in every iteration, in every replicate, prune **exponential schedules at no"
        + " compression tried**: at 10^1 the ratio is still 2.5 with 10 iterations.")
    #expect(report.text.contains(/10\^0 +\| +0.0000 \| +0.0000 \|/), "\(report.text)")
    #expect(report.text.contains(/10\^1 +\| +0.2500 \| +2.5000 \|/))
    #expect(report.records.rows.count == 1 + 1 + 1 + 10)
    try written(report, figures: ["schedules"])
    let partial = try planned.report([:])
    #expect(partial.text.contains("artifacts are not there yet"))
  }

  @Test("replicates that differ, and the bound that no method passes")
  func collapseOfReplicates() throws {
    let planned = try Planned(
      CollapseDesign.self,
      theory(
        "collapse",
        "compressions: [1, 4, 64, 100]\nmethods: {random: random, magnitude: magnitude}\ndraws: 1000"
      ))
    let kept = [[120, 108, 27], [30, 27, 7], [1, 1, 1], [1, 1, 0]]
    let early = [[120, 108, 27], [30, 27, 0], [1, 1, 0], [1, 1, 0]]
    var results: [Key: any Encodable] = [:]
    for cell in planned.plan.cells {
      let found = cell.method == "random" && cell.replicate == 2 ? early : kept
      results[cell.key] = CollapseResult(
        layers: ["fc_layers.0.weight", "fc_layers.1.weight", "fc.weight"], sizes: [120, 108, 27],
        points: zip(planned.design.densities, found).map {
          .init(density: $0, kept: $1, zeroScores: 0, ties: 1)
        })
    }
    #expect(
      first(try planned.report(results))
        == "In 2 replicates, **random empties a layer between compressions 1 and 100**; **magnitude empties"
        + " a layer between compressions 64 and 100**, which brackets the bound of any"
        + " method, N/L = 85.")
  }

  @Test("scores that are conserved in some networks, and totals of nothing")
  func conservationOfSome() throws {
    let planned = try Planned(
      ConservationDesign.self, theory("conservation", "methods: {synflow: synflow, random: random}")
    )
    var results: [Key: any Encodable] = [:]
    for cell in planned.plan.cells {
      let isConserved = cell.replicate == 1
      results[cell.key] = SaliencyResult(
        layers: [120, 108, 27].map {
          let total = cell.method == "random" ? 0 : isConserved ? 5 : Double($0)
          return .init(name: "layer \($0)", size: $0, biases: 0, total: total, squares: 0)
        }, units: [])
    }
    #expect(
      first(try planned.report(results))
        == "**No method's scores are conserved from layer to layer in every network**; those of synflow are in"
        + " 1 of 2 networks, by 0 to 0.486; of random nothing is said, as the totals are zero or one alone."
    )
  }

  @Test("how far linear and exponential schedules stay below the cut")
  func schedulesThatAreSafe() throws {
    let planned = try Planned(
      ScheduleDesign.self, theory("schedule", "exponents: [0, 1, 2]\niterations: [1, 10, 100]"))
    var results: [Key: any Encodable] = [:]
    for cell in planned.plan.cells {
      // Linear schedules fail at 10^2, and with one iteration already at 10^1; the second replicate is worse.
      let ratio =
        cell.exponent == 0
        ? 0
        : cell.shape == .exponential && cell.iterations > 1
          ? 0.25 * Double(cell.replicate) : cell.iterations > 1 && cell.exponent == 1 ? 0.75 : 1.5
      results[cell.key] = PruneSizeResult(iterations: [
        .init(pruned: 4 * ratio, output: 4, kept: 9)
      ])
    }
    #expect(
      first(try planned.report(results))
        == "Less than a cut in every iteration, in every replicate, prune **linear schedules up to a compression"
        + " of 10^1, from 10 iterations on** (largest ratio 0.75): at 10^2 the ratio is still 1.5 with 100"
        + " iterations; **exponential schedules at every compression tried, up to 10^2, from 10 iterations"
        + " on** (largest ratio 0.5).")
  }
}
