extension Markdown {
  /// The same document, whose figures stand in `folder` beside where they stood.
  package func relocatingFigures(below folder: String) -> Markdown {
    Markdown(blocks.map { Self.relocated($0, folder) })
  }

  private static func relocated(_ block: Block, _ folder: String) -> Block {
    switch block {
    case .figure(let path, let alternative, let caption):
      .figure(path: "\(folder)/\(path)", alternative: alternative, caption: caption)
    case .details(let summary, let inner):
      .details(summary: summary, inner.map { relocated($0, folder) })
    default: block
    }
  }
}

extension Markdown.Text {
  /// The text as code-hosting sites put it into links to a heading: in small letters, with hyphens for blanks, without
  /// other signs.
  package var slug: String {
    plain.lowercased().reduce(into: "") { slug, character in
      if character.isWhitespace {
        slug.append("-")
      } else if character.isLetter || character.isNumber || "-_".contains(character) {
        slug.append(character)
      }
    }
  }

  /// The words alone, with ordinary spaces.
  package var plain: String {
    spans.map { span in
      switch span {
      case .plain(let text), .code(let text), .strong(let text), .emphasis(let text),
        .link(let text, _):
        text.replacing("\u{A0}", with: " ")
      }
    }.joined()
  }

  /// The words that are strongly emphasized, run by run.
  package var strong: [String] {
    spans.compactMap { span in
      if case .strong(let text) = span { text } else { nil }
    }
  }
}
