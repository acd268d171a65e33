import Wording

/// What can be wrong with a table of records or the terms beside it.
package enum RecordsError: Error, Hashable, CustomStringConvertible {
  /// Columns that every table needs.
  case missingColumns(file: String, missing: [String], present: [String])
  /// A field that cannot be read.
  case field(file: String, row: Int, column: String, found: String, expected: String)
  /// Two rows about the same run.
  case repeated(file: String, row: Int, earlier: Int, columns: [String])
  /// No row at all.
  case empty(file: String)
  /// Terms that cannot be read.
  case terms(file: String, reason: String)
  /// Runs of several looks, and no design that tells how many there might have been.
  case looksWithoutDesign(Int)
  /// No method is run without ablation.
  case nothingToCompare

  /// What is wrong, where, and what to do.
  package var description: String {
    switch self {
    case .missingColumns(let file, let missing, let present):
      "\(file):1: columns missing: \(missing.joined(separator: ", ")); there are "
        + present.joined(separator: ", ")
    case .field(let file, let row, let column, let found, let expected):
      "\(file): row \(row): \(column): "
        + (found.isEmpty ? "empty" : "found '\(Naming.shown(found))'")
        + "; write \(expected)"
    case .repeated(let file, let row, let earlier, let columns):
      "\(file): row \(row) is about the same \(columns.sentence) as row \(earlier); keep one"
    case .empty(let file): "\(file): holds no runs; add a row for each"
    case .terms(let file, let reason):
      "\(file): these are not the terms of a report: \(reason); take the file that was written beside"
        + " records.csv"
    case .looksWithoutDesign(let count):
      "the column look tells of \(Format.count(count, "look")), and no terms tell how many replicates were planned, which α is shared"
        + " by; take the terms.yaml written beside records.csv, or state --looks, as in --looks 5 8 12 20"
    case .nothingToCompare:
      "no runs to compare: every comparison needs runs of a method with ablation 'none' and runs of"
        + " the same method, densities and replicates with an ablation"
    }
  }
}
