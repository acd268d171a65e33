/// A way to write a report down beside report.md.
package struct ReportFormat: Sendable {
  /// Its name on the command line.
  package let name: String
  /// The file's name in the report's folder.
  package let file: String
  /// What it is, for help.
  package let words: String
  /// As what else it wants its figures: endings of their files' names.
  package let figureFiles: [String]
  /// The file's text.
  package let text: @Sendable (ReportDocument) throws -> String

  /// A format.
  package init(
    _ name: String, file: String, words: String, figureFiles: [String] = [],
    text: @escaping @Sendable (ReportDocument) throws -> String
  ) {
    self.name = name
    self.file = file
    self.words = words
    self.figureFiles = figureFiles
    self.text = text
  }

  /// Every format.
  package static let all: [ReportFormat] = [.markdown, .json, .html, .latex]

  /// GitHub-flavoured markdown, which is always written.
  package static let markdown = ReportFormat(
    "markdown", file: "report.md", words: "text that code-hosting sites show"
  ) { $0.markdown.rendered() }
}

extension ReportFormat: Equatable {
  package static func == (left: Self, right: Self) -> Bool { left.name == right.name }
}
