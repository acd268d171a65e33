import ArgumentParser
import Downloads
import Foundation
import Laboratory
import Recipes
import Synchronization
import Wording

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Look after datasets.", subcommands: [FetchCommand.self])
}

struct FetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Download a dataset from its public mirror and check it.",
    discussion: """
      What is there and sound is not fetched again, and what broke off goes on. Files that were placed \
      there by hand are checked and used. A suite finds the dataset with the same --data DIR.
      """)

  /// A dataset that can be fetched.
  struct Name: ExpressibleByArgument {
    let published: PublishedDataset

    init?(argument: String) {
      guard let published = DatasetKind.named(argument)?.published else { return nil }
      self.published = published
    }

    static var allValueStrings: [String] { DatasetKind.all.compactMap { $0.published?.name } }
  }

  @Argument(help: "What to fetch.")
  var dataset: Name

  @Option(help: "The folder that holds datasets. Default: ESPALIER_DATA.")
  var data: String?

  @Option(help: "Address of another mirror, below which the files have their usual names.")
  var from: String?

  func run() throws {
    let environment = ProcessInfo.processInfo.environment["ESPALIER_DATA"]
    guard let folder = data ?? environment, !folder.isEmpty else {
      throw ValidationError("name the folder that holds datasets with --data DIR or ESPALIER_DATA")
    }
    var mirror: URL?
    if let from {
      guard let url = URL(string: from), ["http", "https"].contains(url.scheme) else {
        throw ValidationError("--from \(from): write an address that begins with https://")
      }
      mirror = url
    }
    let display = FetchDisplay()
    defer { display.finish() }
    let fetch = Fetch(
      dataset.published, into: URL(filePath: folder, directoryHint: .isDirectory), from: mirror
    ) { display.show($0) }
    let path = try fetch.run()
    display.finish()
    try say(path)
  }
}

/// Shows a download on standard error: a line that is redrawn on a terminal, one for each tenth elsewhere.
private final class FetchDisplay: Sendable {
  private struct State {
    var file = ""
    var tenth = -1
    var isOpen = false
  }

  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let state = Mutex(State())

  func show(_ event: Fetch.Event) {
    state.withLock { state in
      switch event {
      case .progress(let file, let done, let total):
        if file != state.file {
          close(&state)
          state.file = file
          state.tenth = -1
        }
        // Without a total, a line for every ten megabytes.
        let tenth = total.map { 10 * done / max($0, 1) } ?? done / 10_000_000
        guard isTerminal || tenth > state.tenth else { return }
        state.tenth = tenth
        let line =
          "\(file): \(Format.bytes(done))" + (total.map { " of \(Format.bytes($0))" } ?? "")
        write(isTerminal ? "\r\u{1B}[K\(line)" : line + "\n")
        state.isOpen = isTerminal
      case .present(let file): line("\(file): already there", &state)
      case .unsound(let file):
        line("\(file): what is there is not what was published; fetching it", &state)
      case .retry(let file, let reason): line("\(file): \(reason); trying again", &state)
      case .unpacking(let file): line("\(file): unpacking", &state)
      }
    }
  }

  /// Leaves a redrawn line standing.
  func finish() { state.withLock { close(&$0) } }

  private func line(_ text: String, _ state: inout State) {
    close(&state)
    write(text + "\n")
  }

  private func close(_ state: inout State) {
    if state.isOpen { write("\n") }
    state.isOpen = false
  }

  private func write(_ text: String) { StandardStreams.tell(text) }
}
