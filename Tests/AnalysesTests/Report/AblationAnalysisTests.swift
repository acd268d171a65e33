import Foundation
import Recipes
import Reports
@testable import Analyses
@testable import Suites
import Testing

@Suite struct AblationAnalysisTests {
  @Test("maintained, lowered, raised and undecided come out where they were put in")
  func knownVerdicts() throws {
    let text = try Runs.report(Runs.known)
    #expect(text.hasPrefix("# Does it matter?\n"))
    #expect(
      text.contains(
        "at 5 % familywise for each kind of claim: **accuracy in 3 comparisons of a method with its "
          + "own ablation: 1 keeps it within ±0.5 points at every density, 1 lowers it at some and 1 "
          + "shows neither sameness nor a difference at any.**"), "\(text)")
    #expect(text.contains("**maintained** down to 10 %"))
    #expect(text.contains("**lowered** at 50 %, 10 %"))
    #expect(text.contains("**raised** at 50 %, 10 %"))
    #expect(text.contains("| undecided "))
    #expect(
      text.contains(
        "**snip · shuffle**: **Maintained at every tested density from 50 % to 10 %**: mean accuracy "
          + "changes by less than 0.5 points (5 runs, none collapsed; failure rate up to 52 %)."),
      "\(text)")
    #expect(
      text.contains(
        "**snip · reinitialize**: **Lowered** at 50 %, by 4.88 points [4.60, 5.16]; at 10 %, by "
          + "4.88 points [4.60, 5.16]."), "\(text)")
    #expect(
      text.contains(
        "**snip · invert-global**: Undecided after 5 runs, neither sameness nor difference shown, in points: at "
          + "50 %, −0.10 [−1.89, 1.69]; at 10 %, −0.10 [−1.89, 1.69]."), "\(text)")
  }

  /// Opposite differences, each far beyond the margin, average to nothing.
  @Test("differences at single densities do not cancel")
  func noCancelling() throws {
    let text = try Runs.report(
      Runs.changed { record in
        if record.method == "snip", record.ablation == "shuffle" {
          record.accuracy? += record.density == Runs.densities[0] ? 3 : -3
        }
        return true
      })
    #expect(text.contains("**lowered** at 10 %; **raised** at 50 %"), "\(text)")
    #expect(!text.contains("**Maintained"))
    let average = text.split(separator: "\n").last { $0.hasPrefix("| snip · shuffle ") }
    #expect(average?.contains("| 50 %, 10 % |") == true && average?.hasSuffix(" 0.00 |") == true)
  }

  @Test("a claim of sameness ends before the first density that is not shown")
  func chain() throws {
    let text = try Runs.report(
      Runs.changed { record in
        if record.method == "snip", record.ablation == "shuffle",
          record.density == Runs.densities[0]
        {
          record.accuracy? += [2, -2, 1, -1, 0][record.replicate - 1]
        }
        return true
      })
    // 10 % alone is as before, but nothing is shown before it.
    #expect(text.contains("| undecided "), "\(text)")
    #expect(!text.contains("**Maintained"))
  }

  @Test("a method is like random only where that is shown")
  func againstRandom() throws {
    let like = Runs.arm("same", "none", [80.1, 80.9, 79, 80.1, 80.4])
    let text = try Runs.report(Runs.known + like)
    #expect(
      text.contains("**same against random**: **Maintained at every tested density"), "\(text)")
    let wide = Runs.arm("same", "none", [78, 83, 77, 82, 80.5])
    #expect(
      try Runs.report(Runs.known + wide).contains("**same against random**: Undecided after 5 runs")
    )
    #expect(!text.contains("informative"))
  }

  @Test("the null control stands outside of the claims")
  func nullControl() throws {
    let text = try Runs.report(Runs.known)
    #expect(text.contains("| null control"))
    #expect(!text.contains("**random · shuffle"))
    #expect(
      text.contains(" 0.00 [−0.10, 0.10] | snip · reinitialize, snip against random |"), "\(text)")
    let none = Runs.changed { !($0.method == "random" && $0.ablation == "shuffle") }
    #expect(try Runs.report(none).contains("**No null control:**"))
    // Its arms may have any name.
    var terms = Runs.terms()
    terms.settings.randomMethod = "snip"
    #expect(try Runs.report(Runs.known, terms).contains("**random against snip**:"))
  }

  @Test("a collapsed run of either arm allows no claim of sameness, and is counted")
  func collapsed() throws {
    for arm in ["none", "shuffle"] {
      let text = try Runs.report(
        Runs.changed { record in
          record.details.predictedClasses =
            record.method == "snip" && record.ablation == arm && record.replicate == 2
              && record.density == Runs.densities[1] ? 1 : 10
          return true
        })
      #expect(text.contains("**maintained** at 50 %; failed runs at 10 %"), "\(text)")
      let counts =
        arm == "shuffle"
        ? "1 of 5 shuffle runs predict one class, none of 5 unablated ones"
        : "0 of 5 shuffle runs predict one class, 1 of 5 unablated ones"
      #expect(text.contains("Failed runs at 10 %: \(counts)"), "\(text)")
      #expect(text.contains("McNemar p = 1.000); no claim of sameness."))
    }
  }

  @Test("where every run of both arms failed nothing is said at all")
  func void() throws {
    let text = try Runs.report(
      Runs.changed { record in
        record.details.predictedClasses = 10
        if record.method == "snip", record.density == Runs.densities[1],
          ["none", "reinitialize"].contains(record.ablation)
        {
          record.details.predictedClasses = 1
        }
        return true
      })
    #expect(text.contains("**snip · reinitialize**: **Lowered** at 50 %, by"), "\(text)")
    #expect(text.contains("no claim of sameness, nor of a difference."))
  }

  @Test("a diverged run counts as chance and blocks sameness")
  func diverged() throws {
    let text = try Runs.report(
      Runs.changed { record in
        if record.method == "snip", record.ablation == "shuffle", record.replicate == 3 {
          record.accuracy = nil
          record.details.divergedAt = 17
        }
        return true
      })
    #expect(text.contains("1 of 5 shuffle runs diverge, none of 5 unablated ones"), "\(text)")
    #expect(text.contains("2 pairs of runs with one that diverged count it as 10 %"))
    // 90.5 became 10: a mean difference of −80.5/5.
    #expect(text.contains("−16.1"))
  }

  @Test("a table that does not record classes shows dead networks by their accuracies")
  func dead() throws {
    // At the commonest class's share or below it.
    let guessing = try Runs.report(
      Runs.changed { record in
        if record.method == "snip", record.density == Runs.densities[1],
          ["none", "shuffle"].contains(record.ablation), record.replicate < 4
        {
          record.accuracy = record.replicate == 1 ? 10 : 9.8
        }
        return true
      })
    #expect(
      guessing.contains(
        "Failed runs at 10 %: 3 of 5 shuffle runs are no better than the commonest class, 3 of 5 unablated ones"
      ), "\(guessing)")
    #expect(guessing.contains("**maintained** at 50 %; failed runs at 10 %"))
    // At the share of some class.
    let equal = try Runs.report(
      Runs.changed { record in
        if record.method == "snip", record.density == Runs.densities[1] { record.accuracy = 11.35 }
        return true
      })
    #expect(equal.contains("| **maintained** at 50 %; no spread at 10 %"), "\(equal)")
    #expect(equal.contains("no claim of sameness, nor of a difference."))
    #expect(!equal.contains("lowered** at 50 %, 10 %"))
    // Known not to be one class, equal accuracies are measurements as any.
    let measured = try Runs.report(
      Runs.changed { record in
        record.details.predictedClasses = 10
        if record.method == "snip", record.density == Runs.densities[1] { record.accuracy = 90 }
        return true
      })
    #expect(measured.contains("| **maintained** down to 10 % |"), "\(measured)")
  }

  @Test("missing runs block sameness, and are told with their replicates")
  func missing() throws {
    let text = try Runs.report(
      Runs.changed {
        !($0.method == "snip" && $0.ablation == "shuffle" && $0.density == Runs.densities[1]
          && $0.replicate > 3)
      })
    #expect(text.contains("**maintained** at 50 %; runs missing at 10 %"), "\(text)")
    #expect(
      text.contains(
        "runs of one arm or both are missing of snip · shuffle at 10 % (replicates "
          + "4, 5)"), "\(text)")
    #expect(text.contains("Runs are missing at 10 %: 3 of 5 replicates have both arms"))
    let gone = try Runs.report(
      Runs.changed {
        !($0.method == "snip" && $0.ablation == "shuffle" && $0.density == Runs.densities[1])
      })
    #expect(gone.contains("Runs are missing at 10 %: 0 of 5 replicates have both arms"), "\(gone)")
  }

  @Test("ablated runs without unablated ones are told")
  func unpaired() throws {
    let orphans = Runs.known + Runs.arm("grasp", "shuffle", [90, 91, 90.5])
    #expect(
      try Runs.report(orphans).contains("no replicate has runs of both arms of grasp · shuffle"))
    let apart = Runs.changed {
      !($0.method == "snip" && $0.ablation == "shuffle" && $0.replicate < 4)
        && !($0.method == "snip" && $0.ablation == "none" && $0.replicate > 3)
    }
    #expect(try Runs.report(apart).contains("no replicate has runs of both arms of snip · shuffle"))
  }

  @Test("densities that are not primary claim nothing")
  func primary() throws {
    let text = try Runs.report(Runs.known, Runs.terms(primary: [Runs.densities[0]]))
    #expect(text.contains("**maintained** at 50 %"), "\(text)")
    #expect(!text.contains("from 50 % to 10 %"))
    #expect(text.contains("**Lowered** at 50 %, by 4.88 points"))
  }

  @Test("a primary density is known in any spelling, and told where no run has it")
  func primarySpellings() throws {
    let near = try #require(Density("0.5000000000000001"))
    let text = try Runs.report(Runs.known, Runs.terms(primary: [near]))
    #expect(text.contains("**maintained** at 50 %"), "\(text)")
    #expect(!text.contains("no run has"))
    let other = try #require(Density("0.3"))
    #expect(
      try Runs.report(Runs.known, Runs.terms(primary: [Runs.densities[0], other]))
        .contains("no run has the primary density 30 %"))
  }

  @Test("a shuffle of full layers changes nothing and is left out")
  func idle() throws {
    let full = [LayerCount(name: "fc.weight", size: 100, kept: 100)]
    let text = try Runs.report(
      Runs.changed { record in
        record.details.layers =
          record.density == Runs.densities[0]
          ? full : [LayerCount(name: "fc.weight", size: 100, kept: 10)]
        return true
      })
    #expect(text.contains("nothing to shuffle"), "\(text)")
    #expect(text.contains("Left out at 50 %, where nothing can change"))
    #expect(text.contains("**snip against random**: **Raised** at 10 %, by"))
    // Weights drawn anew are another matter.
    #expect(text.contains("**lowered** at 50 %, 10 %"))
  }

  @Test("an arm that is the method's own trainings is no comparison")
  func sameTrainings() throws {
    let text = try Runs.report(
      Runs.changed { record in
        let arm = record.ablation == "shuffle" ? "none" : record.ablation
        record.details.artifact = "\(record.method) \(arm) \(record.density) \(record.replicate)"
        return true
      })
    #expect(text.contains("nothing to change at 50 %, 10 %"), "\(text)")
    #expect(!text.contains("**Maintained"))
  }

  @Test("families by ablation share α among their own")
  func families() throws {
    // Near enough to its margin to be shown at 5 %, and not at a quarter of that.
    let near = Runs.changed { record in
      if record.ablation == "shuffle", record.method == "snip" {
        record.accuracy? += [0.3, -0.3, 0.2, -0.2, 0][record.replicate - 1]
      }
      return true
    }
    #expect(try Runs.report(near).contains("**Maintained") == false)
    var terms = Runs.terms()
    terms.settings.family = .ablation
    let text = try Runs.report(near, terms)
    #expect(text.contains("at 5 % per ablation and kind of claim"), "\(text)")
    #expect(text.contains("**snip · shuffle**: **Maintained at every tested density"), "\(text)")
  }

  @Test("fractions where percent are expected are told at the top")
  func fractions() throws {
    let text = try Runs.report(
      Runs.changed { record in
        record.accuracy? /= 100
        return true
      })
    #expect(
      text.contains(
        "no accuracy is above 0.93, which looks like fractions where percent are expected"),
      "\(text)")
    #expect(!(try Runs.report(Runs.known)).contains("fractions"))
  }

  @Test("a claim that new test examples would not bear is marked")
  func fragile() throws {
    var terms = Runs.terms()
    terms.settings.examples = 1000
    func text(_ spread: Double) throws -> String {
      try Runs.report(
        Runs.changed { record in
          record.details.examplesDeviation = spread
          record.details.residualDeviation = 0.01
          return true
        }, terms)
    }
    let steady = try text(0.02)
    #expect(!steady.contains("would not survive new test examples."), "\(steady)")
    let fragile = try text(0.4)
    #expect(
      fragile.contains("the claim is about this test set: it would not survive new test examples."),
      "\(fragile)")
    #expect(fragile.contains("maintained †"))
    #expect(
      try Runs.report(Runs.known).contains("what new test examples would add to the intervals"))
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
    let text = try Runs.report(records)
    #expect(text.contains("**lowered** at 51.2 %, 26.2 %"), "\(text)")
  }

  @Test("runs that cannot be paired are no comparison")
  func nothingToCompare() throws {
    #expect(throws: RecordsError.nothingToCompare) {
      try AnalysisReport(AblationDesign.self, Runs.arm("snip", "none", [90, 91]), Runs.terms())
    }
  }
}
