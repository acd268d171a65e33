import Foundation

/// Text as LaTeX reads it, in ASCII alone.
///
/// What LaTeX takes for a command is escaped, accents are composed, signs are commands; a character that no command is
/// known for is told by its number, so that no text stops pdflatex.
enum LaTeXText {
  /// The text escaped; a line break becomes a space.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      let piece = escaped(character)
      // Two hyphens, or a question mark and what a quotation begins with, would become one sign.
      let joins = ["-", "'", ",", "`"].contains { result.hasSuffix($0) && piece.hasPrefix($0) }
      result += joins ? "{}" + piece : piece
    }
    return result
  }

  /// The text escaped, with places where a line may end inside long names.
  static func code(_ text: String) -> String {
    text.map { character in
      escaped(character) + ("/._-=,:".contains(character) ? "\\allowbreak{}" : "")
    }.joined()
  }

  private static func escaped(_ character: Character) -> String {
    if character.isNewline { return " " }
    if let known = commands[character] { return known }
    if character.isASCII {
      return character.asciiValue.map { $0 < 32 } == true ? "" : String(character)
    }
    return composed(character) ?? character.unicodeScalars.map(unknown).joined()
  }

  /// A letter with its accents, such as `\\'{e}`; `nil` where it is none, or has others.
  private static func composed(_ character: Character) -> String? {
    let scalars = Array(String(character).decomposedStringWithCanonicalMapping.unicodeScalars)
    guard scalars.count > 1, let base = scalars.first, base.properties.isAlphabetic else {
      return nil
    }
    let letter = commands[Character(base)] ?? (base.isASCII ? String(Character(base)) : nil)
    guard var text = letter else { return nil }
    for mark in scalars.dropFirst() {
      guard let accent = accents[mark] else { return nil }
      // The dot of an i gives way to an accent above.
      if ["i", "j"].contains(text), !["c", "k", "d", "b"].contains(accent) { text = "\\\(text)" }
      text = "\\\(accent){\(text)}"
    }
    return text
  }

  private static func unknown(_ scalar: Unicode.Scalar) -> String {
    if scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isWhitespace {
      return scalar.properties.isWhitespace ? " " : ""
    }
    return "[U+\(String(format: "%04X", scalar.value))]"
  }

  private static let accents: [Unicode.Scalar: String] = [
    "\u{300}": "`", "\u{301}": "'", "\u{302}": "^", "\u{303}": "~", "\u{304}": "=", "\u{306}": "u",
    "\u{307}": ".", "\u{308}": "\"", "\u{30A}": "r", "\u{30B}": "H", "\u{30C}": "v",
    "\u{323}": "d", "\u{327}": "c", "\u{328}": "k", "\u{331}": "b",
  ]

  private static let commands: [Character: String] = {
    var commands: [Character: String] = [
      "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#",
      "%": "\\%", "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
      "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "\\textquotedbl{}",
      "`": "\\textasciigrave{}", "[": "{[}", "]": "{]}", "*": "{*}", "\t": " ",
      "\u{A0}": "~", "\u{202F}": "\\,", "\u{2009}": "\\,", "\u{AD}": "\\-", "–": "--", "—": "---",
      "“": "``", "”": "''", "„": "\\quotedblbase{}", "‘": "`", "’": "'", "…": "\\ldots{}",
      "†": "\\dag{}", "‡": "\\ddag{}", "§": "\\S{}", "¶": "\\P{}", "©": "\\textcopyright{}",
      "°": "\\textdegree{}", "€": "\\texteuro{}", "£": "\\pounds{}", "•": "\\textbullet{}",
      "½": "\\textonehalf{}", "¼": "\\textonequarter{}", "¾": "\\textthreequarters{}",
      "ß": "\\ss{}", "æ": "\\ae{}", "Æ": "\\AE{}", "œ": "\\oe{}", "Œ": "\\OE{}", "ø": "\\o{}",
      "Ø": "\\O{}", "ł": "\\l{}", "Ł": "\\L{}", "ı": "\\i{}", "ð": "\\dh{}", "Ð": "\\DH{}",
      "þ": "\\th{}", "Þ": "\\TH{}", "đ": "\\dj{}", "Đ": "\\DJ{}",
      "«": "\\guillemotleft{}", "»": "\\guillemotright{}", "¿": "?`", "¡": "!`",
    ]
    for (sign, name) in signs { commands[sign] = "\\ensuremath{\(name)}" }
    for (small, letter) in zip("⁰¹²³⁴⁵⁶⁷⁸⁹ⁱⁿᵀ⁺⁼", "0123456789inT+=") {
      commands[small] = "\\textsuperscript{\(letter)}"
    }
    for (small, letter) in zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₊₌", "0123456789aehijklmnoprstuvx+=") {
      commands[small] = "\\textsubscript{\(letter)}"
    }
    return commands
  }()

  private static let signs: [Character: String] = [
    "−": "-", "±": "\\pm", "∓": "\\mp", "×": "\\times", "÷": "\\div", "·": "\\cdot", "⋅": "\\cdot",
    "≤": "\\leq", "≥": "\\geq", "≪": "\\ll", "≫": "\\gg", "≠": "\\neq", "≈": "\\approx",
    "≡": "\\equiv", "∝": "\\propto", "∼": "\\sim", "∞": "\\infty", "√": "\\surd", "∑": "\\sum",
    "∏": "\\prod", "∫": "\\int", "∂": "\\partial", "∇": "\\nabla", "∈": "\\in", "∉": "\\notin",
    "⊂": "\\subset", "⊆": "\\subseteq", "∩": "\\cap", "∪": "\\cup", "∅": "\\emptyset",
    "∀": "\\forall", "∃": "\\exists", "¬": "\\neg", "∧": "\\wedge", "∨": "\\vee", "⊙": "\\odot",
    "⊕": "\\oplus", "⊗": "\\otimes", "∥": "\\parallel", "‖": "\\|", "→": "\\rightarrow",
    "←": "\\leftarrow", "↔": "\\leftrightarrow", "↑": "\\uparrow", "↓": "\\downarrow",
    "⇒": "\\Rightarrow", "⇐": "\\Leftarrow", "⇔": "\\Leftrightarrow", "↦": "\\mapsto",
    "⌊": "\\lfloor", "⌋": "\\rfloor", "⌈": "\\lceil", "⌉": "\\rceil", "⟨": "\\langle",
    "⟩": "\\rangle", "ℓ": "\\ell", "′": "'", "⁻": "^{-}", "₋": "_{-}",
    "µ": "\\mu", "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta",
    "ε": "\\varepsilon", "ζ": "\\zeta", "η": "\\eta", "θ": "\\theta", "ι": "\\iota",
    "κ": "\\kappa", "λ": "\\lambda", "μ": "\\mu", "ν": "\\nu", "ξ": "\\xi", "ο": "o", "π": "\\pi",
    "ρ": "\\rho", "σ": "\\sigma", "ς": "\\varsigma", "τ": "\\tau", "υ": "\\upsilon",
    "φ": "\\varphi", "χ": "\\chi", "ψ": "\\psi", "ω": "\\omega", "Α": "\\mathrm{A}",
    "Β": "\\mathrm{B}", "Γ": "\\Gamma", "Δ": "\\Delta", "Ε": "\\mathrm{E}", "Ζ": "\\mathrm{Z}",
    "Η": "\\mathrm{H}", "Θ": "\\Theta", "Ι": "\\mathrm{I}", "Κ": "\\mathrm{K}",
    "Λ": "\\Lambda", "Μ": "\\mathrm{M}", "Ν": "\\mathrm{N}", "Ξ": "\\Xi", "Ο": "\\mathrm{O}",
    "Π": "\\Pi", "Ρ": "\\mathrm{P}", "Σ": "\\Sigma", "Τ": "\\mathrm{T}", "Υ": "\\Upsilon",
    "Φ": "\\Phi", "Χ": "\\mathrm{X}", "Ψ": "\\Psi", "Ω": "\\Omega",
  ]
}
