import Wording

/// A report's text as a list of blocks, rendered as GitHub-flavoured markdown.
///
/// The same blocks always give the same text. Text is escaped where markdown would read it as markup,
/// and only there, so that the source stays pleasant to read and its differences small. Numbers do not break across
/// lines.
///
/// Reference: GitHub Flavored Markdown Spec, version 0.29-gfm (2019).
package struct Markdown: Equatable, Sendable {
  /// One block of a document.
  package indirect enum Block: Equatable, Sendable {
    /// A heading of level 1 to 6.
    case heading(Int, Text)
    /// A paragraph; line breaks in its text become spaces.
    case paragraph(Text)
    /// A table.
    case table(Table)
    /// An image by its path relative to the document, with its alternative text and a caption.
    case figure(path: String, alternative: String, caption: Text?)
    /// A list with bullets.
    case bullets([Text])
    /// Blocks behind a summary that the reader opens.
    case details(summary: String, [Block])
  }

  /// The blocks, in order.
  package var blocks: [Block]

  /// Makes a document of blocks.
  package init(_ blocks: [Block] = []) {
    self.blocks = blocks
  }

  /// The paths of all figures, in the order of the document.
  package var figurePaths: [String] {
    Self.figurePaths(in: blocks)
  }

  /// The document's text, which ends with a line break.
  package func rendered() -> String {
    blocks.map(Self.rendered).joined(separator: "\n\n") + "\n"
  }

  /// The same document with every table of more than `rows` rows behind a summary, but for those that are already.
  package func folding(tablesAbove rows: Int) -> Markdown {
    Markdown(
      blocks.map { block in
        guard case .table(let table) = block, table.rows.count > rows else { return block }
        return .details(summary: Format.count(table.rows.count, "row"), [block])
      })
  }

  private static func rendered(_ block: Block) -> String {
    switch block {
    case .heading(let level, let text):
      precondition((1...6).contains(level), "a heading's level is 1 to 6, not \(level)")
      return String(repeating: "#", count: level) + " " + text.rendered(.block)
    case .paragraph(let text):
      return text.rendered(.block)
    case .table(let table):
      return table.rendered()
    case .figure(let path, let alternative, let caption):
      let image = "![\(Text(alternative).rendered(.link))](\(Text.destination(path)))"
      return caption.map { image + "\n\n" + $0.rendered(.block) } ?? image
    case .bullets(let items):
      return items.map { "- " + $0.rendered(.block) }.joined(separator: "\n")
    case .details(let summary, let blocks):
      // GitHub reads markdown inside an HTML block only where blank lines surround it.
      return
        (["<details>\n<summary>\(XML.escaped(summary.withUnbrokenNumbers))</summary>"]
        + blocks.map(rendered)
        + ["</details>"]).joined(separator: "\n\n")
    }
  }

  private static func figurePaths(in blocks: [Block]) -> [String] {
    blocks.flatMap { block in
      switch block {
      case .figure(let path, _, _): [path]
      case .details(_, let inner): figurePaths(in: inner)
      default: [String]()
      }
    }
  }
}
