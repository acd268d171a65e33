import Foundation
import Testing

@Suite struct ImportsTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func manifest() throws -> Imports {
    Imports(
      manifest: try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8))
  }

  @Test("the check fails on a wrong subject")
  func failsOnWrongSubject() {
    let imports = Imports(
      manifest: """
        room("Low", uses: []),
        room("High", uses: ["Low", crypto], resources: []),
        door("main", uses: ["High", "CTorch"]),
        """)
    #expect(imports.allowed["High"] == ["Low", "Crypto"])
    #expect(imports.violations(in: "import Low\npackage import Crypto\n", of: "High").isEmpty)
    #expect(
      imports.violations(in: "import High\n", of: "Low")
        == ["Low imports High and does not declare it"])
    #expect(imports.violations(in: "internal import Low\n", of: "main").count == 1)
    #expect(imports.violations(in: "import struct High.Thing\n", of: "Low").count == 1)
    #expect(
      imports.violations(in: "import CTorch\n", of: "main")
        == ["main imports CTorch, which only Tensors may"])
  }

  @Test("every import is declared in the manifest")
  func everyImportIsDeclared() throws {
    let imports = try Self.manifest()
    let sources = Self.root.appending(path: "Sources")
    var seen = 0
    var violations: [String] = []
    for target in imports.allowed.keys.sorted() {
      let folder = sources.appending(path: target)
      let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".swift") }
      #expect(!files.isEmpty, "\(target) has no sources")
      for file in files {
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        violations += imports.violations(in: text, of: target).map { "\(file): \($0)" }
        seen += 1
      }
    }
    #expect(violations == [])
    #expect(seen > 100)
  }

  @Test("no target is called after nothing in particular")
  func noVagueNames() throws {
    let names = Set(try Self.manifest().allowed.keys)
    #expect(names.isDisjoint(with: ["Core", "Common", "Utils", "Helpers"]))
  }

  @Test("the lane without engine never reaches libtorch")
  func laneWithoutEngine() throws {
    let allowed = try Self.manifest().allowed
    var reached: Set<String> = []
    var waiting = ["espalier"]
    while let target = waiting.popLast() {
      guard reached.insert(target).inserted else { continue }
      waiting += allowed[target, default: []]
    }
    #expect(reached.contains("Suites"))
    #expect(reached.isDisjoint(with: ["CTorch", "CPrograms", "Tensors", "CLibtorch"]))
  }
}
