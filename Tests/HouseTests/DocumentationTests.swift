import Foundation
import Testing

/// What rooms offer one another says what it is.
struct Undocumented {
  /// Names that a protocol of the language's own declares and documents.
  private static let known: Set<String> = [
    "==", "<", "hash", "encode", "description", "debugDescription", "init",
  ]

  /// Names that protocols in `sources` declare; what conforms to them need not say it again.
  private let declared: Set<String>

  init(protocolsIn sources: [String]) {
    var names = Self.known
    for source in sources {
      for found in source.matches(
        of: /\n(?:package |public )?protocol \w+[^{\n]*\{(?<body>[\s\S]*?)\n\}/)
      {
        for member in found.body.matches(
          of: /\n  (?:static |mutating )*(?:func|var|associatedtype) (\w+)/)
        {
          names.insert(String(member.1))
        }
      }
    }
    declared = names
  }

  /// Declarations of `source` that other rooms see and that have no comment above them, with their lines from 1.
  func all(in source: String) -> [(line: Int, text: String)] {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let declaration =
      /\s*(?:@\w+ )*(?:package|public) (?:static |final |mutating |nonmutating |indirect |private\(set\) )*(?:func|var|let|struct|enum|class|protocol|init|subscript|typealias|actor)\b\s*([\w]+|[=<>+~\-]+)?.*/
    return lines.indices.compactMap { index in
      guard let found = lines[index].wholeMatch(of: declaration) else { return nil }
      let name = found.1.map(String.init) ?? "init"
      guard !lines[index].contains(" init("), !lines[index].contains(" init<"),
        !lines[index].contains(" init?("), !declared.contains(name)
      else { return nil }
      var above = index - 1
      while above >= 0, lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
      let isCommented = above >= 0 && lines[above].drop(while: { $0 == " " }).hasPrefix("///")
      return isCommented ? nil : (index + 1, lines[index].trimmingCharacters(in: .whitespaces))
    }
  }
}

@Suite struct DocumentationTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources")

  @Test("the check fails on a wrong subject")
  func failsOnWrongSubject() {
    let source = """

      package protocol Named {
        /// The name.
        var name: String { get }
      }

      /// A thing.
      package struct Thing: Named {
        package let name: String
        package let size: Int
        /// How heavy it is.
        package let weight: Double
        package init(name: String) {}
        @discardableResult
        package func sold() -> Bool { true }
        let hidden = 1
      }
      """
    let found = Undocumented(protocolsIn: [source]).all(in: source)
    #expect(found.map(\.line) == [2, 10, 15])
    #expect(found.map(\.text).last == "package func sold() -> Bool { true }")
  }

  @Test("what rooms offer one another has a comment")
  func everyDeclaration() throws {
    let files =
      FileManager.default.enumerator(atPath: Self.sources.path)?
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted() ?? []
    #expect(files.count > 300)
    let texts = try files.map {
      try String(contentsOf: Self.sources.appending(path: $0), encoding: .utf8)
    }
    let undocumented = Undocumented(protocolsIn: texts)
    for (file, text) in zip(files, texts) {
      for (line, declaration) in undocumented.all(in: text) {
        Issue.record("Sources/\(file):\(line): no comment says what this is: \(declaration)")
      }
    }
  }
}
