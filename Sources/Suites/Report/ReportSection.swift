package import Reports
import Wording

/// A part of a report: blocks, and the figures they show by name.
package struct ReportSection: Sendable {
  /// What stands there.
  package var blocks: [Markdown.Block]
  /// Figures that the blocks show.
  package var figures: [(name: String, figure: Figure)] = []

  /// A part.
  package init(blocks: [Markdown.Block] = []) { self.blocks = blocks }

  /// A part under a heading.
  package init(_ title: Markdown.Text, _ blocks: Markdown.Block...) {
    self.init(blocks: [.heading(2, title)] + blocks)
  }

  /// Adds a paragraph.
  package mutating func say(_ text: Markdown.Text) { blocks.append(.paragraph(text)) }

  /// Adds one answer as a paragraph, several as bullets below `head`.
  package mutating func say(_ answers: [String], below head: Markdown.Text? = nil) {
    guard answers.count > 1 else {
      blocks += answers.map { .paragraph(.init($0)) }
      return
    }
    if let head { say(head) }
    blocks.append(.bullets(answers.map { .init($0) }))
  }

  /// Adds a figure and the block that shows it; one of lines without a point, or of cells without a value, is left out,
  /// since gaps alone cannot be drawn.
  package mutating func show(_ figure: Figure, as name: String, caption: Markdown.Text) {
    if case .lines(let chart) = figure.drawing, !chart.hasPoints { return }
    if case .cells(let map) = figure.drawing, !map.hasValues { return }
    figures.append((name, figure))
    blocks.append(
      .figure(
        path: ReportFolder.path(ofFigure: name), alternative: figure.alternative,
        caption: caption))
  }

  /// Adds a figure of lines and the block that shows it.
  package mutating func show(
    _ chart: LineChart, title: String, alternative: String, as name: String,
    caption: Markdown.Text
  ) {
    show(
      Figure(title: title, alternative: alternative, .lines(chart)), as: name, caption: caption)
  }

  /// A sentence where the store lacks records.
  package static func missing(_ count: Int) -> [Markdown.Block] {
    count == 0
      ? []
      : [
        .paragraph(
          "\(strong: Format.count(count)) \(count == 1 ? "artifact is" : "artifacts are") not there yet; run the suite again."
        )
      ]
  }
}
