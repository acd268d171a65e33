import Foundation
import Processes

/// Draws figures with the `gnuplot` executable.
///
/// The same figure and the same version of gnuplot give the same bytes: the script stands alone, and
/// neither the user's settings nor the locale reach gnuplot.
///
/// Reference: Williams, Kelley and others, gnuplot 5.4: an interactive plotting program (2020).
package struct Gnuplot: Sendable {
  /// The executable's name, looked up on the PATH, or its path.
  package let executable: String

  /// Makes a renderer.
  package init(executable: String = "gnuplot") {
    self.executable = executable
  }

  /// The script that draws a figure.
  package static func script(for figure: Figure) throws(ReportsError) -> String {
    let canvas =
      switch figure.drawing {
      case .lines(let chart): try chart.canvas(figure: figure.title)
      case .bars(let chart): try chart.canvas(figure: figure.title)
      case .forest(let plot): try plot.canvas(figure: figure.title)
      case .contours(let map): try map.canvas(figure: figure.title)
      }
    return canvas.script
  }

  /// The figure as the text of an SVG file, legible on light and on dark backgrounds.
  package func svg(_ figure: Figure) throws -> String {
    let script = try Self.script(for: figure)
    let drawn = try run(script)
    guard drawn.status == 0, let picture = Picture(drawn.output) else {
      let message = drawn.message.split(separator: "\n").map { $0.trimmingPrefix(" ") }
        .joined(separator: " ")
      throw ReportsError.gnuplotFailed(
        figure: figure.title, status: drawn.status,
        message: message.isEmpty ? "no drawing in its output" : message)
    }
    return picture.rendered(title: figure.title, alternative: figure.alternative)
  }

  /// Throws where there is no such executable.
  package func requireThere() throws(ReportsError) { _ = try located() }

  private func located() throws(ReportsError) -> (path: String, search: String) {
    let search = ProcessInfo.processInfo.environment["PATH"] ?? ""
    guard let path = Self.find(executable, in: search) else {
      throw .gnuplotMissing(executable: executable)
    }
    return (path, search)
  }

  private func run(
    _ script: String
  ) throws -> (output: String, message: String, status: Int32) {
    let (path, search) = try located()
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("figure-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files and not pipes for input and messages: gnuplot may stop before it has read everything,
    // and a write to a closed pipe would end this process.
    let input = folder.appendingPathComponent("script")
    let messages = folder.appendingPathComponent("messages")
    try Data(script.utf8).write(to: input)
    let outcome: Subprocess.Outcome
    do {
      outcome = try Subprocess(
        path, ["--default-settings"], environment: ["PATH": search, "LC_ALL": "C"],
        input: input.path, errors: .file(messages.path)
      ).run()
    } catch {
      throw ReportsError.gnuplotNotStarted(reason: "\(error)")
    }
    return (
      String(decoding: outcome.output, as: UTF8.self),
      String(decoding: try Data(contentsOf: messages), as: UTF8.self),
      outcome.status
    )
  }

  static func find(_ executable: String, in search: String) -> String? {
    let candidates =
      executable.contains("/")
      ? [executable]
      : search.split(separator: ":").map { "\($0)/\(executable)" }
    return candidates.first { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: path)
    }
  }
}
