import ArgumentParser
import Foundation
import Laboratory
import Suites
import Wording

/// `espalier show`: where the artifacts of runs lie.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show where a run's artifacts lie, what was audited, and why they are made again.",
    discussion: """
      Of each run the networks, masks and scores behind it, each after those it needs: its folder in the store, its \
      files, what was recorded of it, and where it is not there, why. 'espalier export' copies the files.
      """)

  @OptionGroup var options: SuiteOptions

  @OptionGroup(title: "Which runs") var cellOptions: CellOptions

  @Flag(help: "Answer in JSON.")
  var json = false

  /// A run.
  struct Shown: Encodable {
    let method, ablation: String?
    let density: Double?
    let replicate: Int?
    let artifacts: [Part]
  }

  /// An artifact behind a run.
  struct Part: Encodable {
    let kind, key, label: String
    /// Its folder in the store, whether it is there or not.
    let folder: String
    /// Why it is to be computed; `nil` where it is there.
    let reason: String?
    let files: [String]
    let seconds: Double?
    /// What was recorded of it, as JSON.
    let result: String?
  }

  func run() throws {
    let store = try options.storeOptions.openedAndTold()
    let planned = try options.planned()
    let assessment = try store.assess(planned.plan)
    let reasons = Dictionary(
      assessment.toCompute.map { ($0.artifact.key, $0.reason.description) },
      uniquingKeysWith: { first, _ in first })
    let shown = try cellOptions.chosen(of: planned.work.cells).map { cell in
      Shown(
        method: cell.place.method, ablation: cell.place.ablation,
        density: cell.place.density?.value, replicate: cell.place.replicate,
        artifacts: try CellArtifacts(of: cell, in: planned.plan).all.map {
          try part($0, in: store, reason: reasons[$0.key])
        })
    }
    guard !json else { return try say(Output.json(shown)) }
    for (cell, run) in zip(try cellOptions.chosen(of: planned.work.cells), shown) {
      try say(cell.place.words)
      for part in run.artifacts { for line in Self.lines(part) { try say("  " + line) } }
    }
  }

  private func part(_ artifact: Artifact, in store: Store, reason: String?) throws -> Part {
    let record = reason == nil ? try store.record(of: artifact.key) : nil
    return Part(
      kind: artifact.kind, key: artifact.key.description, label: artifact.label,
      folder: store.folder(of: artifact), reason: reason,
      files: record?.files.keys.sorted() ?? [], seconds: record?.seconds,
      result: record.map { String(decoding: $0.result, as: UTF8.self) })
  }

  /// Characters of a result that are shown; `--json` has all of it.
  private static let widest = 300

  private static func lines(_ part: Part) -> [String] {
    var lines = ["\(part.kind)  \(part.label)", "  \(part.folder)"]
    if let reason = part.reason { return lines + ["  to compute: \(reason)"] }
    let time = part.seconds.map { ", made in \(Format.duration(seconds: $0))" } ?? ""
    lines.append("  \(part.files.isEmpty ? "no files" : Format.list(part.files, limit: 9))\(time)")
    if let result = part.result {
      lines.append("  " + (result.count > widest ? result.prefix(widest) + "…" : result))
    }
    return lines
  }
}
