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
        .executableTarget(name: "helper", dependencies: ["Low"]),
        tests("HighTests", uses: ["High", "Low", "main", "helper"]),
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
    #expect(imports.unused(of: "High", in: ["import Low\n", "package import Crypto\n"]) == [])
    #expect(
      imports.unused(of: "High", in: ["import Foundation\n", "// import Low\nimport Crypto\n"])
        == ["High declares Low and imports it nowhere"])
    #expect(
      imports.unused(of: "HighTests", in: ["@testable import High\n"])
        == ["HighTests declares Low and imports it nowhere"])
  }

  @Test("every import is declared in the manifest")
  func everyImportIsDeclared() throws {
    let imports = try Self.manifest()
    var seen = 0
    var violations: [String] = []
    for target in imports.allowed.keys.sorted() {
      for (file, text) in try Self.files(in: "Sources/\(target)") {
        violations += imports.violations(in: text, of: target).map { "\(file): \($0)" }
        seen += 1
      }
    }
    #expect(violations == [])
    #expect(seen > 100)
  }

  @Test("every arrow of the manifest is needed")
  func everyArrowIsNeeded() throws {
    let imports = try Self.manifest()
    #expect(imports.allowedInTests.count > 15)
    var unused: [String] = []
    for (folder, targets) in [("Sources", imports.allowed), ("Tests", imports.allowedInTests)] {
      for target in targets.keys.sorted() {
        let sources = try Self.files(in: "\(folder)/\(target)").map(\.text)
        unused += imports.unused(of: target, in: sources)
      }
    }
    #expect(unused == [])
  }

  private static func files(in folder: String) throws -> [(name: String, text: String)] {
    let folder = root.appending(path: folder)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }
    try #require(!names.isEmpty, "\(folder.path) has no sources")
    return try names.map {
      ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
    }
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
