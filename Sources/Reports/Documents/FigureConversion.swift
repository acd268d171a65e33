package import Foundation
import Processes

/// Figures as PDF and PNG, which `rsvg-convert` of the librsvg project makes of their SVG.
package struct FigureConversion: Sendable {
  /// The program that converts.
  private let program: String

  /// Converts by `program`.
  package init(program: String = "rsvg-convert") { self.program = program }

  /// Why a figure could not be converted.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    /// The program is not there.
    case missing(program: String)
    /// It did not convert a figure.
    case refused(program: String, figure: String, status: Int32)

    /// The sentence for the user.
    package var description: String {
      switch self {
      case .missing(let program):
        "figures are there as SVG alone, and report.tex shows none: install \(program) (Debian: librsvg2-bin)"
          + " and write the report again"
      case .refused(let program, let figure, let status):
        "figures are there as SVG alone: \(program) could not convert the figure \(figure) (status \(status))"
      }
    }
  }

  /// `figures` as files of the kinds `endings`, by their paths in a report's folder.
  ///
  /// The same figures give the same bytes by the same version of the program: its clock stands still.
  package func files(of figures: [String: String], as endings: [String]) throws -> [String: Data] {
    if endings.isEmpty { return [:] }
    let scratch = FileManager.default.temporaryDirectory.appending(
      path: "espalier-figures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    var files: [String: Data] = [:]
    for (name, svg) in figures.sorted(by: { $0.key < $1.key }) {
      let source = scratch.appending(path: "figure.svg")
      try Data(svg.utf8).write(to: source)
      for ending in endings {
        files["figures/\(name).\(ending)"] = try converted(source, named: name, to: ending)
      }
    }
    return files
  }

  private func converted(_ source: URL, named name: String, to ending: String) throws(Failure)
    -> Data
  {
    // Pixels enough for print and for slides, on white, since what is behind is not known.
    let looks = ending == "png" ? ["--zoom", "2", "--background-color", "white"] : []
    let environment = ProcessInfo.processInfo.environment.merging(["SOURCE_DATE_EPOCH": "0"]) { $1 }
    let process = Subprocess(
      program, ["--format", ending] + looks + [source.path], environment: environment)
    let outcome: Subprocess.Outcome
    do { outcome = try process.run() } catch { throw .missing(program: program) }
    guard outcome.status == 0, !outcome.output.isEmpty else {
      throw .refused(program: program, figure: name, status: outcome.status)
    }
    return outcome.output
  }
}
