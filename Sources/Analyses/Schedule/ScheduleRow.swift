import Recipes
import Suites

/// One iteration of a pruning: a row of records.csv.
struct ScheduleRow: TableRow {
  /// Shape of the schedule.
  var shape = ScheduleDesign.Shape.linear
  /// The compression is 10^exponent.
  var exponent = 0.0
  /// Iterations of the pruning.
  var iterations = 1
  /// Number of the replicate, from 1.
  var replicate = 1
  /// Number of this iteration, from 1.
  var iteration = 1
  /// Weights left after it.
  var kept = 0
  /// Sum of the scores that it prunes, the size of every complete cut, and one over the other, which no cut at
  /// all makes infinite.
  var (pruned, output, ratio) = (0.0, 0.0, 0.0)

  init() {}

  static var columns: [Column<ScheduleRow>] {
    let number = FieldForm<Double>("a number", write: \.description) { Double($0) }
    return [
      Column("schedule", \.shape, .choice), Column("exponent", \.exponent, .finite),
      Column("iterations", \.iterations, .number), Column("replicate", \.replicate, .number),
      Column("iteration", \.iteration, .number), Column("kept", \.kept, .count),
      Column("pruned", \.pruned, number), Column("output", \.output, number),
      Column("ratio", \.ratio, number),
    ]
  }

  static var identity: [String] {
    ["schedule", "exponent", "iterations", "replicate", "iteration"]
  }
}
