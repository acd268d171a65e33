import Recipes
import Reports
@testable import Analyses
@testable import Suites
import Testing

@Suite struct MetricReportTests {
  /// The known runs with a loss of a fiftieth of their error, which rises where accuracy falls.
  private let lossy = Runs.changed { record in
    record.details.loss = record.accuracy.map { (100 - $0) / 50 }
    return true
  }

  private func terms(_ metric: Metric, margin: Double) -> AblationTerms {
    AblationTerms(
      question: "Does it matter?", seed: 1, metric: metric, margin: margin, alpha: 0.05, chance: 10)
  }

  @Test("losses are told in nats, and what is worse is called so")
  func loss() throws {
    let text = try Runs.report(lossy, terms(.loss, margin: 0.05))
    #expect(
      text.contains(
        "**loss in 3 comparisons of a method with its own ablation: 1 keeps it within ±0.05 nats at "
          + "every density, 1 raises it (worse) at some and 1 shows neither "
          + "sameness nor a difference at any.**"), "\(text)")
    #expect(
      text.contains(
        "**snip · shuffle**: **Maintained at every tested density from 50 % to 10 %**: mean loss changes by "
          + "less than 0.05 nats (5 runs, none collapsed; failure rate up to 52 %)."), "\(text)")
    // 4.88 accuracy points are 0.0976.
    #expect(
      text.contains(
        "**snip · reinitialize**: **Raised** (worse) at 50 %, by 0.0976 nats [0.0920, 0.1032]; at "
          + "10 %, by 0.0976 nats [0.0920, 0.1032]."), "\(text)")
    #expect(text.contains("| **raised** (worse) at 50 %, 10 % "))
    #expect(text.contains("**lowered** (better) at 50 %, 10 %"))
    #expect(
      text.contains(
        "Loss on the test split after the last step, paired by replicate; lower is better."))
    #expect(text.contains("## Loss against density"))
    #expect(text.contains("snip: mean loss in nats [95 % interval]"))
    #expect(text.contains("Mean paired differences of loss in nats with 90 % t-intervals"))
    #expect(Metric.loss.words == "loss in nats, lower is better")
    #expect(!text.lowercased().contains("points"))
  }

  @Test("what is about test examples alone is not said of a loss, which the report tells")
  func examples() throws {
    var own = terms(.loss, margin: 0.05)
    own.settings.examples = 1000
    let records = lossy.map { record in
      var record = record
      record.details.examplesDeviation = 0.4
      record.details.residualDeviation = 0.01
      return record
    }
    let text = try Runs.report(records, own)
    #expect(
      text.contains(
        "What is said of accuracies about test examples is not said of loss: it has no least step of one "
          + "example, no interval over new ones, and a run that diverged has none"), "\(text)")
    #expect(!text.contains("†") && !text.contains("over test examples too"))
    #expect(try own.scale.floor == 0 && own.settings.diverged == nil)
    own.settings.metric = .error
    #expect(try own.scale.floor > 0 && own.settings.diverged == 90)
  }

  @Test("errors are accuracies turned round")
  func errors() throws {
    let text = try Runs.report(Runs.known, terms(.error, margin: 0.5))
    #expect(
      text.contains("**Raised** (worse) at 50 %, by 4.88 points [4.60, 5.16]; at 10 %, by"),
      "\(text)")
    #expect(text.contains("mean error changes by less than 0.5 points"))
    let accuracies = try Runs.report(Runs.known)
    #expect(accuracies.contains("**Lowered** at 50 %, by 4.88 points [4.60, 5.16]"))
    #expect(
      Metric.accuracy.words == "accuracy in percent, differences in points, higher is better")
  }

  @Test("a run without loss allows no claim of any kind at its density")
  func diverged() throws {
    let records = lossy.map { record in
      var record = record
      if record.method == "snip", record.ablation == "reinitialize", record.replicate == 2,
        record.density == Runs.densities[1]
      {
        record.accuracy = nil
        record.details.loss = nil
        record.details.divergedAt = 9
      }
      return record
    }
    let text = try Runs.report(records, terms(.loss, margin: 0.05))
    #expect(text.contains("**raised** (worse) at 50 %; failed runs at 10 %"), "\(text)")
    #expect(
      text.contains("1 pair of runs with one that diverged allows no claim at its density"))
    #expect(text.contains("no claim of sameness, nor of a difference."))
  }

  @Test("a run that ended and of which nobody recorded the metric is missing")
  func unmeasured() throws {
    let records = lossy.map { record in
      var record = record
      if record.method == "snip", record.ablation == "shuffle", record.replicate == 3,
        record.density == Runs.densities[1]
      {
        record.details.loss = nil
      }
      return record
    }
    let text = try Runs.report(records, terms(.loss, margin: 0.05))
    #expect(text.contains("missing of snip · shuffle at 10 % (replicate 3)"), "\(text)")
    #expect(!text.contains("diverge,"))
  }

  @Test("fractions are told where errors come from accuracies too")
  func fractions() throws {
    let records = Runs.changed { record in
      record.accuracy? /= 100
      return true
    }
    #expect(
      try Runs.report(records, terms(.error, margin: 0.5)).contains(
        "no accuracy is above 0.93, which looks like fractions where percent are expected"))
  }

  @Test("a table has a column of the metric's name, or of one that tells it")
  func columns() throws {
    let head = "method,ablation,density,replicate"
    func value(_ column: String, _ text: String, _ metric: Metric) throws -> Double? {
      try RunRecord.rows(
        in: try CSV(parsing: "\(head),\(column)\nsnip,none,0.5,1,\(text)", file: "mine.csv"),
        file: "mine.csv", telling: metric
      ).first?.value(of: metric)
    }
    #expect(try value("accuracy", "97.5", .error) == 2.5)
    #expect(try value("error", "2.25", .error) == 2.25)
    #expect(try value("loss", "0", .perplexity) == 1)
    #expect(try value("perplexity", "21.5", .perplexity) == 21.5)
    #expect(try value("loss", "", .loss) == nil)
    for (column, metric, sentence) in [
      ("loss", Metric.accuracy, "mine.csv:1: columns missing: accuracy; there are"),
      ("accuracy", .perplexity, "mine.csv:1: columns missing: perplexity or loss; there are"),
    ] {
      let error = #expect(throws: RecordsError.self) { try value(column, "1", metric) }
      #expect(error?.description.hasPrefix(sentence) == true, "\(String(describing: error))")
    }
    let error = #expect(throws: RecordsError.self) { try value("error", "101", .error) }
    #expect(error?.description.contains("error: found '101'; write percent from 0 to 100") == true)
  }

  @Test("columns of metrics that no row has are not written")
  func written() throws {
    #expect(!RunRecord.table(of: Runs.known).header.contains("perplexity"))
    var records = Runs.known
    records[0].details.measured["perplexity"] = 12.5
    let table = RunRecord.table(of: records)
    #expect(table.header.last == "perplexity")
    #expect(try RunRecord.rows(in: table, file: "mine.csv") == records)
  }

  @Test("terms tell name, unit and direction, and are read back")
  func terms() throws {
    let text = try TermsFile.text(of: terms(.loss, margin: 0.05))
    #expect(
      text.contains(
        "  \"metric\":\n    \"better\": lower\n    \"name\": loss\n    \"unit\": nats\n"),
      "\(text)")
  }
}

@Suite struct MetricDecodingTests {
  @Test("a suite names its metric; loss and perplexity need a margin")
  func metric() throws {
    let found = design(try decode(yaml(more: "statistics: {metric: loss, margin: 0.02}"))).rules
    #expect(found.metric == .loss && found.margin == 0.02)
    #expect(design(try decode(yaml(more: "statistics: {metric: error}"))).rules.margin == 0.5)
    #expect(
      problems(yaml(more: "statistics: {metric: loss}")) == [
        "suite.yaml:7: statistics: found no margin; write a difference in loss above 0, in nats"
      ])
    #expect(
      problems(yaml(more: "statistics: {metric: perplexity, margin: -1}")) == [
        "suite.yaml:7: statistics.margin: found `-1`; write a difference in perplexity above 0"
      ])
    #expect(
      problems(yaml(more: "statistics: {metric: acuracy}")) == [
        "suite.yaml:7: statistics.metric: unknown metric `acuracy`; did you mean `accuracy`?"
      ])
    #expect(
      problems(yaml(more: "statistics: {margin: 101}")) == [
        "suite.yaml:7: statistics.margin: found `101`; write accuracy points above 0 and up to 100"
      ])
  }
}
