import ArgumentParser
import Reports
import Suites
import Wording

/// In which formats a report is written.
struct FormatOptions: ParsableArguments {
  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "What stands beside report.md, several with commas between: \(ReportFormat.all.map(\.name).joined(separator: ", ")). (default: markdown)",
      discussion: "What the former report of this folder wrote and this one does not is removed."))
  var names: [String] = []

  /// The formats in the order asked for, each once.
  var formats: [ReportFormat] {
    var formats: [ReportFormat] = []
    for name in asked {
      guard let format = ReportFormat.all.first(where: { $0.name == name }) else { continue }
      if !formats.contains(format) { formats.append(format) }
    }
    return formats.isEmpty ? [.markdown] : formats
  }

  private var asked: [String] {
    names.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .map { $0.filter { !$0.isWhitespace }.lowercased() }
  }

  func validate() throws {
    let known = ReportFormat.all.map(\.name)
    for name in asked where !known.contains(name) {
      let nearest = Suggestion.nearest(to: name, among: known)
      throw ValidationError(
        "--format \(name.printable): "
          + (nearest.map { "did you mean \($0)? " } ?? "")
          + "write \(known.dropLast().joined(separator: ", ")) or \(known[known.count - 1])")
    }
  }
}
