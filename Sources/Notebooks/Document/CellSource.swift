import Digests
import Foundation

/// A fenced block of code that a notebook runs, as it is written, with what its last run left beneath.
package struct CellSource: Hashable, Sendable {
  /// Its place among the notebook's cells, from 1.
  package let number: Int
  /// The line of its first fence, from 1.
  package let line: Int
  /// The first word behind the fence: `espalier`, `sh`, `records`.
  package let language: String
  /// What stands behind that word as `name=value`.
  package let options: [String: String]
  /// The lines between the fences.
  package let code: String
  /// Where its last fence ends in the notebook's bytes, before the line's end.
  let end: Int
  /// What its last run left beneath it.
  var output: CellOutput?

  /// The name that others know it by.
  package var name: String? { options["name"] }

  /// How messages call it.
  package var called: String { name.map { "cell '\($0)'" } ?? "cell \(number)" }

  /// SHA-256 of language, options and code.
  ///
  /// The order of the options does not matter, nor does a name that no one uses in the code.
  var textDigest: Digest {
    let stated = options.filter { $0.key != "name" }.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)" }
    return Digest.sha256(of: Data(([language] + stated + [code]).joined(separator: "\0").utf8))
  }
}

/// What a run left beneath a cell.
struct CellOutput: Hashable, Sendable {
  /// The line of its first marker, from 1.
  let line: Int
  /// What it was made of; `nil` where the marker's words are no key.
  let key: CellKey
  /// The markdown between the markers, without the blank lines around it.
  let content: String
  /// The notebook's bytes that it takes, from the end of the cell's last line to that of the last marker.
  let bytes: Range<Int>
}
