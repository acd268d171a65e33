import Digests
import Suites

/// Which cell reads what which other makes.
struct CellGraph {
  /// Where something that a cell reads comes from.
  enum Origin: Hashable {
    /// Another cell, by its place from 0; of a file, with its path.
    case cell(Int, path: String?)
    /// A file that no cell makes.
    case file(String)
  }

  /// What each cell reads.
  let origins: [[Origin]]

  /// Joins readers and writers.
  ///
  /// - Throws: ``NotebookError`` where cells read one another in a circle, one reads what is made further down, two write
  ///   one path, or a name is no cell's.
  init(_ sources: [CellSource], _ cells: [any CellKind], file: String) throws(NotebookError) {
    func error(_ cell: Int, _ fault: NotebookError.Fault) -> NotebookError {
      NotebookError(file: file, line: sources[cell].line, fault)
    }
    var writers: [String: Int] = [:]
    for (index, cell) in cells.enumerated() {
      for path in Set(cell.writes).sorted() {
        if let other = writers.updateValue(index, forKey: path) {
          throw error(
            index, .writesTwice(sources[index].called, path: path, line: sources[other].line))
        }
      }
    }
    /// The cell that makes `path`, or a folder that holds it.
    func writer(of path: String) -> Int? {
      var path = Substring(path)
      while true {
        if let found = writers[String(path)] { return found }
        guard let slash = path.lastIndex(of: "/") else { return nil }
        path = path[..<slash]
      }
    }
    let names = Dictionary(
      sources.enumerated().compactMap { index, source in source.name.map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
    var origins: [[Origin]] = []
    for (index, cell) in cells.enumerated() {
      var found: [Origin] = []
      for name in cell.readsCells {
        guard let other = names[name] else {
          let nearest = Suggestion.nearest(to: name, among: Array(names.keys))
          throw error(index, .noSuchCell(name, nearest: nearest))
        }
        found.append(.cell(other, path: nil))
      }
      for path in Set(cell.reads).sorted() {
        switch writer(of: path) {
        case index: continue
        case let other?: found.append(.cell(other, path: path))
        case nil: found.append(.file(path))
        }
      }
      origins.append(found)
    }
    self.origins = origins
    for index in cells.indices {
      if let circle = circle(from: index) {
        throw error(index, .circle((circle + [index]).map { sources[$0].called }))
      }
    }
    for index in cells.indices {
      for case .cell(let other, let path) in origins[index] where other > index {
        throw error(
          index,
          .readsBelow(
            sources[index].called, path: path ?? sources[other].called,
            writer: sources[other].called,
            line: sources[other].line))
      }
    }
  }

  /// The cells that the cell at `index` reads.
  func cells(readBy index: Int) -> [Int] {
    origins[index].compactMap { origin in
      if case .cell(let other, _) = origin { other } else { nil }
    }
  }

  /// The way from a cell through what it reads back to itself; `nil` where there is none.
  private func circle(from start: Int) -> [Int]? {
    var seen: Set<Int> = []
    func way(_ path: [Int]) -> [Int]? {
      for next in cells(readBy: path[path.count - 1]) {
        if next == start { return path }
        if seen.insert(next).inserted, let found = way(path + [next]) { return found }
      }
      return nil
    }
    return way([start])
  }
}
