extension StringProtocol {
  /// The text as it may be shown: what would steer a terminal or turn the direction of writing is written
  /// as `\u{1B}`. For every name that comes out of a file.
  package var printable: String {
    var shown = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
