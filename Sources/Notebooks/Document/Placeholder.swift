/// A value of a cell in a sentence: `{{ cell.field }}` as it is written, and `<data value="{{ cell.field }}">97.3</data>`
/// once it has been filled in, which every reader of markdown shows as `97.3`.
///
/// HTML's `data` element holds what a machine reads beside what a person does; no line that begins with one is a block of
/// markup of its own, as one that begins with a comment would be.
struct Placeholder: Hashable {
  /// What stands between the braces, without the blanks around it.
  let expression: String
  /// The value that was filled in; `nil` where there is none yet.
  let value: String?
  /// The notebook's bytes that it takes.
  let bytes: Range<Int>

  private static let open = Array("{{".utf8)
  private static let close = Array("}}".utf8)
  private static let element = Array("<data value=\"{{".utf8)
  private static let elementOpens = Array("}}\">".utf8)
  private static let elementEnds = Array("</data>".utf8)
  private static let comment = Array("<!--".utf8)
  private static let commentEnds = Array("-->".utf8)

  /// `expression` as it is written before it has a value.
  static func text(of expression: String) -> String { "{{ \(expression) }}" }

  /// `expression` with its value; quotation marks in it become those that may stand in the element.
  static func text(of expression: String, having value: String) -> String {
    "<data value=\"{{ \(expression.replacing("\"", with: "'")) }}\">\(value)</data>"
  }

  /// A filled-in value whose element does not end in the same paragraph, by the place where it begins.
  struct Unended: Error {
    let byte: Int
  }

  /// The placeholders of the prose in `range` of `bytes`: code, comments and what follows a backslash have none.
  static func all(in range: Range<Int>, of bytes: [UInt8]) throws(Unended) -> [Placeholder] {
    var found: [Placeholder] = []
    var place = range.lowerBound
    func begins(_ pattern: [UInt8]) -> Bool {
      bytes[place..<range.upperBound].starts(with: pattern)
    }
    func next(_ pattern: [UInt8], from start: Int) -> Int? {
      guard start <= range.upperBound else { return nil }
      return bytes[start..<range.upperBound].firstRange(of: pattern)?.lowerBound
    }
    func words(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    while place < range.upperBound {
      if bytes[place] == UInt8(ascii: "\\") {
        place += 2
      } else if bytes[place] == UInt8(ascii: "`") {
        place = endOfCode(at: place, in: range, of: bytes)
      } else if begins(comment), let end = next(commentEnds, from: place) {
        place = end + commentEnds.count
      } else if begins(element), let middle = next(elementOpens, from: place) {
        let start = middle + elementOpens.count
        guard let end = next(elementEnds, from: start) else { throw Unended(byte: place) }
        found.append(
          Placeholder(
            expression: trimmed(words(place + element.count..<middle)),
            value: words(start..<end), bytes: place..<end + elementEnds.count))
        place = end + elementEnds.count
      } else if begins(open), let end = next(close, from: place) {
        found.append(
          Placeholder(
            expression: trimmed(words(place + open.count..<end)), value: nil,
            bytes: place..<end + close.count))
        place = end + close.count
      } else {
        place += 1
      }
    }
    return found
  }

  /// Where the code span ends that a run of backticks at `place` begins; where that run ends, if no other closes it.
  private static func endOfCode(at place: Int, in range: Range<Int>, of bytes: [UInt8]) -> Int {
    func run(at start: Int) -> Int {
      bytes[start..<range.upperBound].prefix { $0 == UInt8(ascii: "`") }.count
    }
    let length = run(at: place)
    var end = place + length
    while let start = bytes[end..<range.upperBound].firstIndex(of: UInt8(ascii: "`")) {
      let other = run(at: start)
      end = start + other
      if other == length { return end }
    }
    return place + length
  }

  private static func trimmed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
