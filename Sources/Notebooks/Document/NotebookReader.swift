/// Finds the cells, outputs and placeholders of a text.
struct NotebookReader {
  private let file: String
  private let languages: Set<String>
  private let bytes: [UInt8]
  /// Where each line begins, and past the last one's end.
  private let starts: [Int]
  private let blocks: [MarkdownBlock]

  private var cells: [CellSource] = []
  private var placeholders: [Placeholder] = []
  /// The marker of the output that is being read.
  private var open: (key: CellKey, lines: Range<Int>)?

  init(_ text: String, file: String, languages: Set<String>) {
    self.file = file
    self.languages = languages
    let bytes = Array(text.utf8)
    self.bytes = bytes
    starts =
      [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
      + [bytes.count + 1]
    blocks = MarkdownBlock.blocks(of: text)
  }

  /// Cells and placeholders, in the order of the text.
  mutating func read() throws(NotebookError) -> ([CellSource], [Placeholder]) {
    for block in blocks { try read(block) }
    if let open { throw error(open.lines, .unendedOutput) }
    return (cells, placeholders)
  }

  private mutating func read(_ block: MarkdownBlock) throws(NotebookError) {
    if case .markup(let markup) = block.kind, let role = OutputMarker.role(of: markup) {
      return try read(role, block)
    }
    // What stands in an output was made, and is no one's to run.
    if open != nil { return }
    switch block.kind {
    case .markup: return
    case .prose:
      do {
        let range = starts[block.lines.lowerBound]..<starts[block.lines.upperBound] - 1
        placeholders += try Placeholder.all(in: range, of: bytes)
      } catch {
        let line = starts.lastIndex { $0 <= error.byte } ?? 0
        throw NotebookError(file: file, line: line + 1, .unendedValue)
      }
    case .fence(let info, let code, let isClosed):
      let language = CellOptions.language(of: info)
      guard languages.contains(language) else { return }
      guard block.isOutermost else { throw error(block.lines, .nested(language)) }
      guard isClosed else { throw error(block.lines, .unendedCell(language)) }
      let options: [String: String]
      do {
        options = try CellOptions.options(of: info)
      } catch {
        throw self.error(block.lines, .options(error))
      }
      try append(options, language, code, block)
    }
  }

  private mutating func append(
    _ options: [String: String], _ language: String, _ code: String, _ block: MarkdownBlock
  ) throws(NotebookError) {
    if let name = options["name"] {
      guard !name.isEmpty,
        name.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }),
        name.first != "-"
      else { throw error(block.lines, .name(name)) }
      if let other = cells.first(where: { $0.name == name }) {
        throw error(block.lines, .nameTwice(name, line: other.line))
      }
    }
    cells.append(
      CellSource(
        number: cells.count + 1, line: block.lines.lowerBound + 1, language: language,
        options: options, code: code, end: starts[block.lines.upperBound] - 1))
  }

  private mutating func read(_ role: OutputMarker.Role, _ block: MarkdownBlock)
    throws(NotebookError)
  {
    guard block.isOutermost else { throw error(block.lines, .nestedMarker) }
    switch role {
    case .damaged: throw error(block.lines, .damagedMarker)
    case .start(let key):
      if let open { throw error(block.lines, .outputInOutput(line: open.lines.lowerBound + 1)) }
      guard let cell = cells.last, cell.output == nil,
        isBlank(cell.end..<starts[block.lines.lowerBound])
      else { throw error(block.lines, .strayOutput) }
      open = (key, block.lines)
    case .end:
      guard let (key, lines) = open else { throw error(block.lines, .strayEnd) }
      let content =
        starts[lines.upperBound]..<max(starts[lines.upperBound], starts[block.lines.lowerBound] - 1)
      cells[cells.count - 1].output = CellOutput(
        line: lines.lowerBound + 1, key: key,
        content: String(decoding: bytes[content], as: UTF8.self).trimmingNewlines,
        bytes: cells[cells.count - 1].end..<starts[block.lines.upperBound] - 1)
      open = nil
    }
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    bytes[range].allSatisfy { Character(Unicode.Scalar($0)).isWhitespace }
  }

  private func error(_ lines: Range<Int>, _ fault: NotebookError.Fault) -> NotebookError {
    NotebookError(file: file, line: lines.lowerBound + 1, fault)
  }
}
