import Reports
import Wording

extension ReportSection {
  /// Every comparison in sentences; nothing where nothing is compared.
  package static func sentences(
    _ comparisons: [JudgedComparison<some ComparedArms>], margin: Double
  ) -> ReportSection {
    let bullets = comparisons.map { judged in
      judged.sentences(margin: margin).reduce("\(strong: judged.comparison.name):") {
        (text: Markdown.Text, sentence) in text + " " + sentence
      }
    }
    guard !bullets.isEmpty else { return ReportSection() }
    return ReportSection(blocks: [
      .heading(2, "Every comparison in sentences"),
      .details(summary: Format.count(bullets.count, "comparison"), [.bullets(bullets)]),
    ])
  }
}
