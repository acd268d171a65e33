import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Statistics
@testable import Suites

/// The worked example of VERDICTS.md: what it says is what the table that stands there gives.
@Suite struct WorkedExampleTests {
  private let text: String
  private let runs: [RunRecord]

  init() throws {
    let page = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "VERDICTS.md")
    let whole = try String(contentsOf: page, encoding: .utf8)
    let start = try #require(whole.firstRange(of: "## A worked example\n"))
    let rest = whole[start.upperBound...]
    text = String(rest[..<(rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex)])
    runs = text.split(separator: "\n").flatMap { line -> [RunRecord] in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 7, let density = Density(cells[0].replacing(" ", with: "")) else {
        return []
      }
      let arm = cells[1].split(separator: ", ").map(String.init)
      return cells.dropFirst(2).enumerated().map { index, value in
        RunRecord(
          method: arm[0], ablation: arm[1], density: density, replicate: index + 1,
          accuracy: Double(value))
      }
    }
  }

  private let terms = AblationTerms(
    question: "Does it matter?", seed: 1, margin: 0.5, alpha: 0.05, chance: 10, examples: 10000)

  @Test("its table gives the sentence that it quotes")
  func sentence() throws {
    #expect(runs.count == 30)
    let quoted = text.split(separator: "\n").filter { $0.hasPrefix("> ") }
      .map { $0.dropFirst(2) }.joined(separator: " ")
    let report = try Runs.report(runs, terms)
    #expect(quoted.count > 100)
    #expect(report.contains("- \(quoted)\n"), "\(report)")
  }

  @Test("its table of tests has the numbers of the tests")
  func numbers() throws {
    for (words, arm, control) in [
      ("SNIP · shuffle", Arm(method: "SNIP", ablation: "shuffle"), Arm(method: "SNIP")),
      ("SNIP against random", Arm(method: "SNIP"), Arm(method: "random")),
    ] {
      for density in [Density("50%")!, Density("20%")!] {
        func values(_ arm: Arm) -> [Double] {
          runs.filter {
            ($0.method, $0.ablation, $0.density) == (arm.method, arm.ablation, density)
          }
          .compactMap(\.accuracy)
        }
        let differences = zip(values(arm), values(control)).map { $0 - $1 }
        let summary = try SampleSummary(differences)
        let error = summary.standardDeviation / 5.0.squareRoot()
        let towards = [(summary.mean + 0.5) / error, (summary.mean - 0.5) / error]
          .min { abs($0) < abs($1) }!
        let row = try #require(
          text.split(separator: "\n").first {
            $0.hasPrefix("| \(words) | \(density.value == 0.5 ? "50 %" : "20 %")")
          })
        let shown = row.split(separator: "|").dropFirst(2).map { cell in
          Double(
            cell.trimmingCharacters(in: .whitespaces).replacing("−", with: "-").replacing(
              "+", with: ""))
        }
        let sameness = try EquivalenceTest(summary, margin: 0.5).pValue
        let difference = try TTest(summary).pValue
        let expected = [summary.mean, error, towards, sameness, summary.mean / error, difference]
        #expect(shown.count == expected.count)
        for (shown, expected) in zip(shown, expected) {
          // As many digits as the page shows.
          let tolerance = abs(expected) < 0.001 ? 5e-6 : 0.0052
          #expect(abs((shown ?? .nan) - expected) <= tolerance, "\(row): \(expected)")
        }
      }
    }
  }
}
