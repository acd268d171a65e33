extension StringProtocol {
  /// The text as it may be shown: what would steer a terminal or turn the direction of writing is written
  /// as `\u{1B}`. For every name that comes out of a file.
  package var printable: String { escaped { $0.isInvisible } }

  /// The same for a text of several lines, whose line breaks and tabulators stay.
  package var printableLines: String { escaped { $0.isInvisible && $0 != "\n" && $0 != "\t" } }

  private func escaped(where isEscaped: (Unicode.Scalar) -> Bool) -> String {
    var shown = ""
    for scalar in unicodeScalars {
      if isEscaped(scalar) {
        shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}

extension Unicode.Scalar {
  /// Whether a character is one of control, ends a line, or turns the direction of those around it.
  package var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: properties.isBidiControl
    }
  }
}
