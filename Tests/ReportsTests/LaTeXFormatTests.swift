import Foundation
import Processes
import Testing

@testable import Reports

@Suite struct LaTeXFormatTests {
  @Test(
    "texts are escaped, signs are commands, and what is unknown is told by its number",
    arguments: [
      (
        "50 % & $x_1 #a {b} \\ ~^",
        "50~\\% \\& \\$x\\_1 \\#a \\{b\\} \\textbackslash{} \\textasciitilde{}\\textasciicircum{}"
      ),
      (
        "a|b < c > \"d\" `e`",
        "a\\textbar{}b \\textless{} c \\textgreater{} \\textquotedbl{}d\\textquotedbl{} \\textasciigrave{}e\\textasciigrave{}"
      ),
      ("−0.1 ± 2", "\\ensuremath{-}0.1 \\ensuremath{\\pm}~2"),
      (
        "p ≤ 5, ≥, ∞ · α Δ †",
        "p \\ensuremath{\\leq}~5, \\ensuremath{\\geq}, \\ensuremath{\\infty} \\ensuremath{\\cdot} \\ensuremath{\\alpha} \\ensuremath{\\Delta}~\\dag{}"
      ),
      ("Erdős–Rényi", "Erd\\H{o}s--R\\'{e}nyi"),
      ("naïve Łódź ß", "na\\\"{\\i}ve \\L{}\\'{o}d\\'{z} \\ss{}"),
      ("--records", "-{}-records"), ("[a] *", "{[}a{]} {*}"), ("“x”", "``x''"),
      ("10⁻⁴", "10\\ensuremath{^{-}}\\textsuperscript{4}"),
      ("中😀\u{7}\u{200B}", "[U+4E2D][U+1F600]"),
      ("a\nb\r\nc", "a b c"), ("ɐ\u{301}", "[U+0250][U+0301]"),
    ])
  func escapes(text: String, latex: String) {
    #expect(LaTeXText.escaped(text.withUnbrokenNumbers) == latex)
    #expect(LaTeXText.escaped(text).allSatisfy { $0.isASCII })
  }

  /// What stands between the preamble and the end.
  private func body(_ document: ReportDocument) throws -> String {
    let text = try ReportFormat.latex.text(document)
    let start = try #require(text.firstRange(of: "\\begin{document}\n\n")).upperBound
    let end = try #require(text.firstRange(of: "\n\n\\end{document}")).lowerBound
    return String(text[start..<end])
  }

  static let document = ReportDocument(
    [
      .heading(1, "Is \(code: "a_b") 50 %?"), .heading(2, "Runs & more"),
      .paragraph(
        "\(strong: "maintained") \(emphasis: "so") \("there", link: "https://a.b/c_d%20#e") \("r", link: "r.md")."
      ),
      .bullets(["[one]", "two"]),
      .table(
        .init(
          [.text("na|me"), .number("mean difference")],
          rows: [["a | b \\ <i>", "−0.1 [−0.3, 0.5]"]])),
      .details(summary: "all 50 %", [.table(.init([.text("empty")]))]),
      .details(summary: "words", [.paragraph("within")]),
      .figure(path: "figures/a-1.svg", alternative: "A", caption: "It \(code: "falls_") ≤ 2."),
    ], figures: [("a-1", Samples.accuracy)])

  @Test("a whole document")
  func whole() throws {
    #expect(
      try body(Self.document) == ##"""
        \begin{center}
        {\LARGE\bfseries Is \texttt{a\_\allowbreak{}b} 50~\%?\par}
        \end{center}

        \section{Runs \& more}\label{sec:runs--more}

        \textbf{maintained} \emph{so} \href{https://a.b/c\_d\%20\#e}{there} r.

        \begin{itemize}
        \item {[}one{]}
        \item two
        \end{itemize}

        \begin{table}
        \centering\footnotesize\setlength{\tabcolsep}{4pt}
        \caption{Runs \& more}
        \label{tab:runs--more}
        \resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%
        \begin{tabular}{lr}
        \toprule
        na\textbar{}me & mean difference \\
        \midrule
        a \textbar{} b \textbackslash{} \textless{}i\textgreater{} & \ensuremath{-}0.1 {[}\ensuremath{-}0.3,~0.5{]} \\
        \bottomrule
        \end{tabular}}
        \end{table}

        \begin{table}
        \centering\footnotesize\setlength{\tabcolsep}{4pt}
        \caption{Runs \& more: all 50~\%}
        \label{tab:runs--more-all-50-}
        \resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%
        \begin{tabular}{l}
        \toprule
        empty \\
        \midrule
        \bottomrule
        \end{tabular}}
        \end{table}

        \paragraph{words}

        within

