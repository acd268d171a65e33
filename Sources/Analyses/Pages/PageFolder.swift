package import Foundation
import Suites

/// A folder of articles: a page of every criterion, ablation and analysis, the front page that lists them, and beside them
/// what is written by hand.
package struct PageFolder {
  private let folder: URL
  /// The texts that the folder should hold, by file name without its ending.
  private let texts: [String: String]
  /// Pages that are not there or say something else, sorted.
  package let stale: [String]
  /// Pages of what there is no more, sorted.
  package let gone: [String]

  /// The file of the page that lists all others.
  private static let front = "Espalier"

  /// Compares what is in `folder` with what would be written.
  ///
  /// - Throws: `TextFileError` or the system's error where the folder cannot be read.
  package init(_ folder: URL) throws {
    self.folder = folder
    let pages = Dictionary(uniqueKeysWithValues: ReferencePage.all.map { ($0.file, $0.text) })
    let there = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    let own = there.filter { name in ReferencePage.sorts.contains { name.hasPrefix("\($0)-") } }
    let articles = there.filter { $0 != Self.front && !own.contains($0) }
    texts = pages.merging([Self.front: ReferencePage.front(articles: articles)]) { $1 }
    stale = try texts.filter { name, text in
      try !there.contains(name) || TextFile.read(Self.file(name, in: folder)) != text
    }.map(\.key).sorted()
    gone = own.filter { pages[$0] == nil }
  }

  /// How many pages it should hold.
  package var count: Int { texts.count }

  /// Writes what is stale and removes what is gone; returns what was written.
  package func write() throws -> [URL] {
    for name in gone { try FileManager.default.removeItem(at: Self.file(name, in: folder)) }
    return try stale.map { name in
      let file = Self.file(name, in: folder)
      try Data((texts[name] ?? "").utf8).write(to: file, options: .atomic)
      return file
    }
  }

  private static func file(_ name: String, in folder: URL) -> URL {
    folder.appending(path: "\(name).md")
  }
}
