import Digests
import Foundation
import Reports
import Suites

/// A notebook with its cells read, joined and compared with what stands beneath them.
struct NotebookPlan {
  let notebook: Notebook
  let cells: [any CellKind]
  let graph: CellGraph
  /// What each cell's output would be made of.
  private(set) var keys: [CellKey] = []
  /// Why each cell is to run; empty for those whose outputs are what they should be.
  private(set) var reasons: [[String]] = []
  /// The values that sentences take.
  private(set) var expressions: [(expression: ValueExpression, cell: Int)] = []

  private let folder: URL

  /// Reads every cell, and nothing runs.
  init(_ notebook: Notebook, at url: URL, _ workshop: any Workshop) throws {
    self.notebook = notebook
    let folder = url.standardizedFileURL.deletingLastPathComponent()
    let results = url.standardizedFileURL.deletingPathExtension()
    self.folder = folder
    cells = try notebook.cells.map { source in
      try CellKinds.cell(
        source,
        at: CellPlace(
          file: notebook.file, folder: folder, results: results, line: source.line,
          called: source.called))
    }
    graph = try CellGraph(notebook.cells, cells, file: notebook.file)
    for index in cells.indices {
      keys.append(try key(of: index, workshop))
      reasons.append(reasons(of: index))
    }
    for placeholder in notebook.placeholders { try append(placeholder) }
  }

  private mutating func append(_ placeholder: Placeholder) throws {
    let expression: ValueExpression
    do {
      expression = try ValueExpression(placeholder.expression)
    } catch let fault {
      throw error(at: placeholder, .expression(placeholder.expression, problem: fault.problem))
    }
    guard let cell = notebook.cells.firstIndex(where: { $0.name == expression.cell }) else {
      let names = notebook.cells.compactMap(\.name)
      throw error(
        at: placeholder,
        .noSuchCell(
          expression.cell, nearest: Suggestion.nearest(to: expression.cell, among: names)))
    }
    expressions.append((expression, cell))
  }

  /// What the output of the cell at `index` would be made of, given the keys of those above.
  private func key(of index: Int, _ workshop: any Workshop) throws -> CellKey {
    var key = CellKey()
    key.add(.text, notebook.cells[index].textDigest)
    if let recipes = try cells[index].recipes(workshop) { key.add(.recipes, recipes) }
    for origin in graph.origins[index] {
      switch origin {
      case .cell(let other, nil):
        key.add(.cell(notebook.cells[other].name ?? "\(other + 1)"), keys[other].digest)
      case .cell(let other, let path?): key.add(.file(path), keys[other].digest)
      case .file(let path):
        if let digest = digest(ofFile: path) { key.add(.file(path), digest) }
      }
    }
    return key
  }

  /// SHA-256 of a file; `nil` for what is no file.
  private func digest(ofFile path: String) -> Digest? {
    let url = folder.appending(path: path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
      !isFolder.boolValue
    else { return nil }
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return Digest.sha256(readingFrom: descriptor)
  }

  private func reasons(of index: Int) -> [String] {
    guard let output = notebook.cells[index].output else { return ["it has not run yet"] }
    let above = Set(graph.cells(readBy: index)).sorted().filter { !reasons[$0].isEmpty }
    return keys[index].differences(from: output.key)
      + cells[index].lacking().map { "\($0) is not there" }
      + above.map { "\(notebook.cells[$0].called), which it reads, is to run" }
  }

  /// The files that `cell` reads and no cell makes, as they are now.
  func inputs(of index: Int) -> [String: Digest] {
    var found: [String: Digest] = [:]
    for case .file(let path) in graph.origins[index] { found[path] = digest(ofFile: path) }
    return found
  }

  /// Makes the folders that hold what the cell at `index` makes.
  func prepare(_ index: Int) throws {
    for path in cells[index].writes {
      try FileManager.default.createDirectory(
        at: folder.appending(path: path).deletingLastPathComponent(),
        withIntermediateDirectories: true)
    }
  }

  /// The cells that are to run, in their order: the stale ones, and those whose files these read and which are gone.
  ///
  /// - Parameter all: whether every cell is to run.
  func toRun(all: Bool) -> [Int] {
    var wanted = Set(cells.indices.filter { all || !reasons[$0].isEmpty })
    for index in cells.indices.reversed() where wanted.contains(index) {
      wanted.formUnion(missingInputs(of: index))
    }
    return wanted.sorted()
  }

  /// Cells by name.
  var named: [String: any CellKind] {
    Dictionary(
      zip(notebook.cells, cells).compactMap { source, cell in source.name.map { ($0, cell) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// What a placeholder takes from what stands beneath the cells now.
  enum Value {
    case known(String)
    /// Its cell has not run.
    case notRun
    /// What its cell reads was made by another one, elsewhere.
    case elsewhere
    case fault(NotebookError)
  }

  /// What each placeholder takes.
  func values() -> [Value] {
    var roots: [Int: JSON] = [:]
    return zip(notebook.placeholders, expressions).map { placeholder, found in
      guard let output = notebook.cells[found.cell].output, cells[found.cell].lacking().isEmpty
      else { return .notRun }
      guard missingInputs(of: found.cell).isEmpty else { return .elsewhere }
      do {
        let root = try roots[found.cell] ?? cells[found.cell].value(output.content, named)
        roots[found.cell] = root
        return .known(try found.expression.text(in: root))
      } catch {
        let problem = (error as? ValueExpression.Fault)?.problem ?? "\(error)"
        return .fault(self.error(at: placeholder, .value(placeholder.expression, problem: problem)))
      }
    }
  }

  /// An error on the line of `placeholder`.
  func error(at placeholder: Placeholder, _ fault: NotebookError.Fault) -> NotebookError {
    NotebookError(
      file: notebook.file, line: notebook.line(of: placeholder.bytes.lowerBound), fault)
  }

  /// Cells that make files that the cell at `index` reads and that are not there.
  private func missingInputs(of index: Int) -> [Int] {
    graph.origins[index].compactMap { origin in
      guard case .cell(let other, let path?) = origin,
        !FileManager.default.fileExists(atPath: folder.appending(path: path).path)
      else { return nil }
      return other
    }
  }
}
