import Foundation

/// What was written with a report, as comments at its text's end say: its figures, and its other formats where there are
/// any.
///
/// So that the next report, which may have others, knows what to remove.
struct Inventory: Equatable {
  /// Names of figures.
  var figures: [String] = []
  /// Names of files.
  var formats: [String] = []

  private static let figuresStart = "<!-- Figures written with this report:"
  private static let formatsStart = "<!-- Files written with this report:"

  /// Files by figures and formats.
  init(figures: [String] = [], formats: [String] = []) {
    (self.figures, self.formats) = (figures, formats)
  }

  /// What the last lines of a text say; nothing where they say nothing.
  init(_ text: String) {
    var lines = text.split(whereSeparator: \.isNewline)
    func names(_ start: String) -> [String]? {
      guard let line = lines.last, line.hasPrefix(start), line.hasSuffix("-->") else { return nil }
      lines.removeLast()
      return line.dropFirst(start.count).dropLast(3).split(separator: " ").map(String.init)
    }
    guard let own = names(Self.figuresStart) else { return }
    figures = own.filter(Self.isPlain)
    formats = (names(Self.formatsStart) ?? []).filter(Self.isFormat)
  }

  /// The comments.
  var text: String {
    ((formats.isEmpty ? [] : [Self.comment(Self.formatsStart, formats)])
      + [Self.comment(Self.figuresStart, figures)]).joined()
  }

  /// The files' paths in the folder.
  var paths: [String] { figures.map { ReportFolder.path(ofFigure: $0) } + formats }

  private static func comment(_ start: String, _ names: [String]) -> String {
    "\(([start] + names).joined(separator: " ")) -->\n"
  }

  /// Whether a figure may have this name: letters a–z, digits and hyphens.
  static func isPlain(_ name: some StringProtocol) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      }
  }

  /// Whether a report can have written this file: no edited comment may have others removed.
  private static func isFormat(_ path: String) -> Bool {
    let name = path.hasPrefix("figures/") ? path.dropFirst("figures/".count) : path[...]
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy(isPlain) else { return false }
    return path != name ? ["pdf", "png"].contains(parts[1]) : parts[0] == "report"
  }
}
