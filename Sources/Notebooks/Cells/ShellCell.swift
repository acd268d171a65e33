import Digests
import Foundation
import Reports

/// Commands of a shell, which stops at the first that fails.
struct ShellCell: CellKind {
  static let language = "sh"
  static let options = ["show", "reads", "writes"]

  private let place: CellPlace
  private let code: String
  private let print: PrintedText
  let reads: [String]
  let writes: [String]
  let isShell = true

  init(_ source: CellSource, at place: CellPlace) throws {
    (self.place, code) = (place, source.code)
    print = try PrintedText(source, at: place)
    let words = Self.words(of: source.code)
    let redirected = zip(words, words.dropFirst()).filter { $0.0 == ">" }.map(\.1)
    writes = try place.paths(source.options["writes"]) + redirected.compactMap(place.within)
    let kept = Set(writes)
    reads = (try place.paths(source.options["reads"]) + words.compactMap(place.within))
      .filter { !kept.contains($0) }
  }

  /// The words of `code` that may name files, and `>` before those that are written.
  private static func words(of code: String) -> [String] {
    code.replacing(">>", with: ">").replacing(">", with: " > ")
      .split { $0.isWhitespace || "'\"|&;<()=".contains($0) }.map(String.init)
  }

  func run(_ workshop: any Workshop, _ cells: [String: any CellKind]) throws -> String {
    try print.shown(try place.run("sh", ["-e", "-c", code], workshop))
  }

  func value(_ content: String, _ cells: [String: any CellKind]) throws -> JSON {
    print.value(content)
  }
}