        \begin{figure}
        \centering
        \IfFileExists{figures/a-1.pdf}{%
        \includegraphics[width=\linewidth,height=0.8\textheight,keepaspectratio]{figures/a-1.pdf}%
        }{\fbox{\parbox{0.9\linewidth}{\texttt{figures/\allowbreak{}a-\allowbreak{}1.\allowbreak{}pdf} is not there: install \texttt{rsvg-convert} (Debian: \texttt{librsvg2-bin}) and write the report again.}}}
        \caption{It \texttt{falls\_} \ensuremath{\leq}~2.}
        \label{fig:a-1}
        \end{figure}
        """##)
  }

  @Test("long words wrap, long tables are parted, wide ones lie across the page")
  func layouts() throws {
    let words = String(repeating: "word ", count: 40)
    let text = try body(
      ReportDocument([
        .table(.init([.text("what"), .text("value")], rows: [["a", .init(words)]])),
        .table(.init([.number("n")], rows: (0..<100).map { [.init("\($0)")] })),
        .table(
          .init(
            (0..<30).map { .number(.init("column \($0)")) },
            rows: [(0..<30).map { .init("\($0).123") }])),
      ]))
    #expect(text.contains("\\begin{tabular}{l>{\\raggedright\\arraybackslash}p{0."))
    #expect(text.matches(of: /\(continued\)/).count == 2)
    #expect(text.matches(of: /\\begin{landscape}/).count == 1)
    #expect(text.contains("\\begin{tabular}[b]{@{}r@{}}column\\\\0\\end{tabular}"))
  }

  static let pdflatex = isThere("pdflatex")
  static let converter = isThere("rsvg-convert")

  static func isThere(_ program: String) -> Bool {
    (try? Subprocess(program, ["--version"]).run())?.status == 0
  }

  @Test(
    "pdflatex compiles it without its figures",
    .enabled(if: pdflatex, "skipped: there is no pdflatex (Debian: texlive-latex-recommended)"))
  func compiles() throws { try compile(withFigures: false) }

  @Test(
    "pdflatex compiles it with its figures",
    .enabled(
      if: pdflatex && converter,
      "skipped: pdflatex or rsvg-convert is missing (Debian: texlive-latex-recommended, librsvg2-bin)"
    ))
  func compilesWithFigures() throws { try compile(withFigures: true) }

  private func compile(withFigures: Bool) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "latex-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "figures"), withIntermediateDirectories: true)
    var blocks = Self.document.blocks
    let signs = Markdown.Text(
      "µ Ω €½„“«»‚ ¿¡ þÐđ šçąőå 中 \u{200D}😀 ⁻⁺ⁿ₂² ⟨x⟩ ‖v‖ √∑∏∂∇∈∅→⇒↦ \\end{document} $$ %")
    blocks += [.paragraph(signs), .heading(2, signs), .bullets([signs])]
    blocks.append(.table(.init([.text(signs), .number("n")], rows: [[signs, signs], ["", ""]])))
    let document = ReportDocument(blocks, figures: Self.document.figures)
    try ReportFormat.latex.text(document).write(
      to: folder.appending(path: "report.tex"), atomically: true, encoding: .utf8)
    if withFigures {
      let figures = ["a-1": try Samples.accuracy.svg()]
      let files = try FigureConversion().files(of: figures, as: ["pdf", "png"])
      #expect(files.keys.sorted() == ["figures/a-1.pdf", "figures/a-1.png"])
      #expect(files["figures/a-1.pdf"]?.starts(with: Data("%PDF".utf8)) == true)
      #expect(files["figures/a-1.png"]?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
      #expect(try FigureConversion().files(of: figures, as: ["pdf", "png"]) == files)
      for (path, data) in files { try data.write(to: folder.appending(path: path)) }
    }
    let outcome = try Subprocess(
      "pdflatex", ["-interaction=nonstopmode", "-halt-on-error", "report.tex"], folder: folder.path
    ).run()
    let log = String(decoding: outcome.output, as: UTF8.self)
    #expect(outcome.status == 0, "\(log)")
    #expect(!log.contains("Overfull \\hbox"), "\(log)")
    #expect(log.contains("figures/a-1.pdf") == withFigures)
  }

  @Test("where the converter is missing, a sentence says what to install")
  func missing() throws {
    let conversion = FigureConversion(program: "no-such-program-of-espalier")
    let failure = #expect(throws: FigureConversion.Failure.self) {
      try conversion.files(of: ["a": "<svg/>"], as: ["pdf"])
    }
    #expect(
      failure?.description.contains("install no-such-program-of-espalier (Debian: librsvg2-bin)")
        == true)
    #expect(try conversion.files(of: ["a": "<svg/>"], as: []) == [:], "nothing to do")
    #expect(throws: FigureConversion.Failure.refused(program: "false", figure: "a", status: 1)) {
      try FigureConversion(program: "false").files(of: ["a": "<svg/>"], as: ["pdf"])
    }
  }
}
