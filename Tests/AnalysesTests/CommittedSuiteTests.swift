import Foundation
import Testing

@testable import Analyses
@testable import Suites

/// Suites that people read: those of `analyses` and the README's.
@Suite struct CommittedSuiteTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Decodes with the embedded digits in MNIST's place, so that no data is needed.
  private static func decode(_ text: String, in folder: URL) throws -> DecodedSuite {
    try Suite.decode(
      text.replacing("dataset: mnist", with: "dataset: digits")
        .replacing("name: cifar-10", with: "name: digits")
        // Images of 8 × 8 are too small for its five poolings.
        .replacing("network: vgg-16", with: "network: conv-4")
        // An engine that needs no PyTorch.
        .replacing("\"engine.py\"", with: "\"../../Tests/Engines/plain_engine.py\""),
      file: "suite.yaml",
      context: SuiteContext(folder: folder, dataFolders: []), analyses: AnalysisList.all)
  }

  @Test("every analysis has a suite that decodes")
  func analyses() throws {
    let analyses = Self.root.appending(path: "analyses")
    let names = try FileManager.default.contentsOfDirectory(atPath: analyses.path)
      .filter { !$0.hasSuffix(".md") }.sorted()
    #expect(names.count >= 3)
    for name in names {
      let folder = analyses.appending(path: name)
      let text = try String(contentsOf: folder.appending(path: "suite.yaml"), encoding: .utf8)
      let decoded = try Self.decode(text, in: folder)
      // Verdicts need replicates; counts and totals at initialization are what they are.
      guard decoded.analysis is AblationDesign else { continue }
      #expect(decoded.suite.replicates >= 3, "\(name)")
    }
  }

  @Test("the README's suite decodes, and its commands are those there are")
  func readme() throws {
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let block = try #require(readme.firstMatch(of: /```yaml\n([\s\S]*?)```/))
    let decoded = try Self.decode(String(block.1), in: Self.root)
    let design = try #require(decoded.analysis as? AblationDesign)
    #expect(design.methods.map(\.name).contains("lottery ticket"))
    let makefile = try String(contentsOf: Self.root.appending(path: "Makefile"), encoding: .utf8)
    for match in readme.matches(of: /make ([a-z]+)/) {
      #expect(makefile.contains("\n\(match.1):"), "make \(match.1)")
    }
  }
}
