import Foundation
import Processes
import Reports
import Wording

/// What a program printed, as it stands beneath its cell.
struct PrintedText {
  /// Most bytes that stand beneath a cell.
  private static let most = 1 << 18

  /// How it stands there.
  private enum Shown: String, CaseIterable {
    case output, folded, markdown, none
  }

  private let shown: Shown
  private let place: CellPlace

  init(_ source: CellSource, at place: CellPlace) throws {
    let stated = source.options["show"] ?? Shown.output.rawValue
    guard let shown = Shown(rawValue: stated) else {
      throw place.error(
        .optionValue(
          "show", value: stated,
          expected: Shown.allCases.map(\.rawValue).joined(separator: ", ")))
    }
    (self.shown, self.place) = (shown, place)
  }

  /// The markdown that shows `printed`.
  func shown(_ printed: Data) throws -> String {
    guard printed.count <= Self.most || shown == .none else {
      throw place.failure(
        "it prints \(Format.bytes(printed.count)), and at most \(Format.bytes(Self.most)) stand beneath a cell;"
          + " write it to a file, or say show=none")
    }
    let here = place.folder.standardizedFileURL.path + "/"
    let text = String(decoding: printed, as: UTF8.self).replacing("\r\n", with: "\n")
      .replacing(here, with: "").printableLines.trimmingNewlines
    if text.isEmpty { return "" }
    return switch shown {
    case .none: ""
    case .markdown: text
    case .output: Self.fenced(text)
    case .folded:
      "<details>\n<summary>\(Format.count(text.split(separator: "\n").count, "line"))</summary>\n\n"
        + Self.fenced(text) + "\n\n</details>"
    }
  }

  /// What sentences may take of the markdown that shows it: its JSON, or its text.
  func value(_ content: String) -> JSON {
    let text = Self.unfenced(content)
    return (try? JSON(parsing: text)) ?? .text(text)
  }

  private static func fenced(_ text: String) -> String {
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)text\n\(text)\n\(fence)"
  }

  /// What stands between the fences of `content`; all of it where there are none.
  private static func unfenced(_ content: String) -> String {
    let lines = content.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(where: { $0.hasPrefix("```") }),
      let last = lines.lastIndex(where: { $0.hasPrefix("```") }), first < last
    else { return content }
    return lines[first + 1..<last].joined(separator: "\n")
  }
}

extension CellPlace {
  /// Paths from the notebook's folder, as an option of a cell states them.
  func paths(_ option: String?) throws -> [String] {
    try (option ?? "").split { $0.isWhitespace || $0 == "," }.map { path in
      guard let path = within(String(path)) else { throw error(.outside(String(path))) }
      return path
    }
  }

  /// Runs a program in the notebook's folder, and returns what it prints.
  func run(_ program: String, _ arguments: [String], _ workshop: any Workshop) throws -> Data {
    let complaints = FileManager.default.temporaryDirectory
      .appending(path: "espalier-\(UUID().uuidString).txt")
    defer { try? FileManager.default.removeItem(at: complaints) }
    let process = Subprocess(
      program, arguments, environment: workshop.environment, folder: folder.path,
      errors: .file(complaints.path))
    let outcome: Subprocess.Outcome
    do {
      outcome = try process.run()
    } catch let failure {
      throw self.failure(failure.description)
    }
    let words = String(decoding: (try? Data(contentsOf: complaints)) ?? Data(), as: UTF8.self)
      .trimmingNewlines
    guard outcome.status == 0 else {
      let last = words.split(separator: "\n").suffix(12).joined(separator: "\n")
      throw failure(
        "\((program as NSString).lastPathComponent) \(Self.ending(outcome.status))"
          + (last.isEmpty ? "" : ", with the words\n\(last)"))
    }
    if !words.isEmpty { workshop.tell(words) }
    return outcome.output
  }

  private static func ending(_ status: Int32) -> String {
    status > 128 ? "was ended by signal \(status - 128)" : "ended with code \(status)"
  }
}
