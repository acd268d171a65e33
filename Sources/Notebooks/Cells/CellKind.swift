package import Digests
package import Foundation
import Reports
import Suites

/// A kind of cell: how its code is read, what it reads and writes, and what comes of it.
///
/// A new kind is a file with a conforming type, and a line in ``CellKinds``.
protocol CellKind: Sendable {
  /// The word behind the fence.
  static var language: String { get }
  /// Options that it has beside `name`.
  static var options: [String] { get }
  /// Whether `code` is of this kind, among those of one language.
  static func reads(_ code: String) -> Bool

  /// Reads a cell.
  init(_ source: CellSource, at place: CellPlace) throws

  /// Files by their paths from the notebook's folder that its outcome depends on; those that are not there are no part
  /// of its key unless another cell writes them.
  var reads: [String] { get }
  /// Cells that it reads, by name.
  var readsCells: [String] { get }
  /// Files and folders that it makes, by their paths from the notebook's folder.
  var writes: [String] { get }
  /// Whether it runs programs of the user's by a shell.
  var isShell: Bool { get }

  /// A digest of the recipes that it runs; `nil` where it runs none.
  func recipes(_ workshop: any Workshop) throws -> Digest?
  /// What it does: the markdown that is to stand beneath it.
  func run(_ workshop: any Workshop, _ cells: [String: any CellKind]) throws -> String
  /// What an output that stands beneath it cannot do without and lacks, by path; empty where it is whole.
  func lacking() -> [String]
  /// What sentences may take from it, whose output is `content`.
  func value(_ content: String, _ cells: [String: any CellKind]) throws -> JSON
  /// Deletes the files that its runs left.
  func clear() throws
}

extension CellKind {
  static func reads(_ code: String) -> Bool { true }
  var reads: [String] { [] }
  var readsCells: [String] { [] }
  var writes: [String] { [] }
  var isShell: Bool { false }
  func recipes(_ workshop: any Workshop) throws -> Digest? { nil }
  func lacking() -> [String] { [] }
  func clear() throws {}
}

/// All kinds of cells.
package enum CellKinds {
  static let all: [any CellKind.Type] = [
    CommandCell.self, SuiteCell.self, ShellCell.self, RecordsCell.self,
  ]

  /// The words behind fences that begin a cell; code in other languages is left alone.
  package static let languages = Set(all.map { $0.language })

  /// Reads `source`.
  static func cell(_ source: CellSource, at place: CellPlace) throws -> any CellKind {
    let kind = all.first { $0.language == source.language && $0.reads(source.code) }
    guard let kind else { preconditionFailure("no kind reads cells in \(source.language)") }
    let known = ["name"] + kind.options
    for option in source.options.keys.sorted() where !known.contains(option) {
      throw place.error(
        .unknownOption(
          option, nearest: Suggestion.nearest(to: option, among: known), known: known))
    }
    return try kind.init(source, at: place)
  }
}

/// Where a cell stands.
package struct CellPlace: Hashable, Sendable {
  /// The notebook as the user named it.
  package let file: String
  /// The notebook's folder, in which its cells run.
  package let folder: URL
  /// The folder of what the notebook's cells make: the notebook's, without its ending.
  package let results: URL
  /// The line of the cell's first fence, from 1.
  package let line: Int
  /// How messages call the cell.
  let called: String

  /// Why the cell failed, as an error that names it.
  package func failure(_ reason: String) -> NotebookError { error(.failed(called, reason: reason)) }

  func error(_ fault: NotebookError.Fault) -> NotebookError {
    NotebookError(file: file, line: line, fault)
  }

  /// `code` after so many empty lines that its lines have the numbers that they have in the notebook.
  func numbered(_ code: String) -> String { String(repeating: "\n", count: line) + code }

  /// A path from the notebook's folder, without detours; `nil` where it leads out of it.
  func within(_ path: String) -> String? {
    guard !path.hasPrefix("/") else { return nil }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}

/// What runs suites, commands and programs for the cells of notebooks.
package protocol Workshop: Sendable {
  /// The program that commands run.
  var program: String { get }
  /// The variables that programs get.
  var environment: [String: String] { get }
  /// A digest of the recipes of a suite: of the artifacts that its first look plans.
  func recipes(ofSuite text: String, at place: CellPlace) throws -> Digest
  /// Runs a suite, as far as it is not in the store, and writes its report into `folder`.
  func run(suite text: String, at place: CellPlace, into folder: URL) throws
  /// Tells what goes on.
  func tell(_ line: String)
}
