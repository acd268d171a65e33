/// An SVG file as gnuplot wrote it, made into one of ours.
///
/// Gnuplot's own title and version go; ours take their place. Colours stay as attributes, so that a
/// viewer without style sheets shows the light figure, and one style rule for each gives the dark one.
/// The background is transparent.
struct Picture {
  private let width: String
  private let height: String
  private let body: String

  /// Reads gnuplot's output; nothing where it is not a whole drawing.
  init?(_ output: String) {
    guard let canvas = output.firstRange(of: #/<g id="gnuplot_canvas">/#),
      let size = output.firstMatch(of: #/viewBox="0 0 ([0-9]+) ([0-9]+)"/#),
      let end = output.ranges(of: "</svg>").last
    else { return nil }
    width = String(size.1)
    height = String(size.2)
    body = Self.tidied(String(output[canvas.upperBound..<end.lowerBound]))
  }

  func rendered(title: String, alternative: String) -> String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
    width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
    role="img" aria-labelledby="title description">
    <title id="title">\(XML.escaped(title))</title>
    <desc id="description">\(XML.escaped(alternative))</desc>
    <style>
    @media (prefers-color-scheme: dark) {
    \(darkRules)
    }
    </style>
    <g>
    \(body)
    </svg>

    """
  }

  private var darkRules: String {
    Ink.all.filter { body.contains($0.light) }.flatMap { ink in
      ["stroke", "fill", "color"].map { attribute in
        "[\(attribute)=\"\(ink.light)\"] { \(attribute): \(ink.dark) }"
      }
    }.joined(separator: "\n")
  }

  private static func tidied(_ body: String) -> String {
    // Gnuplot leaves it as it is, which XML allows only at the end of a section of characters.
    var text = body.replacing("]]>", with: "]]&gt;")
    // Every plot of a multiplot has the same identifiers, and a title for a tooltip.
    text.replace(#/<g id="[^"]*_plot_[^"]*"\s*>\s*<title>[^<]*</title>/#, with: "<g>")
    text.replace(
      #/(stroke|fill|color)\s*=\s*['"]rgb\(\s*([0-9]+),\s*([0-9]+),\s*([0-9]+)\)['"]/#
    ) { match in
      "\(match.1)=\"#\(hexadecimal(match.2))\(hexadecimal(match.3))\(hexadecimal(match.4))\""
    }
    text.replace(#/(stroke|fill|color)\s*=\s*['"](black|gray)['"]/#) { match in
      "\(match.1)=\"\(Ink.text.light)\""
    }
    text.replace(
      "font-family=\"sans-serif:Bold\"", with: "font-family=\"sans-serif\" font-weight=\"bold\"")
    // Gnuplot opens a group for every change of its pen, most of which draw nothing.
    while true {
      let shorter = text.replacing(#/<g [^>]*>\s*</g>/#, with: "")
      if shorter == text { break }
      text = shorter
    }
    return text.split(whereSeparator: \.isNewline)
      .map { line in
        var line = line
        while line.last?.isWhitespace ?? false { line.removeLast() }
        return line
      }
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static func hexadecimal(_ component: Substring) -> String {
    let digits = String(Int(component) ?? 0, radix: 16)
    return digits.count < 2 ? "0" + digits : digits
  }
}
