import Digests
import Foundation
import Recipes
import Reports

/// Commands of the toolkit, one to a line, each beginning with `espalier`.
struct CommandCell: CellKind {
  static let language = "espalier"
  static let options = ["show", "reads", "writes"]

  private let place: CellPlace
  private let commands: [CommandLine]
  private let print: PrintedText
  let reads: [String]
  let writes: [String]

  static func reads(_ code: String) -> Bool {
    code.split(separator: "\n").lazy.map { $0.drop(while: \.isWhitespace) }
      .first { !$0.isEmpty && !$0.hasPrefix("#") }
      .map { $0 == "espalier" || $0.hasPrefix("espalier ") } ?? false
  }

  init(_ source: CellSource, at place: CellPlace) throws {
    self.place = place
    print = try PrintedText(source, at: place)
    do {
      commands = try CommandLine.all(in: source.code)
    } catch let error as CommandLine.NeedsShell {
      throw place.error(
        .command("`\(error.character)` is a shell's; quote it, or write an sh cell"))
    } catch {
      throw place.error(.command("a quotation mark has no partner; close it"))
    }
    for command in commands where command.words[0] != "espalier" {
      throw NotebookError(
        file: place.file, line: place.line + 1 + command.line,
        .command(
          "`\(command.words[0])` is no command of the toolkit; begin the line with `espalier`, or write an sh cell"
        ))
    }
    let made = commands.flatMap { Self.values(of: "--output", in: $0.words) }
    writes = try place.paths(source.options["writes"]) + made.compactMap(place.within)
    let named = commands.flatMap(\.words).flatMap { word in
      [word] + (word.hasPrefix("--") ? word.split(separator: "=").dropFirst().map(String.init) : [])
    }
    let kept = Set(writes)
    reads = (try place.paths(source.options["reads"]) + named.compactMap(place.within))
      .filter { !kept.contains($0) }
  }

  /// The values of an option among `words`.
  private static func values(of option: String, in words: [String]) -> [String] {
    zip(words, words.dropFirst()).filter { $0.0 == option }.map(\.1)
      + words.filter { $0.hasPrefix(option + "=") }.map { String($0.dropFirst(option.count + 1)) }
  }

  /// Any kind may be needed by a command, so that each counts.
  func recipes(_ workshop: any Workshop) throws -> Digest? {
    Digest.sha256(
      of: Data(Works.all.map { "\($0.kind) \($0.schema)" }.sorted().joined(separator: "\n").utf8))
  }

  func run(_ workshop: any Workshop, _ cells: [String: any CellKind]) throws -> String {
    var printed = Data()
    for command in commands {
      printed += try place.run(
        workshop.program, Array(command.words.dropFirst()), workshop)
    }
    return try print.shown(printed)
  }

  func value(_ content: String, _ cells: [String: any CellKind]) throws -> JSON {
    print.value(content)
  }
}
