import Recipes
import Reports
@testable import Analyses
@testable import Suites
import Testing

@Suite struct RunRecordTests {
  @Test("a table read back gives the same runs, details and all")
  func roundTrip() throws {
    var records = Runs.known
    records[0].details.layers = [
      LayerCount(name: "fc.weight", size: 100, kept: 7),
      LayerCount(name: "a, \"b\"", size: 10, kept: 0),
    ]
    records[0].details.loss = 0.125
    records[0].details.steps = 420
    records[0].details.totalSteps = 840
    records[0].details.connected = false
    records[0].details.changed = 12
    records[0].details.expectedChanged = 12.5
    records[0].details.countsKept = true
    records[0].details.seconds = 1.25
    records.append(
      contentsOf: Runs.arm("lost", "none", [nil]) { record in record.details.divergedAt = 3 })
    let table = RunRecord.table(of: records)
    let text = table.rendered()
    let again = try RunRecord.rows(
      in: try CSV(parsing: text, file: "records.csv"), file: "records.csv")
    #expect(again == records)
    #expect(RunRecord.table(of: again).rendered() == text)
  }

  @Test("five columns suffice")
  func bareTable() throws {
    let csv = try CSV(
      parsing: "accuracy,method,ablation,density,replicate\n97.5,snip,none,0.8^6,1\n",
      file: "mine.csv")
    let records = try RunRecord.rows(in: csv, file: "mine.csv")
    #expect(
      records == [
        RunRecord(
          method: "snip", ablation: "none", density: Density("0.262144")!, replicate: 1,
          accuracy: 97.5)
      ])
  }

  @Test(
    "what is wrong is told with its row and column",
    arguments: [
      ("method,density,replicate,accuracy\n", "mine.csv:1: columns missing: ablation"),
      ("snip,none,2,1,90", "row 2: density: found '2'; write a fraction kept"),
      ("snip,none,0.5,0,90", "row 2: replicate: found '0'; write a number from 1 on"),
      ("snip,none,0.5,1,190", "row 2: accuracy: found '190'; write percent from 0 to 100"),
      (",none,0.5,1,90", "row 2: method: empty; write a name"),
      ("snip,none,0.5,1,90\nsnip,none,50%,1,91", "row 3 is about the same method"),
      ("", "holds no runs"),
      ("snip,none,0.5,1,90\nsnip,none,0.5000000000000001,1,91", "row 3 is about the same method"),
      (
        "sn\u{1B}[1mip,none,0.5,1,90", "row 2: method: found 'sn\\u{1B}[1mip'; write a name without"
      ),
      ("snip, none,0.5,1,90", "row 2: ablation: found ' none'; write a name without blanks"),
      ("snip,none,0.5,99999999999999999999,90", "row 2: replicate: found '99999999999999999999'"),
      ("snip,none,1e-13,1,90", "row 2: density: found '1e-13'"),
    ])
  func badTables(rows: String, sentence: String) throws {
    let text =
      rows.hasPrefix("method") ? rows : "method,ablation,density,replicate,accuracy\n\(rows)"
    let csv = try CSV(parsing: text, file: "mine.csv")
    let error = #expect(throws: RecordsError.self) {
      try RunRecord.rows(in: csv, file: "mine.csv")
    }
    #expect(error?.description.contains(sentence) == true, "\(String(describing: error))")
  }

  @Test("a layer keeps no more than it has", arguments: ["5,4", "0,0", "1,0"])
  func layers(_ counts: String) throws {
    let text =
      "method,ablation,density,replicate,accuracy,kept:a,size:a\nsnip,none,0.5,1,90,\(counts)\n"
    let error = #expect(throws: RecordsError.self) {
      try RunRecord.rows(in: try CSV(parsing: text, file: "mine.csv"), file: "mine.csv")
    }
    #expect(error?.description.contains("row 2: kept:a: found") == true)
  }

  @Test(
    "no number of a table is beyond what sums can hold",
    arguments: [
      "steps", "total_steps", "early_stopping_step", "zero_scores", "ties", "changed",
      "expected_changed", "reinitialized", "reinitialized_of", "pruned_at_zero", "pruned", "kept:a",
      "seconds",
    ])
  func enormous(_ column: String) throws {
    for value in ["9223372036854775807", "1e308", "-1", "inf", "nan"]
    where column != "seconds" || value.count == 3 {
      let text =
        "method,ablation,density,replicate,accuracy,\(column)\nsnip,none,0.5,1,90,\(value)\n"
      let error = #expect(throws: RecordsError.self) {
        try RunRecord.rows(in: try CSV(parsing: text, file: "mine.csv"), file: "mine.csv")
      }
      #expect(
        error?.description.hasPrefix("mine.csv: row 2: \(column): found '\(value)'; write a")
          == true)
    }
  }
}
