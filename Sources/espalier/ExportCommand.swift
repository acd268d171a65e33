import ArgumentParser
import Foundation
import Laboratory
import Recipes
import Reports
import Suites
import Wording

/// `espalier export`: a suite's files for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Copy weights, masks, scores and records of a suite's runs.",
    discussion: """
      Writes safetensors files into a folder of their own for each run, records.csv with their rows, and export.json, \
      which says what is what. Weights of trained networks are there where the suite says 'keep: [weights]'; a run \
      after that makes again those that were not kept.
      """)

  /// What can be exported.
  enum What: String, CaseIterable { case weights, masks, scores, records }

  @OptionGroup var options: SuiteOptions

  @Option(help: "What is copied, with commas between: weights, masks, scores, records.")
  var what: String

  @OptionGroup(title: "Which runs") var cellOptions: CellOptions

  @Option(help: "The folder to write to; what it has of these names is replaced.")
  var output: String

  /// What a file is.
  struct Entry: Encodable {
    let file, what: String
    let method, ablation: String?
    let density: Double?
    let replicate: Int?
    /// The artifact in the store, what it is called there, and the digest of the file.
    let key, label, sha256: String
  }

  /// export.json.
  struct Contents: Encodable {
    let suite: String
    let settings: [String]
    let version, network, dataset: String
    let files: [Entry]
    /// The table of the same runs, where it is exported.
    let records: String?
  }

  func validate() throws { _ = try wanted() }

  private func wanted() throws -> Set<What> {
    Set(
      try what.split(separator: ",").map { part in
        let name = part.filter { !$0.isWhitespace }
        guard let what = What(rawValue: name) else {
          let nearest = Suggestion.nearest(to: name, among: What.allCases.map(\.rawValue))
          throw ValidationError(
            "--what \(name.printable): " + (nearest.map { "did you mean \($0)? " } ?? "")
              + "write weights, masks, scores or records, several with commas between")
        }
        return what
      })
  }

  func run() throws {
    let store = try options.storeOptions.openedAndTold()
    let planned = try options.planned()
    let cells = try cellOptions.chosen(of: planned.work.cells)
    let wanted = try wanted()
    let folder = URL(fileURLWithPath: output, isDirectory: true)
    var entries: [Entry] = []
    var lacking: [String] = []
    for cell in cells {
      let behind = CellArtifacts(of: cell, in: planned.plan)
      let sources: [(What, String, Artifact?, String?)] = [
        (.weights, "weights", behind.state, behind.state?.weightsFile),
        (.masks, "mask", behind.mask, ArtifactFile.mask),
        (.scores, "scores", behind.scores, ArtifactFile.scores),
      ]
      for (what, name, artifact, file) in sources where wanted.contains(what) {
        guard let artifact, let file else { continue }
        guard let record = try? store.record(of: artifact.key), let found = record.files[file]
        else {
          lacking.append("\(name) of \(cell.place.words)")
          continue
        }
        let path = "\(cell.place.folder)/\(name).safetensors"
        try Self.copy(
          try store.verifiedFile(file, of: artifact.key), to: folder.appending(path: path))
        entries.append(
          Entry(
            file: path, what: name, method: cell.place.method, ablation: cell.place.ablation,
            density: cell.place.density?.value, replicate: cell.place.replicate,
            key: artifact.key.description, label: artifact.label,
            sha256: found.sha256.hexadecimal))
      }
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if wanted.contains(.records) {
      let table = try records(planned, store)
      try Data(table.rendered().utf8).write(
        to: folder.appending(path: "records.csv"), options: .atomic)
    }
    let contents = Contents(
      suite: planned.plan.source?.path ?? planned.plan.suite,
      settings: planned.plan.source?.settings ?? [], version: Toolkit.versionWithCommit(),
      network: planned.suite.problem.network.description,
      dataset: planned.suite.problem.dataset.source.name, files: entries,
      records: wanted.contains(.records) ? "records.csv" : nil)
    let index = folder.appending(path: "export.json")
    try Data((Output.json(contents) + "\n").utf8).write(to: index, options: .atomic)
    try say(
      "\(Format.count(entries.count, "file")) of \(Format.count(cells.count, "run")) in \(output)")
    try say(index.path)
    guard !lacking.isEmpty else { return }
    note(
      "\(Format.count(lacking.count, "file")) of these are not in the store: \(Format.list(lacking, limit: 5)); "
        + (lacking.contains { $0.hasPrefix("weights") }
          ? "write `keep: [weights]` in the suite and run it, which makes them again"
          : "run the suite"))
    throw ExitCode.failure
  }

  /// The rows of the runs that are meant.
  private func records(_ planned: PlannedSuite, _ store: Store) throws -> CSV {
    let table = try planned.work.report(from: store).records
    let columns = Dictionary(
      zip(table.header, table.header.indices), uniquingKeysWith: { first, _ in first })
    return CSV(
      header: table.header,
      rows: table.rows.filter { row in
        func field(_ name: String) -> String? { columns[name].map { row[$0] } }
        return cellOptions.isMeant(
          RunPlace(
            method: field("method"), ablation: field("ablation"),
            density: field("density").flatMap { Density($0) },
            replicate: field("replicate").flatMap { Int($0) }))
      })
  }

  private static func copy(_ path: String, to file: URL) throws {
    let manager = FileManager.default
    try manager.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    if manager.fileExists(atPath: file.path) { try manager.removeItem(at: file) }
    try manager.copyItem(at: URL(fileURLWithPath: path), to: file)
  }
}

extension RunPlace {
  /// A folder of its own for a run, such as `SNIP/shuffle/0.1/replicate-1`.
  var folder: String {
    [
      method, ablation, density.map { $0.description.replacing("/", with: "_") },
      replicate.map { "replicate-\($0)" },
    ].compactMap(\.self).map { part in
      // A user's name for a method may be any text.
      let name = String(part.map { $0 == "/" || $0 == ":" || $0.isNewline ? "_" : $0 })
      return name.hasPrefix(".") ? "_" + name : name
    }.joined(separator: "/")
  }
}
