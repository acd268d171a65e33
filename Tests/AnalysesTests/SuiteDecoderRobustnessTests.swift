import Foundation
import Testing

@testable import Analyses
@testable import Suites

@Suite("Decoding broken suites")
struct SuiteDecoderRobustnessTests {
  private static let lines = AblationDesign.template
    // Few cells, so that all of the broken suites can be expanded too.
    .replacing("replicates: 5", with: "replicates: 1").replacing("0.8^3, 0.8^6, ", with: "")
    .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

  /// Suites in which one line that is no comment is left out, cut, or given another value.
  private static func broken(_ index: Int) -> [String] {
    let line = lines[index]
    let head = line.prefix(while: { $0 != ":" })
    let values = [
      "", "x", "-1", "[]", "{}", "[[x]]", "[last, 1, 1]", "{[a]: {b: c}}", "99999999999999999999",
      "'", "&a *a", "last", "0.5",
    ]
    return ([nil, String(line.prefix(line.count / 2))] + values.map { "\(head): \($0)" }).map {
      (lines[..<index] + ($0.map { [$0] } ?? []) + lines[(index + 1)...]).joined(separator: "\n")
    }
  }

  @Test(
    "every broken suite is a list of problems in its lines, or decodes",
    arguments: lines.indices.filter { lines[$0].contains(":") && !lines[$0].contains("#") })
  func neverTraps(_ index: Int) throws {
    for text in Self.broken(index) {
      do {
        let decoded = try decode(text)
        _ = try AnalysisPlan(expanding: decoded.suite, design(decoded))
      } catch SuiteError.invalid(let problems) {
        #expect(!problems.isEmpty)
        #expect(problems.allSatisfy { (1...Self.lines.count).contains($0.line) })
        #expect(problems.map(\.line) == problems.map(\.line).sorted())
      }
    }
  }
}
