import Digests
import Foundation

/// What the output of a cell was made of, part by part, so that a stale cell can say why.
package struct CellKey: Hashable, Sendable {
  /// A part of what an output is made of.
  enum Part: Hashable, Comparable, Sendable {
    /// The cell as it is written.
    case text
    /// The recipes that it runs: kinds, schemas, data, options.
    case recipes
    /// A file, by its path from the notebook's folder; one that another cell writes counts as that cell.
    case file(String)
    /// Another cell, by its name.
    case cell(String)
  }

  /// Digests of 64 bits, in hexadecimal, by part.
  private(set) var parts: [Part: String] = [:]

  /// A key of nothing.
  init() {}

  /// Adds a part.
  mutating func add(_ part: Part, _ digest: Digest) {
    parts[part] = String(digest.hexadecimal.prefix(16))
  }

  /// Reads what ``words`` writes; `nil` for other words.
  init?(words: String) {
    for word in words.split(separator: " ") {
      guard let equals = word.lastIndex(of: "=") else { return nil }
      let digest = word[word.index(after: equals)...]
      guard digest.count == 16, digest.allSatisfy({ $0.isHexDigit && !$0.isUppercase }),
        let part = Part(word[..<equals]), parts.updateValue(String(digest), forKey: part) == nil
      else { return nil }
    }
    guard parts[.text] != nil else { return nil }
  }

  /// The parts in one line: `text=0123456789abcdef file:w.safetensors=fedcba9876543210`.
  var words: String {
    parts.sorted { $0.key < $1.key }.map { "\($0.key.word)=\($0.value)" }.joined(separator: " ")
  }

  /// A digest of all parts, for the keys of cells that read what this one writes.
  var digest: Digest { Digest.sha256(of: Array(words.utf8)) }

  /// Why an output made of `former` is not one of this key; empty where it is.
  func differences(from former: CellKey) -> [String] {
    Set(parts.keys).union(former.parts.keys).sorted().compactMap { part in
      switch (former.parts[part], parts[part]) {
      case let (before, now) where before == now: nil
      case (nil, _): part.isNew
      case (_, nil): part.isGone
      default: part.isChanged
      }
    }
  }
}

extension CellKey.Part {
  private static let fileWord = "file:"
  private static let cellWord = "cell:"

  fileprivate init?(_ word: Substring) {
    switch word {
    case "text": self = .text
    case "recipes": self = .recipes
    default:
      let (isFile, isCell) = (word.hasPrefix(Self.fileWord), word.hasPrefix(Self.cellWord))
      guard isFile || isCell, let name = word.dropFirst(5).removingPercentEncoding else {
        return nil
      }
      self = isFile ? .file(name) : .cell(name)
    }
  }

  fileprivate var word: String {
    switch self {
    case .text: "text"
    case .recipes: "recipes"
    case .file(let path): Self.fileWord + Self.encoded(path)
    case .cell(let name): Self.cellWord + Self.encoded(name)
    }
  }

  /// Without blanks, and without what could end a comment.
  private static func encoded(_ text: String) -> String {
    text.utf8.reduce(into: "") { result, byte in
      let character = Character(Unicode.Scalar(byte))
      let isPlain =
        byte < 0x80 && (character.isLetter || character.isNumber || "._/-".contains(character))
      result +=
        isPlain
        ? String(character)
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.replacing("--", with: "-%2D")
  }

  fileprivate var isChanged: String {
    switch self {
    case .text: "its text changed"
    case .recipes:
      "its recipes changed: another schema of the toolkit, other data or another program"
    case .file(let path): "\(path) changed"
    case .cell(let name): "cell '\(name)' changed"
    }
  }

  fileprivate var isNew: String {
    switch self {
    case .text, .recipes: isChanged
    case .file(let path): "\(path), which it reads, was not there"
    case .cell(let name): "it did not read cell '\(name)'"
    }
  }

  fileprivate var isGone: String {
    switch self {
    case .text, .recipes: isChanged
    case .file(let path): "\(path), which it read, is not there"
    case .cell(let name): "it read cell '\(name)'"
    }
  }
}
