import Wording

/// Why a notebook cannot be read, checked or run.
package struct NotebookError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The notebook as the user named it.
  package let file: String
  /// The line, from 1.
  package let line: Int
  /// What is wrong.
  let fault: Fault

  init(file: String, line: Int, _ fault: Fault) {
    (self.file, self.line, self.fault) = (file, line, fault)
  }

  /// `file:line: sentence`.
  package var description: String { "\(file):\(line): \(fault.words)".printableLines }

  /// What is wrong.
  enum Fault: Hashable, Sendable {
    case mixedLineEnds
    case unendedCell(String)
    case nested(String)
    case options(CellOptions.Fault)
    case unknownOption(String, nearest: String?, known: [String])
    case optionValue(String, value: String, expected: String)
    case missingName(String)
    case name(String)
    case nameTwice(String, line: Int)
    case strayOutput
    case strayEnd
    case unendedOutput
    case outputInOutput(line: Int)
    case nestedMarker
    case damagedMarker
    case unendedValue
    case circle([String])
    case readsBelow(String, path: String, writer: String, line: Int)
    case writesTwice(String, path: String, line: Int)
    case outside(String)
    case noSuchCell(String, nearest: String?)
    case expression(String, problem: String)
    case value(String, problem: String)
    case command(String)
    case failed(String, reason: String)
    case changesItsInput(String, path: String)
    case shell([Int])
  }
}

extension NotebookError.Fault {
  /// What is wrong; what to do.
  fileprivate var words: String {
    switch self {
    case .mixedLineEnds:
      "some lines end with a line feed, others with a carriage return before it; save the file with one of the two"
    case .unendedCell(let language):
      "the \(language) cell that begins here has no end; close it with a line of ```"
    case .nested(let language):
      "an \(language) cell inside a list or a quotation; cells stand at the left margin, between paragraphs"
    case .options(.notAnOption(let word)):
      "`\(word)` behind the fence is no option; write name=value, and quotes around a value with blanks"
    case .options(.twice(let name)): "option `\(name)` is stated twice; keep one"
    case .options(.openQuote): "a quotation mark behind the fence has no partner; close it"
    case .unknownOption(let name, let nearest, let known):
      "unknown option `\(name)`; "
        + (nearest.map { "did you mean `\($0)`?" }
          ?? "possible: \(known.map { "`\($0)`" }.joined(separator: ", "))")
    case .optionValue(let name, let value, let expected):
      "`\(name)=\(value)`: write \(expected)"
    case .missingName(let what):
      "\(what) needs a name, which its folder has; write name=… behind the word `espalier`"
    case .name(let name):
      "`\(name)` cannot name a cell; write lowercase letters, digits and hyphens, a letter or digit first"
    case .nameTwice(let name, let line):
      "the cell in line \(line) has the name `\(name)` already; choose another"
    case .strayOutput:
      "a marker of an output that stands under no cell; delete everything from here to its end marker, or put its"
        + " cell back above it"
    case .strayEnd:
      "the end marker of an output that begins nowhere; delete this line"
    case .unendedOutput:
      "the output that begins here has no end marker; delete the output and run the notebook again"
    case .outputInOutput(let line):
      "an output begins inside the one that began in line \(line); delete both and run the notebook again"
    case .nestedMarker:
      "a marker of an output inside a list or a quotation; outputs stand at the left margin, under their cells"
    case .damagedMarker:
      "a marker of an output that was edited; delete everything from here to its end marker, and run the notebook again"
    case .unendedValue:
      "a value that begins here has no `</data>` in the same paragraph; restore it, or write {{ … }} anew in its place"
    case .circle(let cells):
      "cells that read one another in a circle: \(cells.joined(separator: " reads ")); break it"
    case .readsBelow(let cell, let path, let writer, let line):
      "\(cell) reads \(path), which \(writer) in line \(line) makes only further down; move one of them"
    case .writesTwice(let cell, let path, let line):
      "\(cell) writes \(path), which the cell in line \(line) writes already; choose another path"
    case .outside(let path):
      "\(path) is no path below the notebook's folder; a cell writes where the notebook stands"
    case .noSuchCell(let name, let nearest):
      "there is no cell of the name `\(name)`; "
        + (nearest.map { "did you mean `\($0)`?" } ?? "write name=\(name) behind the fence of one")
    case .expression(let text, let problem):
      "{{ \(text) }}: \(problem); write it as {{ cell.field:.1f }}, or \\{{ for the braces themselves"
    case .value(let text, let problem): "{{ \(text) }}: \(problem)"
    case .command(let problem): problem
    case .failed(let cell, let reason): "\(cell) failed; its earlier output stays: \(reason)"
    case .changesItsInput(let cell, let path):
      "\(cell) has changed \(path), which it reads; say writes=\(path) behind its fence if it makes that file"
    case .shell(let lines):
      "shell cells in \(lines.count == 1 ? "line" : "lines") \(lines.map(String.init).joined(separator: ", "))"
        + " run programs with your rights; read them, and allow them by --allow-shell"
    }
  }
}
