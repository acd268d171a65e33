extension ReportFormat {
  /// One page that needs nothing else: figures and style inside, no script.
  package static let html = ReportFormat(
    "html", file: "report.html", words: "one page with its figures, light and dark"
  ) { document in
    var page = HTMLPage(document)
    return try page.rendered()
  }
}

/// A report as one page.
private struct HTMLPage {
  private let document: ReportDocument
  private var slugs = Slugs()
  /// How many figures stand in the page so far.
  private var figures = 0

  init(_ document: ReportDocument) { self.document = document }

  mutating func rendered() throws -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="Espalier">
    <title>\(XML.escaped(document.title))</title>
    <style>
    \(HTMLStyle.text)
    </style>
    </head>
    <body>
    <main>
    \(try elements(document.markdown.blocks))
    </main>
    </body>
    </html>

    """
  }

  private mutating func elements(_ blocks: [Markdown.Block]) throws -> String {
    var elements: [String] = []
    for block in blocks { elements.append(try element(block)) }
    return elements.joined(separator: "\n")
  }

  private mutating func element(_ block: Markdown.Block) throws -> String {
    switch block {
    case .heading(let level, let text):
      return "<h\(level) id=\"\(XML.escaped(slugs.next(text)))\">\(text.html)</h\(level)>"
    case .paragraph(let text): return "<p>\(text.html)</p>"
    case .bullets(let items):
      return (["<ul>"] + items.map { "<li>\($0.html)</li>" } + ["</ul>"]).joined(separator: "\n")
    case .table(let table): return table.html
    case .details(let summary, let blocks):
      return """
        <details>
        <summary>\(XML.escaped(summary.withUnbrokenNumbers))</summary>
        \(try elements(blocks))
        </details>
        """
    case .figure(let path, let alternative, let caption):
      return """
        <figure>
        \(try picture(path, alternative))\(caption.map { "\n<figcaption>\($0.html)</figcaption>" } ?? "")
        </figure>
        """
    }
  }

  private mutating func picture(_ path: String, _ alternative: String) throws -> String {
    guard let (_, figure) = document.figure(at: path) else {
      return "<img src=\"\(XML.escaped(path))\" alt=\"\(XML.escaped(alternative))\">"
    }
    figures += 1
    return try figure.inlinedSVG(prefix: "figure-\(figures)-")
  }
}

extension Markdown.Table {
  /// The table in a frame that scrolls where the page is too narrow for it.
  fileprivate var html: String {
    func row(_ cells: [Markdown.Text], _ name: String, _ attributes: String = "") -> String {
      let elements = zip(columns, cells).map { column, cell in
        let alignment = if case .number = column { " class=\"number\"" } else { "" }
        return "<\(name)\(attributes)\(alignment)>\(cell.html)</\(name)>"
      }
      return "<tr>\(elements.joined())</tr>"
    }
    return
      (["<div class=\"table\">", "<table>"]
      + ["<thead>\(row(columns.map(\.heading), "th", " scope=\"col\""))</thead>", "<tbody>"]
      + rows.map { row($0, "td") } + ["</tbody>", "</table>", "</div>"]).joined(separator: "\n")
  }
}

extension Markdown.Text {
  /// The text as it stands in a page; numbers do not break across lines.
  fileprivate var html: String { spans.map(Self.html).joined() }

  private static func html(_ span: Span) -> String {
    switch span {
    case .plain(let text): words(text)
    case .code(let text): "<code>\(XML.escaped(text))</code>"
    case .strong(let text): "<strong>\(words(text))</strong>"
    case .emphasis(let text): "<em>\(words(text))</em>"
    case .link(let text, let address):
      isSafe(address)
        ? "<a href=\"\(XML.escaped(destination(address)))\">\(words(text))</a>" : words(text)
    }
  }

  private static func words(_ text: String) -> String {
    text.withUnbrokenNumbers.split(omittingEmptySubsequences: false) { $0.isNewline }
      .map { XML.escaped(String($0)) }.joined(separator: "<br>")
  }

  /// Whether an address is a place on the web, in the page or beside it, and no program.
  private static func isSafe(_ address: String) -> Bool {
    guard let colon = address.firstIndex(of: ":") else { return true }
    let scheme = address[..<colon]
    return scheme.contains("/") || scheme.contains("#")
      || ["http", "https"].contains(scheme.lowercased())
  }
}
