import Foundation
import Testing

/// What C and C++ rooms include, beside what the manifest says that they use.
@Suite struct IncludesTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// C rooms by name, with the ones that they use, those of these among them.
  private static func rooms(_ manifest: String) -> [String: Set<String>] {
    var direct: [String: Set<String>] = [:]
    let target = /\.target\(\s*name: "(C[A-Z]\w+)"(?:, dependencies: \[([^\]]*)\])?/
    for match in manifest.matches(of: target) {
      direct[String(match.1)] = Set(
        (match.2 ?? "").matches(of: /"(\w+)"/).map { String($0.1) })
    }
    return direct.mapValues { uses in
      uses.reduce(uses) { $0.union(direct[$1] ?? []) }
    }
  }

  /// Headers that `source`, a file of `room`, includes from rooms that it does not use.
  ///
  /// - Parameter owners: rooms by the headers that they have.
  private static func foreign(
    _ source: String, of room: String, owners: [String: String], uses: Set<String>
  ) -> [String] {
    source.matches(of: /(?m)^\s*#\s*include\s*["<]([^">]+)[">]/).map { String($0.1) }
      .filter { header in
        let library = ["ATen", "c10", "torch"].contains(header.prefix { $0 != "/" })
        guard let owner = library ? "CLibtorch" : owners[header] else { return false }
        return owner != room && !uses.contains(owner)
      }
  }

  @Test("the check fails on a wrong subject")
  func failsOnWrongSubject() {
    let rooms = Self.rooms(
      """
      .target(name: "CLow", dependencies: ["CLibtorch"], linkerSettings: []),
      .target(name: "CLoops"),
      .target(
        name: "CHigh", dependencies: ["CLow", "CLoops"]),
      """)
    #expect(
      rooms == ["CLow": ["CLibtorch"], "CLoops": [], "CHigh": ["CLow", "CLoops", "CLibtorch"]])
    let owners = ["low.h": "CLow", "loops.hpp": "CLoops"]
    let source = "#include <vector>\n#include \"low.h\"\n#include <ATen/ATen.h>\n"
    func foreign(_ room: String) -> [String] {
      Self.foreign(source, of: room, owners: owners, uses: rooms[room, default: []])
    }
    #expect(foreign("CHigh") == [])
    #expect(foreign("CLow") == [])
    #expect(foreign("CLoops") == ["low.h", "ATen/ATen.h"])
  }

  @Test("C rooms include what they declare, and loops over plain memory nothing of libtorch")
  func includes() throws {
    let rooms = Self.rooms(
      try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8))
    #expect(rooms.keys.sorted() == ["CKernels", "CPrograms", "CTorch"])
    #expect(rooms["CKernels"] == [])
    var sources: [(room: String, file: String, text: String)] = []
    var owners: [String: String] = [:]
    for room in rooms.keys {
      let folder = Self.root.appending(path: "Sources").appending(path: room)
      for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      where file.contains(/\.(c|h)(pp)?$/) {
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        sources.append((room, file, text))
        if file.contains(/\.h(pp)?$/) {
          let name = String(file.split(separator: "/").last!)
          #expect(owners.updateValue(room, forKey: name) == nil, "two headers are called \(name)")
        }
      }
    }
    #expect(sources.count > 30)
    for (room, file, text) in sources {
      let foreign = Self.foreign(text, of: room, owners: owners, uses: rooms[room]!)
      #expect(foreign == [], "\(room)/\(file)")
    }
  }
}
