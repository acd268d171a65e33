import Analyses
import ArgumentParser
import Recipes
import Suites

/// `espalier list`: what suites may name.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what suites may name, each with a line.",
    discussion: """
      'espalier new ANALYSIS' prints a suite with every key explained, options of criteria and datasets included.
      """)

  /// What can be listed.
  enum Sort: String, CaseIterable, ExpressibleByArgument {
    case analyses, networks, criteria, datasets, ablations
  }

  /// What a line says.
  struct Entry: Encodable {
    let name, words: String
    /// Where it comes from; empty where it comes from nowhere.
    let source: String
  }

  @Argument(help: "What is listed.")
  var sort: Sort

  @Flag(help: "Answer in JSON.")
  var json = false

  func run() throws {
    let entries = Self.entries(of: sort)
    guard !json else { return try say(Output.json(entries)) }
    let width = entries.map(\.name.count).max() ?? 0
    for entry in entries {
      let name = entry.name.padding(toLength: width + 2, withPad: " ", startingAt: 0)
      try say(name + entry.words + (entry.source.isEmpty ? "" : " (\(entry.source))"))
    }
  }

  static func entries(of sort: Sort) -> [Entry] {
    switch sort {
    case .analyses:
      AnalysisList.all.map {
        Entry(name: $0.about.name, words: $0.about.question, source: $0.about.source)
      }
    case .networks:
      NetworkForm.all.map { Entry(name: $0.form, words: $0.words, source: $0.source) }
    case .criteria: Criterion.all.map { described($0, words: $0.formula) }
    case .datasets:
      DatasetKind.all.filter { DatasetKind.names.contains($0.name) }.map {
        described($0, words: $0.words)
      }
    case .ablations: Ablation.all.map { described($0, words: $0.act) }
    }
  }

  private static func described<Kind: Descriptor>(_ kind: Kind, words: String) -> Entry {
    Entry(name: kind.name, words: words, source: kind.source)
  }
}
