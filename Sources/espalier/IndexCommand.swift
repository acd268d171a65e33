import Analyses
import ArgumentParser
import Foundation
import Suites

struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index", abstract: "List the reports in the folders of a folder.",
    discussion: """
      Writes README.md there: every report's question, answer, cost and date. --check compares it with what would be \
      written, and ends with status 1 where it is stale.
      """)

  @Argument(help: "The folder whose folders hold reports.", completion: .directory)
  var folder: String

  @Flag(help: "Write nothing; say whether README.md is up to date.")
  var check = false

  func run() throws {
    let url = URL(fileURLWithPath: folder, isDirectory: true)
    let index = try ReportIndex(of: url, analyses: AnalysisList.all)
    guard !index.isEmpty else {
      note("Error: \(folder): no folder in it holds a report; name the folder above them")
      throw ExitCode.failure
    }
    let page = url.appending(path: "README.md")
    guard check else {
      try Data(index.text.utf8).write(to: page, options: .atomic)
      return try say(page.path)
    }
    guard try TextFile.read(page) == index.text else {
      note("\(page.relativePath): is stale; write it anew by 'espalier index \(folder)'")
      throw ExitCode.failure
    }
    try say("\(page.relativePath): up to date")
  }
}
