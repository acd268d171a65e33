import Foundation
import Recipes
import Wording

/// A table of examples: comma-separated values, their columns named in the first line, one of them the labels; packed by
/// gzip or not. Cells may be quoted as RFC 4180 says, but hold no line breaks.
struct ExampleTable {
  /// More than any table that is read whole has.
  private static let largest = 1 << 32

  private let path: String
  private let bytes: [UInt8]
  /// Where each line of cells begins and ends, with its number in the file, from 1.
  private let lines: [(range: Range<Int>, number: Int)]
  /// The label's place among the columns, and its name.
  private let label: (place: Int, name: String)
  /// Names of the other columns.
  let columns: [String]

  /// Reads the file at `path` and the names of its columns.
  init(_ path: String, label: String) throws(DatasetError) {
    self.path = path
    let bytes: [UInt8]
    do throws(DatasetError) {
      bytes = try PackedFile(path: path).readAll(limit: Self.largest)
    } catch .missing(_, let problem) {
      throw .unfit(
        file: path, problem: problem,
        remedy: "name a file that ends in .safetensors or .csv, from the suite's folder")
    } catch .malformed(_, let problem) {
      throw .unfit(
        file: path, problem: problem, remedy: "write the table again, of at most 4 GiB")
    }
    self.bytes = bytes
    var lines = Self.lines(of: bytes)
    guard let head = lines.first else {
      throw .unfit(
        file: path, problem: "is empty", remedy: "write the columns' names into its first line")
    }
    lines.removeFirst()
    self.lines = lines
    var names = Self.cells(of: bytes[head.range]).map { String(decoding: $0, as: UTF8.self) }
    guard let place = names.firstIndex(of: label) else {
      let isHeadless = names.allSatisfy { CheckedOption.Kind.number($0) != nil }
      let shown = names.prefix(10).map { "`\($0.printable)`" }.joined(separator: ", ")
      throw .unfit(
        file: path,
        problem: isHeadless
          ? "line \(head.number) holds numbers and not the names of columns"
          : "line \(head.number) names no column `\(label.printable)`, only \(shown)"
            + (names.count > 10 ? " and \(Format.count(names.count - 10)) more" : ""),
        remedy: isHeadless
          ? "write a first line of names, separated by commas"
          : "name the labels' column by `label: NAME`; columns are separated by commas")
    }
    names.remove(at: place)
    guard !names.isEmpty else {
      throw .unfit(
        file: path, problem: "has no column beside `\(label.printable)`",
        remedy: "write the inputs into columns of their own, separated by commas")
    }
    guard !lines.isEmpty else {
      throw .unfit(
        file: path, problem: "has no line below its columns' names",
        remedy: "write a line for each example")
    }
    (self.label, columns) = ((place, label), names)
  }

  /// All examples: a number of each column but the label's.
  func examples() throws(DatasetError) -> LabelledImages {
    var (numbers, labels): ([Float], [UInt16]) = ([], [])
    numbers.reserveCapacity(lines.count * columns.count)
    labels.reserveCapacity(lines.count)
    for line in lines {
      let cells = try cells(of: line)
      for (place, cell) in cells.enumerated() where place != label.place {
        numbers.append(try number(cell, columns[place < label.place ? place : place - 1], line))
      }
      labels.append(try label(cells[label.place], line))
    }
    return LabelledImages(
      shape: ExampleShape(channels: columns.count, height: 1, width: 1),
      inputs: .numbers(numbers), labels: labels)
  }

  /// All labels.
  func labels() throws(DatasetError) -> [UInt16] {
    var labels: [UInt16] = []
    for line in lines { labels.append(try label(cells(of: line)[label.place], line)) }
    return labels
  }

  private func cells(of line: (range: Range<Int>, number: Int)) throws(DatasetError)
    -> [ArraySlice<UInt8>]
  {
    let cells = Self.cells(of: bytes[line.range])
    guard cells.count == columns.count + 1 else {
      throw .unfit(
        file: path,
        problem: "line \(line.number) has \(Format.count(cells.count, "cell")) for"
          + " \(Format.count(columns.count + 1, "column"))",
        remedy: "write a number into each column")
    }
    return cells
  }

  private func number(
    _ cell: ArraySlice<UInt8>, _ column: String, _ line: (range: Range<Int>, number: Int)
  ) throws(DatasetError) -> Float {
    let text = String(decoding: cell, as: UTF8.self)
    guard let number = Float(text), number.isFinite else {
      throw unfit(
        text, column, line, "no finite number",
        "write numbers alone, categories as columns of 0 and 1, and fill or drop what is missing")
    }
    return number
  }

  private func label(_ cell: ArraySlice<UInt8>, _ line: (range: Range<Int>, number: Int))
    throws(DatasetError) -> UInt16
  {
    let text = String(decoding: cell, as: UTF8.self)
    // 3.0 too, as tables of floating-point numbers write it.
    guard let label = UInt16(text) ?? Double(text).flatMap(UInt16.init(exactly:)) else {
      throw unfit(
        text, label.name, line, "no class", "number the classes from 0 to at most 65535")
    }
    return label
  }

  private func unfit(
    _ text: String, _ column: String, _ line: (range: Range<Int>, number: Int), _ what: String,
    _ remedy: String
  ) -> DatasetError {
    let shown = text.count > 40 ? "\(text.prefix(40))…" : text
    return .unfit(
      file: path,
      problem: "line \(line.number), column `\(column.printable)`"
        + (text.isEmpty ? " is empty" : ": `\(shown.printable)` is \(what)"),
      remedy: remedy)
  }

  /// Lines that are not empty, without what ends them.
  private static func lines(of bytes: [UInt8]) -> [(range: Range<Int>, number: Int)] {
    var lines: [(range: Range<Int>, number: Int)] = []
    // A byte order mark, as spreadsheets write it.
    var (start, number) = (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0, 1)
    while start < bytes.count {
      let next = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var end = next
      if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      if end > start { lines.append((start..<end, number)) }
      start = next + 1
      number += 1
    }
    return lines
  }

  /// The cells of a line, without blanks around them and without quotes.
  private static func cells(of line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
    guard line.contains(quote) else {
      return line.split(separator: comma, omittingEmptySubsequences: false).map(trimmed)
    }
    var cells: [ArraySlice<UInt8>] = []
    var (cell, isQuoted): ([UInt8], Bool) = ([], false)
    for byte in line {
      switch byte {
      case quote: isQuoted.toggle()
      case comma where !isQuoted:
        cells.append(trimmed(cell[...]))
        cell = []
      default: cell.append(byte)
      }
    }
    return cells + [trimmed(cell[...])]
  }

  private static func trimmed(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let first = cell.firstIndex(where: { !isBlank($0) }),
      let last = cell.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return cell[first...last]
  }
}
