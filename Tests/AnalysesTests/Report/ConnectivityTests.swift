import Recipes
@testable import Analyses
@testable import Suites
import Testing

@Suite struct ConnectivityTests {
  /// The known runs of a network of 1,000 weights and 10 outputs whose shuffled masks lose paths at 10 %.
  private func records(_ change: (inout RunRecord) -> Void = { _ in }) -> [RunRecord] {
    Runs.changed { record in
      let kept = record.density == Runs.densities[0] ? 500 : 100
      record.details.layers = [LayerCount(name: "fc.weight", size: 1000, kept: kept)]
      record.details.connected = true
      record.details.effective = kept
      record.details.outputs = 10
      if record.method == "snip", record.density == Runs.densities[1] {
        if record.ablation == "shuffle" {
          record.details.effective = 80 + record.replicate
          record.details.outputs = 7 + min(record.replicate, 3)
        }
        if record.ablation == "invert-global" {
          record.details.effective = 0
          record.details.outputs = 0
          record.details.connected = false
          record.details.predictedClasses = 1
        }
      }
      change(&record)
      return true
    }
  }

  @Test("effective density and outputs reached are told where arms differ")
  func table() throws {
    let text = try Runs.report(records())
    #expect(text.contains("**Disconnected:** snip · invert-global at 10 %."), "\(text)")
    #expect(
      text.contains(
        "5 of 5 invert-global runs predict one class (5 disconnected), none of 5 unablated"))
    // Replicates 1 and 2 reach 8 and 9 of the ten outputs: 9.4 on average.
    #expect(
      text.contains(
        "**Fewer than all 10 outputs reached:** snip · shuffle at 10 % (2 of 5 runs)."), "\(text)")
    let section = try #require(text.components(separatedBy: "## Connectivity").last)
      .components(separatedBy: "\n## ")[0]
    let rows = section.split(separator: "\n").filter {
      $0.hasPrefix("| snip") || $0.hasPrefix("| random")
    }
    #expect(
      rows.map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } } == [
        ["random", "method itself", "50 %", "10 %"],
        ["snip", "method itself", "50 %", "10 %"],
        ["snip", "shuffle", "50 %", "8.3 %, 9.4 of 10 outputs"],
        ["snip", "invert-global", "50 %", "disconnected"],
      ])
    #expect(text.contains(" disconnected "))
    #expect(!text.contains("no path left"))
  }

  @Test("tables without outputs tell what they know, those without paths nothing")
  func older() throws {
    let text = try Runs.report(
      records { record in
        record.details.effective = nil
        record.details.outputs = nil
      })
    #expect(text.contains("Effective densities and outputs reached are not recorded."))
    #expect(text.contains("**Disconnected:** snip · invert-global at 10 %."))
    #expect(!text.contains("Fewer than all"))
    #expect(try !Runs.report(Runs.known).contains("## Connectivity"))
  }

  @Test("arms that are trained for other lengths are told")
  func lengths() throws {
    let text = try Runs.report(
      records {
        $0.details.steps = $0.method == "snip" && $0.ablation != "reinitialize" ? 378 : 420
      })
    #expect(
      text.contains(
        "arms are trained for different lengths, as a start from initialization takes the whole training and "
          + "one from later weights what is left of it: snip · reinitialize (420 steps against 378), "
          + "snip against random (378 steps against 420)"), "\(text)")
    #expect(try !Runs.report(records { $0.details.steps = 420 }).contains("different lengths"))
  }

  @Test("one comparison is one")
  func plural() throws {
    let text = try Runs.report(
      Runs.changed { $0.method == "random" || ["none", "shuffle"].contains($0.ablation) })
    #expect(
      text.contains(
        "accuracy in 1 comparison of a method with its own ablation: 1 keeps it within"),
      "\(text)")
  }
}
