import Analyses
import ArgumentParser
import Foundation
import Suites
import Wording

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a commented suite to start from, or write one with a program of your own.",
    discussion: """
      'espalier new ablation' prints a suite; 'espalier new engine FOLDER' writes three files: a suite whose networks a \
      PyTorch program has, the program, and what makes an engine of it.
      """)

  /// The name of an analysis, or `engine`.
  enum Name: ExpressibleByArgument {
    case analysis(any Analysis.Type)
    case engine

    init?(argument: String) {
      if argument == Self.engineName {
        self = .engine
      } else if let analysis = AnalysisList.named(argument) {
        self = .analysis(analysis)
      } else {
        return nil
      }
    }

    static let engineName = "engine"
    static let allValueStrings = AnalysisList.all.map { $0.about.name } + [engineName]
    static let defaultCompletionKind = CompletionKind.list(allValueStrings)
  }

  @Argument(help: "What the suite asks, or engine.")
  var name: Name

  @Argument(help: "Where the files of an engine are written. Default: the current folder.")
  var folder: String?

  func validate() throws {
    if case .analysis = name, let folder {
      throw ValidationError(
        "\(folder): a suite is printed; write it there by '> \(folder)/suite.yaml'")
    }
  }

  func run() throws {
    switch name {
    case .analysis(let analysis): try Output.write(analysis.template)
    case .engine: try write(EngineTemplate.files)
    }
  }

  /// Writes all files or, where one is there already, none.
  private func write(_ files: [(name: String, text: String)]) throws {
    let place = URL(fileURLWithPath: folder ?? ".", isDirectory: true)
    let manager = FileManager.default
    if let taken = files.first(where: {
      manager.fileExists(atPath: place.appending(path: $0.name).path)
    }) {
      throw ValidationError(
        "\(place.appending(path: taken.name).relativePath) is there already; name another folder")
    }
    try manager.createDirectory(at: place, withIntermediateDirectories: true)
    for file in files {
      let url = place.appending(path: file.name)
      try Data(file.text.utf8).write(to: url, options: .atomic)
      try say(url.relativePath)
    }
  }
}
