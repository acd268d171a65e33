import Foundation
import Testing

/// Tests that pass because they gave up: a guard whose way out is a bare return, whatever comes after it.
@Suite struct SilentTestsTests {
  /// Lines of `source` on which a test gives up without a word.
  private static func silent(_ source: String) -> [Int] {
    let pattern = /guard\s[^{}]*else\s*\{\s*return\s*\}/
    return source.matches(of: pattern).map { match in
      source[..<match.range.lowerBound].count { $0 == "\n" } + 1
    }
  }

  @Test("the check fails on a wrong subject")
  func failsOnWrongSubject() {
    // Not spelled out, so that this file gives up nowhere.
    let end = "return"
    let source = """
      func one() {
        guard case .some(let value) = nothing else { \(end) }
        guard
          let other = nothing
        else {
          \(end)
        }
        guard isReady else { \(end) }
        guard let value = nothing else { return nil }
        guard let value = nothing else { throw Problem() }
      }
      """
    #expect(Self.silent(source) == [2, 3, 8])
  }

  @Test("no test gives up without a word")
  func tests() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let files = try FileManager.default.subpathsOfDirectory(atPath: root.path)
      .filter { $0.hasSuffix("Tests.swift") }
    #expect(files.count > 150)
    for file in files {
      let source = try String(contentsOf: root.appending(path: file), encoding: .utf8)
      #expect(Self.silent(source) == [], "\(file)")
    }
  }
}
