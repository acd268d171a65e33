import Foundation
import Recipes
import Reports
@testable import Analyses
@testable import Suites
import Testing

@Suite struct AblationAnalysisTests {
  /// The report's markdown.
  private func report(_ records: [RunRecord], _ terms: AblationTerms) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = try AnalysisReport(AblationDesign.self, records, terms).write(to: folder)
    return try String(contentsOf: url, encoding: .utf8)
  }

  @Test("maintained, lowered and undecided come out where they were put in")
  func knownVerdicts() throws {
    let text = try report(Runs.known, Runs.terms())
    #expect(text.hasPrefix("# Does it matter?\n"))
    #expect(text.contains("**shuffle**: accuracy maintained for snip (0.00)."), "\(text)")
    #expect(text.contains("**reinitialize**: accuracy lowered for snip (−4.88)."))
    #expect(text.contains("**invert-global**: accuracy undecided for snip (−0.10)."))
    #expect(text.contains("**The null control holds:**"))
    #expect(text.contains("Of 3 informative comparisons"))
    #expect(text.contains("is undecided; equivalence would be shown with 80 % power by about"))
  }

  @Test("a null control that moves is told first")
  func failingControl() throws {
    let broken =
      Runs.known.filter { !($0.method == "random" && $0.ablation == "shuffle") }
      + Runs.arm("random", "shuffle", [82, 83, 81.2, 82, 82.4])
    #expect(try report(broken, Runs.terms()).contains("**The null control fails:**"))
  }

  @Test("a method that is like random is uninformative, and so are arms at chance")
  func uninformative() throws {
    let like =
      Runs.arm("random", "none", [80, 81, 79]) + Runs.arm("random", "shuffle", [80, 81, 79])
      + Runs.arm("same", "none", [80.1, 80.9, 79]) + Runs.arm("same", "shuffle", [80, 81, 79.1])
      + Runs.arm("lost", "none", [10, 10.1, 9.8]) + Runs.arm("lost", "shuffle", [10, 10, 10])
    let text = try report(like, Runs.terms())
    #expect(text.contains("maintained (uninformative: like random)"))
    #expect(text.contains("maintained (uninformative: at chance)"))
    #expect(text.contains("**No comparison informs about a method:**"))
  }

  @Test("arithmetic is asked of random masks as of any others")
  func arithmetic() throws {
    let runs =
      Runs.arm("random", "none", [80, 81, 79]) + Runs.arm("random", "shuffle", [80, 81, 79])
      + Runs.arm("same", "none", [80.1, 80.9, 79])
      + Runs.arm("random", "bfloat16", [80.1, 81, 79]) + Runs.arm("same", "bfloat16", [80, 81, 79])
    let text = try report(runs, Runs.terms())
    #expect(text.contains("Of 2 informative comparisons"), "\(text)")
    #expect(text.contains("The other one is a control"))
    #expect(text.contains("**bfloat16**: accuracy maintained for random (+0.03) and same (0.00)."))
  }

  @Test("a diverged run counts as chance, and the result without it stands beside")
  func diverged() throws {
    let records =
      Runs.arm("random", "none", [80, 81, 79]) + Runs.arm("random", "shuffle", [80, 81, 79])
      + Runs.arm("snip", "none", [90, 91, 90.5])
      + Runs.arm("snip", "shuffle", [90, 91, nil]) { record in
        if record.accuracy == nil { record.details.divergedAt = 17 }
      }
    let text = try report(records, Runs.terms())
    #expect(text.contains("diverged and count as chance accuracy"))
    // 90.5 became 10 at both densities: a mean difference of −80.5/3.
    #expect(text.contains("−26.83"))
    #expect(text.contains("without them 0.00"), "\(text)")
  }

  @Test("masks without a path are told apart from findings")
  func disconnected() throws {
    let records =
      Runs.arm("random", "none", [80, 81, 79]) + Runs.arm("random", "shuffle", [80, 81, 79])
      + Runs.arm("snip", "none", [90, 91, 90.5]) { $0.details.connected = true }
      + Runs.arm("snip", "invert-global", [90, 91.1, 90.4]) { record in
        record.details.connected = record.density == Runs.densities[0]
      }
    let text = try report(records, Runs.terms())
    #expect(text.contains("disconnected by construction at 10 %"), "\(text)")
    #expect(text.contains("**snip, invert-global** leaves no path from input to output at 10 %"))
  }

  @Test("only primary densities decide")
  func primary() throws {
    var records = Runs.known
    records +=
      Runs.arm("grasp", "none", [90, 91, 90.5]) + Runs.arm("grasp", "shuffle", [90, 91, 90.5])
    records = records.map { record in
      guard record.method == "grasp", record.ablation == "shuffle",
        record.density == Runs.densities[1]
      else { return record }
      return RunRecord(
        method: "grasp", ablation: "shuffle", density: record.density,
        replicate: record.replicate, accuracy: 50)
    }
    let all = try report(records, Runs.terms())
    #expect(all.contains("lowered for grasp"))
    let one = try report(records, Runs.terms(primary: [Runs.densities[0]]))
    #expect(one.contains("maintained for snip (0.00) and grasp (0.00)"), "\(one)")
  }

  @Test("a null control that is undecided does not fail")
  func undecidedControl() throws {
    let wide =
      Runs.known.filter { !($0.method == "random" && $0.ablation == "shuffle") }
      + Runs.arm("random", "shuffle", [78, 83, 78, 82, 79])
    let text = try report(wide, Runs.terms())
    #expect(text.contains("**The null control is undecided:**"), "\(text)")
    #expect(!text.contains("null control fails"))
  }

  @Test("one comparison is not called several")
  func singular() throws {
    let one = Runs.known.filter {
      $0.method == "random" || ["none", "shuffle"].contains($0.ablation)
    }
    let text = try report(one, Runs.terms())
    #expect(text.contains("**Of 1 informative comparison of a method"), "\(text)")
    #expect(text.contains("The other one is a control"))
  }

  @Test("a primary density that an arm lacks is told, and nothing is claimed there")
  func gap() throws {
    let gone = Runs.known.filter {
      !($0.method == "snip" && $0.ablation == "shuffle" && $0.density == Runs.densities[1])
    }
    for primary in [nil, Runs.densities] {
      let text = try report(gone, Runs.terms(primary: primary))
      #expect(
        text.contains(
          "**maintained at 50 %; undecided at 10 %, where runs are missing**"), "\(text)")
      #expect(
        text.contains(
          "1 lowered it, 1 is undecided and 1 lacks runs at a primary density and is undecided"
            + " there"), "\(text)")
      #expect(
        text.contains(
          "**shuffle**: accuracy undecided for snip at 10 %, where runs are missing, and maintained"
            + " at 50 % (0.00)."))
      #expect(
        text.contains(
          "**Reservations:** runs are missing at a primary density of snip, shuffle (10 %)."))
      #expect(text.contains("**snip, shuffle** is undecided at 10 %: no replicate has runs"))
    }
    // Where it is not primary, it is no gap.
    #expect(
      try !report(gone, Runs.terms(primary: [Runs.densities[0]])).contains("runs are missing"))
  }

  @Test("a gap in the null control leaves it undecided")
  func gapInControl() throws {
    let gone = Runs.known.filter {
      !($0.method == "random" && $0.ablation == "shuffle" && $0.density == Runs.densities[1])
    }
    let text = try report(gone, Runs.terms())
    #expect(
      text.contains("**The null control is undecided:** at 10 % runs of random pruning"), "\(text)")
  }

  @Test("replicates that lack a run are left out and told, with what diverged in them")
  func leftOut() throws {
    let gone = Runs.known.filter {
      !($0.method == "snip" && $0.ablation == "shuffle" && $0.density == Runs.densities[1]
        && $0.replicate > 3)
    }.map { record in
      // Replicate 5 is in no comparison, so that its divergence counts in none.
      record.method == "snip" && record.ablation == "shuffle" && record.replicate == 5
        ? RunRecord(
          method: "snip", ablation: "shuffle", density: record.density, replicate: 5, accuracy: nil)
        : record
    }
    let text = try report(gone, Runs.terms())
    #expect(
      text.contains(
        "**Reservations:** replicates that lack a run at a density are left out of snip, shuffle (4, 5)."
      ),
      "\(text)")
    #expect(!text.contains("in the comparisons diverged"))
  }

  @Test("a method that never met random pruning is not shown to differ from it")
  func neverCompared() throws {
    let apart = Runs.known.filter { $0.method != "random" || $0.density == Runs.densities[1] }
      .filter { $0.method != "snip" || $0.density == Runs.densities[0] }
    let text = try report(apart, Runs.terms())
    #expect(text.contains("**No comparison informs about a method:**"), "\(text)")
    #expect(text.contains("uninformative for snip"))
  }

  @Test("ablated runs without unablated ones, and a null control that cannot be paired, are told")
  func unpaired() throws {
    let orphans = Runs.known + Runs.arm("grasp", "shuffle", [90, 91, 90.5])
    let text = try report(orphans, Runs.terms())
    #expect(
      text.contains(
        "**shuffle**: accuracy maintained for snip (0.00); without paired runs for grasp."))
    #expect(text.contains("no replicate has runs of both arms at every density of grasp, shuffle"))
    let control = Runs.known.filter {
      !($0.method == "random" && $0.ablation == "shuffle" && $0.replicate < 4)
        && !($0.method == "random" && $0.ablation == "none" && $0.replicate > 3)
    }
    #expect(
      try report(control, Runs.terms()).contains(
        "**The null control is undecided:** no replicate has runs of random pruning and of its shuffle"
      ))
  }

  @Test("arms without a replicate in common are told")
  func incomparable() throws {
    let apart = Runs.known.filter {
      !($0.method == "snip" && $0.ablation == "shuffle" && $0.replicate < 4)
        && !($0.method == "snip" && $0.ablation == "none" && $0.replicate > 3)
    }
    #expect(
      try report(apart, Runs.terms()).contains(
        "no replicate has runs of both arms at every density of snip, shuffle"))
  }

  @Test("densities that rounding tells apart are one")
  func roundedDensities() throws {
    let rows =
      ["method,ablation,density,replicate,accuracy"]
      + ["random", "snip"].flatMap { method in
        ["none", "shuffle"].flatMap { ablation in
          ["0.8", "0.512", "0.262144"].flatMap { density in
            (1...5).map { replicate in
              let isLowered = method == "snip" && ablation == "shuffle" && density != "0.8"
              let spelling =
                isLowered ? (density == "0.512" ? "0.5120000000000001" : "2.62144e-01") : density
              let accuracy =
                90 + (method == "snip" ? 5 : 0) - (isLowered ? 8 : 0) + 0.1 * Double(replicate)
              return "\(method),\(ablation),\(spelling),\(replicate),\(accuracy)"
            }
          }
        }
      }
    let records = try RunRecord.rows(
      in: try CSV(parsing: rows.joined(separator: "\n"), file: "runs.csv"), file: "runs.csv")
    #expect(Set(records.map(\.density)) == Set(["0.8", "0.512", "0.262144"].map { Density($0)! }))
    let text = try report(records, Runs.terms())
    #expect(text.contains("lowered for snip (−5.33)"), "\(text)")
  }

  @Test("runs that cannot be paired are no comparison")
  func nothingToCompare() throws {
    #expect(throws: RecordsError.nothingToCompare) {
      try AnalysisReport(AblationDesign.self, Runs.arm("snip", "none", [90, 91]), Runs.terms())
    }
  }
}
