import CMark

/// A block of a markdown text that holds no other blocks, with the lines on which it stands.
///
/// Reference: CommonMark Spec, version 0.30 (2021); read by cmark, its reference implementation.
struct MarkdownBlock: Hashable {
  /// What it is.
  enum Kind: Hashable {
    /// A fenced block of code with the words behind its first fence; `isClosed` where a last fence ends it.
    case fence(info: String, code: String, isClosed: Bool)
    /// Markup, a comment among others.
    case markup(String)
    /// A paragraph or a heading.
    case prose
  }

  /// What it is.
  let kind: Kind
  /// Its lines, from 0.
  let lines: Range<Int>
  /// Whether it stands in no list and no quotation.
  let isOutermost: Bool

  /// The blocks of `text`, whose lines end with line feeds, in their order.
  static func blocks(of text: String) -> [MarkdownBlock] {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var text = text
    let document = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT)
      }
    }
    defer { cmark_node_free(document) }
    let iterator = cmark_iter_new(document)
    defer { cmark_iter_free(iterator) }
    var blocks: [MarkdownBlock] = []
    while cmark_iter_next(iterator) != CMARK_EVENT_DONE {
      guard cmark_iter_get_event_type(iterator) == CMARK_EVENT_ENTER,
        let node = cmark_iter_get_node(iterator)
      else { continue }
      let first = Int(cmark_node_get_start_line(node)) - 1
      let last = min(end(of: node, from: first), lines.count)
      guard first >= 0, first < last, let kind = kind(of: node, lines[first..<last]) else {
        continue
      }
      let isOutermost =
        cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_DOCUMENT
      blocks.append(MarkdownBlock(kind: kind, lines: first..<last, isOutermost: isOutermost))
    }
    return blocks
  }

  private static func kind(of node: OpaquePointer, _ lines: ArraySlice<Substring.UTF8View>)
    -> Kind?
  {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING: return .prose
    case CMARK_NODE_HTML_BLOCK: return .markup(words(cmark_node_get_literal(node)))
    case CMARK_NODE_CODE_BLOCK:
      // Indented code has no words behind a fence, nor has a fence without any: neither is a cell.
      let info = words(cmark_node_get_fence_info(node))
      guard !info.isEmpty else { return nil }
      let last = lines.last.map { Substring($0) }?.drop { " >\t".contains($0) } ?? ""
      let isFence = last.hasPrefix("```") || last.hasPrefix("~~~")
      return .fence(
        info: info, code: words(cmark_node_get_literal(node)),
        isClosed: lines.count > 1 && isFence)
    default: return nil
    }
  }

  /// The line after the last one of `node`, which begins in line `first`.
  private static func end(of node: OpaquePointer, from first: Int) -> Int {
    guard cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK else {
      return Int(cmark_node_get_end_line(node))
    }
    // Of markup that ends in the line in which it begins, cmark says that it ends in the one above.
    let markup = words(cmark_node_get_literal(node))
    return first + markup.split(separator: "\n", omittingEmptySubsequences: false).count
      - (markup.hasSuffix("\n") ? 1 : 0)
  }

  private static func words(_ text: UnsafePointer<CChar>?) -> String {
    text.map { String(cString: $0) } ?? ""
  }
}
