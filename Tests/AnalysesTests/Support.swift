import Foundation
import Laboratory
@testable import Recipes
import Testing
import Yams

@testable import Analyses
@testable import Suites

/// A suite that decodes, with `methods` and whatever `more` adds on top level.
func yaml(methods: String = "{random: random}", more: String = "") -> String {
  """
  analysis: ablation
  network: lenet-20
  dataset: digits
  training: {duration: 8ep, batch-size: 162}
  densities: [0.8^3, 10%]
  methods: \(methods)
  \(more)
  """
}

/// A folder of its own, removed with the value's owner's call of `remove`.
struct Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "suites-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func write(_ path: String, _ text: String) throws {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }
}

/// Decodes with nothing around.
func decode(_ text: String, folder: URL? = nil, data: [URL] = []) throws -> DecodedSuite {
  try Suite.decode(
    text, file: "suite.yaml",
    context: SuiteContext(folder: folder ?? URL(filePath: "/nowhere"), dataFolders: data),
    analyses: AnalysisList.all)
}

/// The messages of a suite's problems, in order; empty where it decodes.
func problems(_ text: String, folder: URL? = nil, data: [URL] = []) -> [String] {
  do {
    _ = try decode(text, folder: folder, data: data)
    return []
  } catch {
    return "\(error)".split(separator: "\n").map(String.init)
  }
}

/// The ablation design of a suite.
func design(_ decoded: DecodedSuite) -> AblationDesign {
  guard let design = decoded.analysis as? AblationDesign else {
    preconditionFailure("no ablation suite")
  }
  return design
}

/// A suite of one analysis, with its plan.
struct Planned<A: Analysis> {
  let suite: Suites.Suite
  let design: A
  let plan: AnalysisPlan<A.Cell>

  init(_: A.Type = A.self, _ text: String) throws {
    let decoded = try decode(text)
    (suite, design) = (decoded.suite, try #require(decoded.analysis as? A))
    plan = try AnalysisPlan(expanding: suite, design)
  }
}

extension Planned {
  /// The rows and the terms of what was found, by artifact.
  func table(_ found: [Key: any Encodable]) throws -> ([A.Row], Terms<A.Settings>) {
    let records = Records(results: try found.mapValues { try JSONEncoder().encode($0) })
    return (
      try design.rows(suite, plan.cells, records), try Terms(design, suite, plan, records)
    )
  }

  /// The report of what was found, by artifact.
  ///
  /// That of its own table and terms, read back, must be the same.
  func report(
    _ found: [Key: any Encodable], provenance: [Key: RunProvenance] = [:]
  ) throws -> AnalysisReport {
    let records = Records(
      results: try found.mapValues { try JSONEncoder().encode($0) }, provenances: provenance)
    let report = try AnalysisReport(design, suite, plan, records)
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("records.csv", report.records.rendered())
    try scratch.write("terms.yaml", report.terms)
    guard !report.records.rows.isEmpty else { return report }
    let again = try AnalysisReport(
      table: scratch.url.appending(path: "records.csv"),
      terms: scratch.url.appending(path: "terms.yaml"), analyses: AnalysisList.all)
    #expect(again.text == report.text)
    #expect(again.records == report.records)
    #expect(again.terms == report.terms)
    for (one, other) in zip(report.sections, again.sections) {
      for (mine, theirs) in zip(one.figures, other.figures) {
        let same = try mine.figure.svg() == theirs.figure.svg()
        #expect(mine.name == theirs.name && same, "\(mine.name)")
      }
    }
    return report
  }
}

/// The files of a source below data folders, with their digests, whatever they contain.
func found(_ source: DatasetSource, in folders: [URL]) -> (files: SuiteFiles, digests: [String]) {
  let files = SuiteFiles(
    context: SuiteContext(folder: URL(filePath: "/nowhere"), dataFolders: folders))
  let field = Field(node: Node("x"), path: "", line: 1, findings: Findings(file: "suite.yaml"))
  return (files, files.datasetDigests(source, for: field))
}

extension SegmentResult {
  /// A segment without ensembles.
  init(
    positions: [Double], evaluations: [[PointEvaluation]], geometry: PathGeometry,
    disagreement: Disagreement?
  ) {
    self.init(
      path: CurvePointsResult(
        points: zip(positions, evaluations).map {
          CurvePointsResult.Point(t: $0, evaluations: $1, ensembles: [])
        }, trios: [], products: nil), geometry: geometry, disagreement: disagreement)
  }
}
