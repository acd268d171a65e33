/// Text as it stands in HTML and SVG.
enum XML {
  /// Escapes markup, and drops what XML does not allow in any form.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in legal(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text without control characters and without U+FFFE and U+FFFF, which no reference can name either.
  ///
  /// Reference: Extensible Markup Language 1.0, fifth edition, production 2.
  static func legal(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      guard !isControl || ["\t", "\n", "\r"].contains(scalar) else { continue }
      guard scalar != "\u{FFFE}", scalar != "\u{FFFF}" else { continue }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
