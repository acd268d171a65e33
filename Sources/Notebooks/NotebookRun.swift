package import Foundation
import Suites
import Wording

/// What may be done with a notebook's file.
package struct NotebookRun {
  private let url: URL
  private let workshop: any Workshop

  /// The notebook at `url`.
  package init(_ url: URL, _ workshop: any Workshop) {
    (self.url, self.workshop) = (url, workshop)
  }

  /// How a run ended.
  package struct Summary: Hashable, Sendable {
    /// Cells that ran.
    package let ran: Int
    /// Cells in all.
    package let cells: Int
  }

  /// Something in a notebook that is not what a run would leave.
  package struct Stale: Hashable, Sendable, CustomStringConvertible {
    /// `file:line: sentence`.
    package let description: String
  }

  private func notebook(_ text: String) throws -> Notebook {
    try Notebook(text, file: url.relativePath, languages: CellKinds.languages)
  }

  /// Runs the cells whose outputs are not what they should be, and fills in the values of sentences.
  ///
  /// The file is rewritten after each cell. A cell that fails ends the run; what stands beneath it stays.
  ///
  /// - Parameters:
  ///   - all: whether every cell runs.
  ///   - allowsShell: whether shell cells may run.
  package func run(all: Bool, allowsShell: Bool) throws -> Summary {
    let name = url.relativePath
    let file = try NotebookFile(url) {
      workshop.tell("\(name): waits for another process that runs it")
    }
    var plan = try NotebookPlan(try notebook(file.text), at: url, workshop)
    let wanted = plan.toRun(all: all)
    let shells = wanted.filter { plan.cells[$0].isShell }.map { plan.notebook.cells[$0].line }
    if !allowsShell, let first = shells.first {
      throw NotebookError(file: name, line: first, .shell(shells))
    }
    for index in wanted {
      let source = plan.notebook.cells[index]
      workshop.tell(
        "\(name):\(source.line): \(source.called) runs: "
          + (plan.reasons[index].first ?? "its files are needed"))
      try plan.prepare(index)
      let before = plan.inputs(of: index)
      let content = try plan.cells[index].run(workshop, plan.named)
      let after = plan.inputs(of: index)
      if let changed = Set(before.keys).union(after.keys).sorted()
        .first(where: { after[$0] != before[$0] })
      {
        throw NotebookError(
          file: name, line: source.line, .changesItsInput(source.called, path: changed))
      }
      let next = try plan.notebook.replacing(
        output: content, of: source, madeOf: plan.keys[index], CellKinds.languages)
      try file.write(next.source)
      // What a cell makes may be what the next one reads.
      plan = try NotebookPlan(next, at: url, workshop)
    }
    try fill(plan, file)
    return Summary(ran: wanted.count, cells: plan.cells.count)
  }

  /// Fills in the values of sentences, all that are known; then tells the first that is not.
  private func fill(_ plan: NotebookPlan, _ file: NotebookFile) throws {
    let places = zip(plan.notebook.placeholders, plan.values())
    let edits = places.compactMap { place, value -> (bytes: Range<Int>, text: String)? in
      guard case .known(let text) = value, text != place.value else { return nil }
      return (place.bytes, Placeholder.text(of: place.expression, having: text))
    }
    try file.write(try plan.notebook.replacing(edits, CellKinds.languages).source)
    for (place, value) in places {
      if case .fault(let error) = value { throw error }
      if case .elsewhere = value, place.value == nil {
        throw plan.error(
          at: place,
          .value(
            place.expression,
            problem: "what its cell reads is not there; run the notebook with --all"))
      }
    }
  }

  /// What is not as a run would leave it: keys are compared, never outputs, and nothing runs.
  package func check() throws -> [Stale] {
    let plan = try NotebookPlan(try notebook(try TextFile.read(url)), at: url, workshop)
    var found: [Stale] = []
    for (source, reasons) in zip(plan.notebook.cells, plan.reasons) where !reasons.isEmpty {
      found.append(
        Stale(
          description:
            "\(url.relativePath):\(source.line): \(source.called) is stale: \(reasons.joined(separator: "; "))"
            .printableLines))
    }
    for (place, value) in zip(plan.notebook.placeholders, plan.values()) {
      let problem: String?
      switch value {
      case .fault(let error):
        found.append(Stale(description: error.description))
        continue
      case .known(let text) where text == place.value: problem = nil
      case .known(let text): problem = "its cell says \(text)"
      case .notRun: problem = "its cell has not run"
      case .elsewhere: problem = place.value == nil ? "what its cell reads is not there" : nil
      }
      guard let problem else { continue }
      let line = plan.notebook.line(of: place.bytes.lowerBound)
      found.append(
        Stale(
          description: ("\(url.relativePath):\(line): {{ \(place.expression) }} "
            + (place.value.map { "says \($0)" } ?? "has no value yet") + ", and " + problem)
            .printableLines))
    }
    return found
  }

  /// Takes away what runs left: outputs, values of sentences, and the files of suites.
  package func clear() throws {
    let file = try NotebookFile(url) {
      workshop.tell("\(url.relativePath): waits for another process that runs it")
    }
    let plan = try NotebookPlan(try notebook(file.text), at: url, workshop)
    try file.write(try plan.notebook.cleared(CellKinds.languages).source)
    for cell in plan.cells { try cell.clear() }
  }
}
