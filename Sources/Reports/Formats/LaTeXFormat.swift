extension ReportFormat {
  /// A document that pdflatex compiles, whose tables can be cut out for a paper.
  package static let latex = ReportFormat(
    "latex", file: "report.tex", words: "a document for pdflatex, with figures as PDF and PNG",
    figureFiles: ["pdf", "png"]
  ) { document in
    var text = LaTeXDocument(document)
    return text.rendered()
  }
}

/// A report as a LaTeX document.
private struct LaTeXDocument {
  private let document: ReportDocument
  private var slugs = Slugs()
  private var labels = Slugs()
  /// What stands last above a table: the heading, or the summary of what is folded elsewhere.
  private var caption: Markdown.Text

  init(_ document: ReportDocument) {
    self.document = document
    caption = Markdown.Text(document.title)
  }

  mutating func rendered() -> String {
    """
    % Written by espalier report; the next report written into this folder replaces it.
    % Tables and figures can be cut out: they need the packages array, booktabs and graphicx, and T1 fonts.
    \\documentclass[11pt,a4paper]{article}
    \\usepackage[T1]{fontenc}
    \\usepackage{textcomp}
    \\usepackage[margin=2.5cm]{geometry}
    \\usepackage{array,booktabs,caption,float,graphicx,lscape}
    \\usepackage[hidelinks]{hyperref}
    \\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}
    % Tables and figures stand where the report has them.
    \\makeatletter
    \\renewcommand{\\fps@table}{H}
    \\renewcommand{\\fps@figure}{H}
    \\makeatother
    \\setlength{\\emergencystretch}{4em}
    \\setlength{\\parindent}{0pt}
    \\setlength{\\parskip}{0.6em}
    \\captionsetup{font=small,labelfont=bf}
    \\begin{document}

    \(text(of: document.blocks))

    \\end{document}

    """
  }

  private mutating func text(of blocks: [Markdown.Block]) -> String {
    var parts: [String] = []
    for block in blocks { parts.append(text(of: block)) }
    return parts.joined(separator: "\n\n")
  }

  private mutating func text(of block: Markdown.Block) -> String {
    switch block {
    case .heading(let level, let text):
      caption = text
      return heading(level, text)
    case .paragraph(let text): return text.latex
    case .bullets(let items):
      return (["\\begin{itemize}"] + items.map { "\\item \($0.latex)" } + ["\\end{itemize}"])
        .joined(separator: "\n")
    case .table(let table):
      return table.latex(caption: caption.latex, label: "tab:" + label(caption))
    case .figure(let path, let alternative, let caption): return figure(path, alternative, caption)
    case .details(let summary, let blocks):
      let outer = caption
      defer { caption = outer }
      // Beside the heading above it, since a summary may be no more than a number of rows.
      caption = outer + ": " + Markdown.Text(summary)
      let areTables = blocks.allSatisfy { if case .table = $0 { true } else { false } }
      let title = areTables ? "" : "\\paragraph{\(Markdown.Text(summary).latex)}\n\n"
      return title + text(of: blocks)
    }
  }

  private mutating func heading(_ level: Int, _ text: Markdown.Text) -> String {
    let name = LaTeXText.label(slugs.next(text))
    guard level > 1 else {
      return "\\begin{center}\n{\\LARGE\\bfseries \(text.latex)\\par}\n\\end{center}"
    }
    let command = ["section", "subsection", "subsubsection"][min(level - 2, 2)]
    return "\\\(command){\(text.movable)}\\label{sec:\(name)}"
  }

  private mutating func figure(
    _ path: String, _ alternative: String, _ caption: Markdown.Text?
  ) -> String {
    let name = document.figure(at: path)?.name ?? "elsewhere"
    let file = "figures/\(name).pdf"
    let words = caption ?? Markdown.Text(alternative)
    return """
      \\begin{figure}
      \\centering
      \\IfFileExists{\(file)}{%
      \\includegraphics[width=\\linewidth,height=0.8\\textheight,keepaspectratio]{\(file)}%
      }{\\fbox{\\parbox{0.9\\linewidth}{\\texttt{\(LaTeXText.code(file))} is not there: install \
      \\texttt{rsvg-convert} (Debian: \\texttt{librsvg2-bin}) and write the report again.}}}
      \\caption{\(words.movable)}
      \\label{fig:\(label(Markdown.Text(name)))}
      \\end{figure}
      """
  }

  private mutating func label(_ text: Markdown.Text) -> String {
    LaTeXText.label(labels.next(text))
  }
}

extension LaTeXText {
  /// A name that references take.
  static func label(_ slug: String) -> String {
    String(slug.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
  }
}

extension Markdown.Text {
  /// The text as LaTeX; numbers do not break across lines.
  var latex: String { spans.map { Self.latex($0, movable: false) }.joined() }

  /// The same for headings and captions, which are written elsewhere too.
  var movable: String { spans.map { Self.latex($0, movable: true) }.joined() }

  private static func latex(_ span: Span, movable: Bool) -> String {
    switch span {
    case .plain(let text): return LaTeXText.escaped(text.withUnbrokenNumbers)
    case .code(let text):
      return "\\texttt{\(movable ? LaTeXText.escaped(text) : LaTeXText.code(text))}"
    case .strong(let text): return "\\textbf{\(LaTeXText.escaped(text.withUnbrokenNumbers))}"
    case .emphasis(let text): return "\\emph{\(LaTeXText.escaped(text.withUnbrokenNumbers))}"
    case .link(let text, let address):
      let words = LaTeXText.escaped(text.withUnbrokenNumbers)
      guard !movable, address.hasPrefix("https://") || address.hasPrefix("http://") else {
        return words
      }
      return "\\href{\(LaTeXText.address(destination(address)))}{\(words)}"
    }
  }
}

extension LaTeXText {
  /// An address as links take it.
  fileprivate static func address(_ address: String) -> String {
    address.utf8.map { byte in
      switch Character(UnicodeScalar(byte)) {
      case "%": "\\%"
      case "#": "\\#"
      case "&": "\\&"
      case "_": "\\_"
      case "\\", "{", "}", "^", "~", "$": percent(byte)
      case let character: byte < 128 && byte > 32 ? String(character) : percent(byte)
      }
    }.joined()
  }

  private static func percent(_ byte: UInt8) -> String {
    "\\%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
