import Foundation
import Recipes
import Testing
import Yams

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
    context: SuiteContext(folder: folder ?? URL(filePath: "/nowhere"), dataFolders: data))
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
func design(_ suite: Suites.Suite) -> AblationDesign {
  guard case .ablation(let design) = suite.analysis else {
    preconditionFailure("no ablation suite")
  }
  return design
}

extension Suites.Suite.Analysis {
  /// The design of an ablation suite; `nil` of others.
  var ablation: AblationDesign? { if case .ablation(let design) = self { design } else { nil } }
  /// The design of a curve suite; `nil` of others.
  var curve: CurveDesign? { if case .curve(let design) = self { design } else { nil } }
}

/// The work of a suite of one analysis; `nil` of others, for `#require`.
extension SuiteWork {
  var collapse: (design: CollapseDesign, plan: AnalysisPlan<CollapseCell>)? {
    if case .collapse(let design, let plan) = self { (design, plan) } else { nil }
  }

  var conservation: (design: ConservationDesign, plan: AnalysisPlan<ConservationCell>)? {
    if case .conservation(let design, let plan) = self { (design, plan) } else { nil }
  }

  var schedule: (design: ScheduleDesign, plan: AnalysisPlan<ScheduleCell>)? {
    if case .schedule(let design, let plan) = self { (design, plan) } else { nil }
  }

  var instability: (design: InstabilityDesign, plan: AnalysisPlan<InstabilityCell>)? {
    if case .instability(let design, let plan) = self { (design, plan) } else { nil }
  }

  var plane: (design: PlaneDesign, plan: AnalysisPlan<PlaneCell>)? {
    if case .plane(let design, let plan) = self { (design, plan) } else { nil }
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
    disagreement: Disagreement
  ) {
    self.init(
      path: CurvePointsResult(
        points: zip(positions, evaluations).map {
          CurvePointsResult.Point(t: $0, evaluations: $1, ensembles: [])
        }, trios: [], products: nil), geometry: geometry, disagreement: disagreement)
  }
}
