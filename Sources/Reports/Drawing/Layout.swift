/// Lengths in pixels that all figures share.
enum Layout {
  static let fontSize = 13.0
  /// How far the baseline of a text lies below its middle.
  static let baseline = 4.23
  /// The canvas of a figure with one panel, and of wider ones; GitHub shows about 840 pixels.
  static let narrow = 640.0
  static let wide = 860.0
  static let edge = 10.0
  static let lineHeight = 21.0
  /// Names are cut beyond this, so that they leave room for what they name.
  static let longestName = 300.0

  /// About how long a text is; readers' fonts differ, so this is rather too much.
  static func width(_ text: String, bold: Bool = false) -> Double {
    let units = text.reduce(0.0) { sum, character in
      switch character {
      case "i", "j", "l", "I", "t", "f", "r", ".", ",", ":", ";", "'", "|", "!", "(", ")", "[", "]",
        " ", "/":
        sum + 0.38
      case "m", "w", "M", "W", "%", "@", "−", "+", "±": sum + 0.88
      case _ where character.isUppercase: sum + 0.72
      default: sum + 0.6
      }
    }
    return units * fontSize * (bold ? 1.08 : 1)
  }

  /// A name with an ellipsis where it is too long for any figure.
  static func name(_ text: String, bold: Bool = false) -> String {
    shortened(text, to: longestName, bold: bold)
  }

  /// The text, cut with an ellipsis where it is longer than a length.
  static func shortened(_ text: String, to length: Double, bold: Bool = false) -> String {
    guard width(text, bold: bold) > length else { return text }
    var start = text
    while !start.isEmpty, width(start + "…", bold: bold) > length { start.removeLast() }
    return start + "…"
  }
}
