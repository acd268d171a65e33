import Wording

/// What can go wrong while a report is drawn, written or read.
package enum ReportsError: Error, Equatable, CustomStringConvertible {
  /// A logarithmic axis got a value that has no logarithm.
  case notPositive(figure: String, axis: String, value: Double)
  /// A figure has nothing that could be drawn.
  case nothingToDraw(figure: String, axis: String)
  /// A report's text shows a figure that was not handed over with it.
  case figureNotGiven(path: String)
  /// A figure's name does not make a plain file name.
  case figureName(String)
  /// A folder or a file of a report cannot be written.
  case unwritable(path: String, reason: String)
  /// A file of records has no header.
  case recordsEmpty(file: String)
  /// A file of records has two columns of one name.
  case recordsColumnTwice(file: String, line: Int, name: String)
  /// A row of a file of records has another length than its header.
  case recordsRagged(file: String, line: Int, expected: Int, found: Int)
  /// A quote stands inside a field that is not quoted, or text follows a closing quote.
  case recordsStrayQuote(file: String, line: Int)
  /// A quoted field has no end.
  case recordsUnterminatedQuote(file: String, line: Int)
  /// Two reports cannot be compared.
  case comparison(String)

  /// The sentence for the user: what is wrong, where, and what to do.
  package var description: String {
    switch self {
    case .notPositive(let figure, let axis, let value):
      "cannot draw the figure “\(figure)”: its axis “\(axis)” is logarithmic and got \(value); leave the point out or make the axis linear"
    case .nothingToDraw(let figure, let axis):
      "cannot draw the figure “\(figure)”: its axis “\(axis)” has neither values nor a range"
    case .figureNotGiven(let path):
      "the report shows \(path), which is not among its figures; add the figure or remove it from the text"
    case .figureName(let name):
      "“\(name)” cannot name a figure; use letters a–z, digits and hyphens"
    case .unwritable(let path, let reason):
      "cannot write the report: \(path): \(reason); check the folder's permissions and free space"
    case .recordsEmpty(let file):
      "\(file):1: no header; the first line must name the columns"
    case .recordsColumnTwice(let file, let line, let name):
      "\(file):\(line): the column “\(name)” is named twice; rename one of them"
    case .recordsRagged(let file, let line, let expected, let found):
      "\(file):\(line): \(Format.count(found, "field")) where the header has \(expected); quote fields that hold commas"
    case .recordsStrayQuote(let file, let line):
      "\(file):\(line): a quote inside a field; quote the whole field and double the quotes in it"
    case .recordsUnterminatedQuote(let file, let line):
      "\(file):\(line): the quote that opens here is never closed; close it"
    case .comparison(let reason):
      "cannot compare: \(reason)"
    }
  }
}
