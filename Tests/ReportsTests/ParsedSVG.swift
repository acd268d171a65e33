import Foundation
import FoundationXML

/// What an XML parser sees in an SVG file; nothing where it is not well-formed.
final class ParsedSVG: NSObject, XMLParserDelegate {
  private(set) var root: [String: String] = [:]
  private(set) var elements: [(name: String, text: String)] = []
  private(set) var identifiers: [String] = []
  private var failed = false
  private var open: [Int] = []

  init?(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    // FoundationXML's parser goes on after an error and may return true, so ask for errors too.
    guard parser.parse(), parser.parserError == nil, !failed else { return nil }
  }

  func texts(_ name: String) -> [String] {
    elements.filter { $0.name == name }.map(\.text)
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if open.isEmpty { root = attributes }
    if let identifier = attributes["id"] { identifiers.append(identifier) }
    open.append(elements.count)
    elements.append((name, ""))
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) {
    if let last = open.last { elements[last].text += characters }
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
    failed = true
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }
}
