package import Foundation
import Recipes
import Reports
package import Suites

extension RunRecord: TableRow {
  /// Five columns suffice, of which one rates the run; those that tell more are of the toolkit's own tables.
  package static var columns: [Column<RunRecord>] {
    func more<Value>(
      _ name: String, _ path: WritableKeyPath<Details, Value?>, _ form: FieldForm<Value>,
      isWrittenEmpty: Bool = true
    ) -> Column<RunRecord> {
      let details: WritableKeyPath<RunRecord, Details> = \.details
      return Column(
        name, details.appending(path: path), form, isNeeded: false,
        isWrittenEmpty: isWrittenEmpty)
    }
    return [
      Column("method", \.method, .name), Column("ablation", \.ablation, ablationForm),
      Column("density", \.density, .density), Column("replicate", \.replicate, .number),
      Column("accuracy", \.accuracy, values(of: .accuracy), isNeeded: false),
      .outcome(\.details.divergedAt, \.accuracy), more("loss", \.loss, .finite),
      more("validation_accuracy", \.validationAccuracy, .finite),
      more("early_stopping_step", \.earlyStopping, .count), more("steps", \.steps, .count),
      more("total_steps", \.totalSteps, .count),
      more("predicted_classes", \.predictedClasses, .count),
      more("connected", \.connected, .flag), more("effective", \.effective, .count),
      more("outputs_reached", \.outputs, .count),
      more("examples_sd", \.examplesDeviation, .finite),
      more("residual_sd", \.residualDeviation, .finite),
      more("look", \.look, .count, isWrittenEmpty: false),
      more("zero_scores", \.zeroScores, .count), more("ties", \.ties, .count),
      more("changed", \.changed, .count),
      more(
        "expected_changed", \.expectedChanged,
        .number("a number from 0 to 10^12") { (0...1e12).contains($0) }),
      more("counts_kept", \.countsKept, .flag), more("reinitialized", \.reinitialized, .count),
      more("reinitialized_of", \.reinitializedOf, .count),
      more("pruned_at_zero", \.prunedAtZero, .count), more("pruned", \.pruned, .count),
      more("seconds", \.seconds, .finite), more("artifact", \.artifact, .text),
    ]
      + Metric.all.filter { ![Metric.accuracy.name, "loss"].contains($0.name) }.map { metric in
        let path: WritableKeyPath<RunRecord, Double?> = \.details.measured[metric.name]
        return Column(
          metric.name, path, values(of: metric), isNeeded: false, isWrittenEmpty: false)
      }
  }

  /// How values of `metric` stand in a table.
  private static func values(of metric: Metric) -> FieldForm<Double> {
    metric.isShare
      ? .number("percent from 0 to 100, or nothing for a diverged run") { (0...100).contains($0) }
      : .number("a number, or nothing for a diverged run") { _ in true }
  }

  /// The rows of the table at `url`, which must tell `metric`.
  ///
  /// - Throws: `TextFileError`, ``RecordsError`` or a `ReportsError` naming file, row and column.
  package static func rows(at url: URL, telling metric: Metric) throws -> [RunRecord] {
    try rows(
      in: try CSV(parsing: try TextFile.read(url), file: url.relativePath), file: url.relativePath,
      telling: metric)
  }

  /// The rows of a table that must tell `metric`.
  static func rows(in table: CSV, file: String, telling metric: Metric) throws -> [RunRecord] {
    let rows = try rows(in: table, file: file)
    let columns = [metric.name, metric.derived?.from].compactMap { $0 }
    guard columns.contains(where: table.header.contains) else {
      throw RecordsError.missingColumns(
        file: file, missing: [columns.joined(separator: " or ")], present: table.header)
    }
    return rows
  }

  package static var layers: LayerColumns<RunRecord>? {
    LayerColumns("kept", "size", \.details.layers)
  }

  package static var curve: WritableKeyPath<RunRecord, LearningCurve>? { \.details.curve }

  package static var identity: [String] { ["method", "ablation", "density", "replicate"] }

  package static func settled(_ rows: [RunRecord]) -> [RunRecord] {
    let spellings = NearDensities(rows.map(\.density))
    return rows.map { row in
      var row = row
      row.density = spellings.one(for: row.density)
      return row
    }
  }

  /// Names of ablations as this toolkit writes them; others stay as they are.
  private static var ablationForm: FieldForm<String> {
    let name = FieldForm<String>.name
    return FieldForm(name.expected, advice: name.advice, write: name.write) { text in
      name.read(text)?.split(separator: " + ").map { name in
        SuiteName.spellings(of: String(name)).first { Ablation.named($0) != nil }
          ?? String(name)
      }.joined(separator: " + ")
    }
  }
}
