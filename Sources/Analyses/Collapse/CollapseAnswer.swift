import Foundation
import Recipes
import Reports
import Suites
import Wording

/// At which compressions the methods of a collapse suite empty a layer, in one sentence.
struct CollapseAnswer {
  private let runs: [CollapseRun]

  /// The answer of at least one run.
  init(_ runs: [CollapseRun]) { self.runs = runs }

  /// A compression as reports write it: whole from 1,000 on.
  static func words(_ compression: Double) -> String {
    compression < 1000
      ? Format.significant(compression, digits: 4) : Format.count(Int(compression.rounded()))
  }

  /// The power of ten above all compressions that a figure of `runs` shows.
  static func top(_ runs: [CollapseRun]) -> Double {
    let shown = runs.flatMap { run in
      [run.maximal] + [run.lastWhole, run.firstEmpty].compactMap { $0?.density.compression }
    }
    return pow(10, max(1, log10(shown.max() ?? 10).rounded(.up)))
  }

  /// Method by method in the order of the suite.
  var sentence: Markdown.Text {
    let names = runs.map(\.method.name).distinct
    let parts = names.map { name in part(name, runs.filter { $0.method.name == name }) }
    let replicates = Set(runs.map(\.replicate)).count
    let frame = replicates == 1 ? "In one replicate" : "In \(Format.count(replicates, "replicate"))"
    return parts.dropFirst().reduce("\(frame), " + parts[0]) { $0 + "; " + $1 } + "."
  }

  private func part(_ name: String, _ own: [CollapseRun]) -> Markdown.Text {
    let emptied = own.filter { $0.firstEmpty != nil }
    guard !emptied.isEmpty else {
      let last = own.compactMap { $0.lastWhole?.density.compression }.min()
      return """
        \(strong: "\(name) empties no layer") up to \(last.map(Self.words) ?? Format.missing), where results end
        """
    }
    let low = emptied.map { $0.lastWhole?.density.compression ?? 1 }.min() ?? 1
    let high = emptied.compactMap { $0.firstEmpty?.density.compression }.max() ?? 1
    let share =
      emptied.count == own.count
      ? "" : ", in \(emptied.count) of \(Format.count(own.count, "replicate"))"
    return """
      \(strong: "\(name) empties a layer between compressions \(Self.words(low)) and \(Self.words(high))")\(share)\(bound(own))
      """
  }

  /// What is to be said where every replicate keeps all layers up to the last compression tried at which any method can.
  private func bound(_ own: [CollapseRun]) -> String {
    let isBest = own.allSatisfy { run in
      guard let last = run.lastWhole, let first = run.firstEmpty else { return false }
      return last.density.compression <= run.maximal && run.maximal < first.density.compression
    }
    guard isBest, let maximal = own.first?.maximal else { return "" }
    return ", which brackets the bound of any method, N/L = \(Self.words(maximal))"
  }
}
