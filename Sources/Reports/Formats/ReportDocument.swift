/// A report as the formats take it: what stands there, what is drawn, and what programs are told besides.
package struct ReportDocument: Sendable {
  /// The blocks, in order.
  package let blocks: [Markdown.Block]
  /// The figures that blocks show, by name.
  package let figures: [(name: String, figure: Figure)]
  /// What programs are told beside what the report shows, by name.
  package let data: @Sendable () throws -> [String: JSON]

  /// A document.
  package init(
    _ blocks: [Markdown.Block], figures: [(name: String, figure: Figure)] = [],
    data: @escaping @Sendable () throws -> [String: JSON] = { [:] }
  ) {
    self.blocks = blocks
    self.figures = figures
    self.data = data
  }

  /// Rows of a table that readers scroll past without losing the text; longer ones fold.
  private static let rowsInSight = 25

  /// The text of report.md.
  package var markdown: Markdown { Markdown(blocks).folding(tablesAbove: Self.rowsInSight) }

  /// The first heading; `Report` where there is none.
  var title: String {
    for case .heading(_, let title) in blocks { return title.plain }
    return "Report"
  }

  /// The figure that stands at `path`, with its name; `nil` for a picture from elsewhere.
  func figure(at path: String) -> (name: String, figure: Figure)? {
    figures.first { ReportFolder.path(ofFigure: $0.name) == path }
  }
}

/// Names of headings that are each there once, as code-hosting sites number those that repeat.
struct Slugs {
  private var counts: [String: Int] = [:]

  /// The name of the next heading.
  mutating func next(_ heading: Markdown.Text) -> String {
    let slug = heading.slug
    let count = counts[slug, default: 0]
    counts[slug] = count + 1
    return count == 0 ? slug : "\(slug)-\(count)"
  }
}
