import Recipes
import Reports

/// A page of reference about one criterion, ablation or analysis, written from its descriptor: markdown that
/// code-hosting sites show and DocC takes as an article.
package struct ReferencePage: Sendable {
  /// What it is about, such as `criterion`.
  package let sort: String
  /// The name in suites.
  package let name: String
  /// What it is, in a sentence, and in a list of all.
  package let summary, brief: String
  /// A suite that runs as it is.
  package let example: String
  /// What stands between summary and example, a heading each.
  let sections: [(heading: String, text: String)]

  /// The file's name without its ending; no two pages have one.
  package var file: String { "\(sort)-\(name)" }

  /// The page.
  package var text: String {
    let body = sections.map { "## \($0.heading)\n\n\($0.text)" }.joined(separator: "\n\n")
    return """
      # \(title)

      \(summary)

      \(body)

      ## Example

      ```yaml
      \(example)
      ```

      """
  }

  /// The heading.
  package var title: String { "\(sort.prefix(1).uppercased() + sort.dropFirst()) \(name)" }
}

extension ReferencePage {
  /// A page of every criterion, ablation and analysis.
  package static let all: [ReferencePage] =
    Criterion.all.map(ReferencePage.init) + Ablation.all.map(ReferencePage.init)
    + AnalysisList.all.map { ReferencePage($0) }

  /// The page on which all of them are listed, and the articles that stand beside them.
  ///
  /// - Parameter articles: file names without their ending, in their order.
  static func front(articles: [String]) -> String {
    let plurals = [criterion: "Criteria", ablation: "Ablations", analysis: "Analyses"]
    let groups =
      [("Articles", articles)]
      + sorts.map { sort in
        (plurals[sort] ?? sort, all.filter { $0.sort == sort }.map(\.file))
      }
    let topics = groups.map { title, files in
      "### \(title)\n\n" + files.map { "- <doc:\($0)>" }.joined(separator: "\n")
    }
    return """
      # Espalier

      Ablations of neural-network pruning methods, lottery tickets and instability, with reports that a reviewer accepts.

      @Metadata {
        @TechnologyRoot
      }

      ## Overview

      A suite is a YAML file that asks one question of a network and its data; `espalier run` answers it in a folder: a
      report in markdown, its figures, one row for every run, and the terms under which it was decided.

      ## Topics

      \(topics.joined(separator: "\n\n"))

      """
  }

  /// What pages are about, in their order.
  static let sorts = [criterion, ablation, analysis]

  /// A table of options with their defaults, or a sentence where there are none.
  static func options(_ options: [CheckedOption]) -> String {
    guard !options.isEmpty else { return "None." }
    var table = Markdown.Table([
      .text("option"), .text("value"), .text("default"), .text("what it does"),
    ])
    for option in options {
      let standard: Markdown.Text =
        option.standard.map { "\(code: $0.text)" } ?? "none: it must be stated"
      table.append([
        "\(code: option.name)", .init(option.kind.expected), standard, .init(option.help),
      ])
    }
    return String(Markdown([.table(table)]).rendered().dropLast())
  }
}
