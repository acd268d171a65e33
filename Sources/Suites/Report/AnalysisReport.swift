package import Foundation
import Laboratory
import Recipes
package import Reports

/// A report that can be written: report.md, its figures and records.csv.
package protocol SuiteReport {
  /// Writes the report into `folder` and returns the path of report.md.
  func write(to folder: URL) throws -> URL
}

extension AblationReport: SuiteReport {}

/// The report of an analysis of scores: a function of the records alone.
package struct AnalysisReport: SuiteReport {
  /// The rows of records.csv.
  package let records: CSV
  let sections: [ReportSection]

  /// The text of report.md.
  package var text: String { Markdown(sections.flatMap(\.blocks)).rendered() }

  package func write(to folder: URL) throws -> URL {
    var figures: [String: String] = [:]
    for (name, figure) in sections.flatMap(\.figures) { figures[name] = try figure.svg() }
    try ReportFolder(folder).write(
      Markdown(sections.flatMap(\.blocks)), figures: figures, records: records)
    return folder.appending(path: "report.md")
  }
}

/// The results behind an analysis' cells, and how they came about.
struct StoredResults<Result: Decodable> {
  /// Results by artifact.
  var results: [Key: Result] = [:]
  /// How all artifacts came about.
  var provenance: [RunProvenance] = []
}

extension StoredResults {
  /// What `store` has of `plan`, whose cells name their artifacts by `key`.
  init<Cell>(_ plan: AnalysisPlan<Cell>, _ key: (Cell) -> Key, _ store: Store) throws {
    let keys = Set(plan.cells.map(key))
    for artifact in plan.artifacts {
      guard let record = try? store.record(of: artifact.key) else { continue }
      if let run = try? JSONDecoder().decode(RunProvenance.self, from: record.provenance) {
        provenance.append(run)
      }
      guard keys.contains(artifact.key) else { continue }
      results[artifact.key] = try JSONDecoder().decode(Result.self, from: record.result)
    }
  }
}

extension ReportSection {
  /// A sentence where the store lacks records.
  static func missing(_ count: Int) -> [Markdown.Block] {
    count == 0
      ? []
      : [
        .paragraph(
          "\(strong: Format.count(count)) \(count == 1 ? "artifact is" : "artifacts are") not there yet; run the suite again."
        )
      ]
  }

  /// Settings, seeds, versions, processor and cost of an analysis.
  static func provenance(
    _ suite: Suite, methods: [Method], runs: [RunProvenance]
  ) -> ReportSection {
    var table = Markdown.Table([.text("what"), .text("value")])
    func add(_ name: String, _ value: String) { table.append([.init(name), .init(value)]) }
    func values(_ field: KeyPath<RunProvenance, String>) -> String {
      Set(runs.map { $0[keyPath: field] }).sorted().joined(separator: "; ")
    }
    let source = suite.problem.dataset.source
    let shape = source.shape
    add(
      "network",
      "\(suite.problem.network), \(Format.count(suite.problem.prunableCount(excluding: [])))"
        + " prunable weights")
    add(
      "input",
      "\(source.name): \(shape.channels) × \(shape.height) × \(shape.width), "
        + Format.count(source.classes, "class", plural: "classes"))
    add(
      "initializer",
      "\(suite.initializer.weights.rawValue), biases \(suite.initializer.biases.rawValue)")
    let dataset = suite.problem.dataset
    if source.testCount > 0 {
      add("normalization", ReportSection.words(dataset.normalization))
      for (file, digest) in zip(source.files, dataset.digests) {
        add("SHA-256 of \(file)", digest)
      }
    }
    if suite.training != .none {
      add(
        "examples",
        "\(Format.count(dataset.trainCount)) training, \(Format.count(dataset.validation)) validation, "
          + "\(Format.count(source.testCount)) test")
      if let augmentation = dataset.augmentation {
        add("augmentation of training examples", ReportSection.words(augmentation))
      }
      add("training", ReportSection.words(suite.training, steps: suite.duration))
    }
    // Scores are never bfloat16 nor on a GPU, so that only trainings make it worth telling.
    if suite.precision != .float32 || suite.device != .cpu {
      add(
        "training on",
        "\(ReportSection.words(suite.device)), \(ReportSection.words(suite.precision))")
    }
    add("seed", "\(suite.seed), \(Format.count(suite.replicates, "replicate"))")
    add("Espalier", values(\.version))
    add("engine", values(\.engine))
    add("matrix products", values(\.blas))
    add("processor", values(\.processor))
    let seconds = runs.reduce(0) { $0 + $1.seconds }
    add(
      "cost",
      "\(Format.count(runs.count, "artifact")), \(Format.duration(seconds: seconds)) of work on one core"
    )
    return ReportSection(
      blocks: (methods.isEmpty ? [] : ReportSection.methods(methods).blocks)
        + [.heading(2, "How it was run"), .table(table)])
  }
}
