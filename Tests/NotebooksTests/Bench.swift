import Digests
import Foundation
import Notebooks
import Synchronization

/// A notebook in a folder of its own, and a workshop whose suites write what the test says.
final class Bench: Workshop, @unchecked Sendable {
  /// The folder, which goes with the bench.
  let folder: URL
  /// What a suite's recipes are a digest of, beside its text.
  var schema = "1"
  /// Suites that ran, by the lines on which their cells stand.
  var ran: [Int] = []
  private let words = Mutex<[String]>([])
  /// What was told.
  var told: [String] {
    get { words.withLock { $0 } }
    set { words.withLock { $0 = newValue } }
  }

  let program = "/bin/echo"
  let environment = ProcessInfo.processInfo.environment

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "notebook-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func recipes(ofSuite text: String, at place: CellPlace) throws -> Digest {
    Digest.sha256(of: Data((text + schema).utf8))
  }

  func run(suite text: String, at place: CellPlace, into folder: URL) throws {
    ran.append(place.line)
    guard !text.contains("fails") else { throw place.failure("as the test wants") }
    let committed = Self.repository.appending(path: "analyses/layer-collapse")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["records.csv", "terms.yaml", "report.md"] {
      let target = folder.appending(path: name)
      try? FileManager.default.removeItem(at: target)
      try FileManager.default.copyItem(at: committed.appending(path: name), to: target)
    }
  }

  func tell(_ line: String) { words.withLock { $0.append(line) } }

  /// The repository.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  func url(_ name: String) -> URL { folder.appending(path: name) }

  func write(_ text: String, to name: String = "a.md") throws {
    try Data(text.utf8).write(to: url(name))
  }

  func read(_ name: String = "a.md") throws -> String {
    String(decoding: try Data(contentsOf: url(name)), as: UTF8.self)
  }

  var notebook: NotebookRun { NotebookRun(url("a.md"), self) }

  @discardableResult
  func run(all: Bool = false, allowsShell: Bool = true) throws -> Int {
    try notebook.run(all: all, allowsShell: allowsShell).ran
  }

  /// What is stale, without the file's path.
  func stale() throws -> [String] {
    try notebook.check().map { $0.description.replacing(url("a.md").relativePath, with: "a.md") }
  }

  /// What `body` throws, without the file's path.
  func complaint(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing"
    } catch {
      return "\(error)".replacing(url("a.md").relativePath, with: "a.md")
    }
  }
}
