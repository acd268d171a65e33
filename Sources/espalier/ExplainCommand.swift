import Analyses
import ArgumentParser
import Foundation
import Suites
import Wording

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a criterion, an ablation or an analysis.",
    discussion: """
      Prints its page: formula, options, defaults, reference, and a suite that runs as it is. Without a name it lists \
      what there is. With --output all pages are written into a folder, which --check compares with what would be \
      written, ending with status 1 where one is stale.
      """)

  @Argument(help: "Its name in suites, such as snip, shuffle or lottery.")
  var name: String?

  @Option(help: "A folder of articles to write all pages to.", completion: .directory)
  var output: String?

  @Flag(help: "With --output: write nothing; say whether the pages are up to date.")
  var check = false

  func validate() throws {
    if name != nil, output != nil {
      throw ValidationError("--output writes all pages; leave the name out")
    }
    if check, output == nil { throw ValidationError("--check goes with --output") }
  }

  func run() throws {
    if let output {
      try write(to: URL(fileURLWithPath: output, isDirectory: true))
    } else if let name {
      try explain(name)
    } else {
      let rows = ReferencePage.all.map { [$0.name, $0.sort, $0.brief] }
      try say(TextTable.text([["name", "what", "in a sentence"]] + rows, names: 3))
    }
  }

  private func explain(_ name: String) throws {
    let spellings = SuiteName.spellings(of: name)
    let found = ReferencePage.all.filter { spellings.contains($0.name) }
    guard !found.isEmpty else {
      let nearest = Suggestion.nearest(to: name, among: ReferencePage.all.map(\.name))
      throw ValidationError(
        "nothing is called \(name.printable): "
          + (nearest.map { "did you mean \($0)? " } ?? "")
          + "'espalier explain' lists criteria, ablations and analyses")
    }
    try say(found.map(\.text).joined(separator: "\n").dropLast().description)
  }

  /// Writes every page and the front page, or compares them.
  private func write(to folder: URL) throws {
    let pages = try PageFolder(folder)
    guard check else {
      for page in try pages.write() { try say(page.relativePath) }
      return
    }
    let wrong = pages.stale + pages.gone
    guard wrong.isEmpty else {
      note(
        "\(Format.list(wrong.map { "\($0).md" }, limit: 5)): stale; write them anew by 'espalier explain"
          + " --output \(folder.relativePath)'")
      throw ExitCode.failure
    }
    try say("\(folder.relativePath): \(Format.count(pages.count, "page")) up to date")
  }
}
