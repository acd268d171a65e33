package import Foundation
import Recipes
import Reports
import Wording

/// The reports in the folders of a folder: what each asked and answered, what it cost, and when it was run.
package struct ReportIndex {
  /// A report of the list.
  private struct Entry {
    let folder: String
    let question: String
    let analysis: String
    let answer: String
    let cost: String
    let date: String
  }

  /// What every terms.yaml has, whatever the analysis.
  private struct Head: Decodable {
    let analysis: String
    let question: String
    let provenance: [Fact]

    /// The value of the fact of this name; a dash where it is not told.
    func value(_ what: String) -> String {
      provenance.first { $0.what == what }?.value ?? Format.missing
    }
  }

  private let entries: [Entry]

  /// Reads the folders of `folder` in which a table stands beside its terms, each as a report of one of `analyses`.
  ///
  /// - Throws: `TextFileError`, ``RecordsError`` or a `ReportsError` naming file, row and column.
  package init(of folder: URL, analyses: [any Analysis.Type]) throws {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    } catch {
      throw TextFileError.fault(file: folder.relativePath, .unreadable(reason: "it is no folder"))
    }
    entries = try names.compactMap { name in
      let place = folder.appending(path: name)
      let (table, terms) = (
        place.appending(path: "records.csv"), place.appending(path: TermsFile.name)
      )
      guard [table, terms].allSatisfy({ FileManager.default.fileExists(atPath: $0.path) }) else {
        return nil
      }
      let head = try TermsFile.read(Head.self, from: terms)
      let report = try AnalysisReport(table: table, terms: terms, analyses: analyses)
      return Entry(
        folder: name, question: head.question, analysis: head.analysis, answer: report.answer,
        cost: Self.work(head.value("cost")), date: head.value("date"))
    }
  }

  /// The work alone, of a cost with its artifacts.
  private static func work(_ cost: String) -> String {
    let words = cost.replacing(" of work on one core", with: "")
    return words.components(separatedBy: ", ").last ?? words
  }

  /// Whether no folder holds a report.
  package var isEmpty: Bool { entries.isEmpty }

  /// The list as README.md holds it.
  package var text: String {
    var table = Markdown.Table([
      .text("question"), .text("answer"), .text("analysis"), .number("work on one core"),
      .text("date"),
    ])
    for entry in entries {
      table.append([
        "\(entry.question, link: "\(entry.folder)/report.md")", .init(entry.answer),
        "\(code: entry.analysis)", .init(entry.cost), .init(entry.date),
      ])
    }
    return Markdown([
      .heading(1, "Analyses"),
      .paragraph(
        "\(Format.count(entries.count, "report")), each from the suite.yaml beside it; the answers in the words of their first sentences. Written by \(code: "espalier index"); a date is told of records that have one."
      ),
      .table(table),
    ]).rendered()
  }
}

extension AnalysisReport {
  /// What the report says first: what is emphasized in its first paragraph, or all of that.
  var answer: String {
    for block in sections.flatMap(\.blocks) {
      switch block {
      case .paragraph(let text): return Self.answer([text])
      case .bullets(let texts): return Self.answer(texts)
      case .heading, .table, .figure, .details: continue
      }
    }
    return Format.missing
  }

  private static func answer(_ texts: [Markdown.Text]) -> String {
    let strong = texts.flatMap(\.strong)
    guard !strong.isEmpty else { return texts.map(\.plain).joined(separator: " ") }
    let sentence = strong.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
      .joined(separator: "; ")
    return sentence.prefix(1).uppercased() + sentence.dropFirst() + "."
  }
}
