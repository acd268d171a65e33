/// A colour on a light and on a dark background, each as `#rrggbb`.
///
/// The series' hues are those of Okabe and Ito, which people with colour-blindness tell apart, without
/// black and yellow, which vanish on one of the backgrounds. On white, three of them are darkened until
/// their contrast is 3:1, the least that WCAG 2.1 (criterion 1.4.11) asks of graphics.
///
/// Reference: Okabe and Ito, Color Universal Design (2008).
struct Ink: Hashable, Sendable {
  let light: String
  let dark: String

  static let text = Ink(light: "#1f2328", dark: "#e6edf3")
  static let line = Ink(light: "#6e7781", dark: "#8b949e")
  static let grid = Ink(light: "#dfe3e8", dark: "#2b323b")
  static let shade = Ink(light: "#e6ebf1", dark: "#222a35")

  static let blue = Ink(light: "#0072b2", dark: "#3d9bd9")
  static let vermillion = Ink(light: "#d55e00", dark: "#e8762b")
  static let green = Ink(light: "#009e73", dark: "#12b586")
  static let purple = Ink(light: "#c46a9a", dark: "#cc79a7")
  static let orange = Ink(light: "#c28500", dark: "#e69f00")
  static let sky = Ink(light: "#4598c8", dark: "#7cc8f0")

  static let series = [blue, vermillion, green, purple, orange, sky]

  /// Bands of a map from low to high: paths and names drawn on them stay legible.
  static let levels = [
    Ink(light: "#f3f6fa", dark: "#141b24"), Ink(light: "#e2ebf4", dark: "#1b2937"),
    Ink(light: "#cfdfee", dark: "#233748"), Ink(light: "#b9d1e7", dark: "#2b455d"),
    Ink(light: "#a0c1de", dark: "#345675"), Ink(light: "#84afd3", dark: "#3f678c"),
    Ink(light: "#6699c5", dark: "#4b7aa4"), Ink(light: "#4a82b3", dark: "#5a8fbc"),
  ]

  /// Bands below zero from there down, as pale as those above it.
  static let depths = [
    Ink(light: "#fbf4ee", dark: "#1d1712"), Ink(light: "#f7e7d9", dark: "#2f2118"),
    Ink(light: "#f1d6bf", dark: "#432d1d"), Ink(light: "#eac4a2", dark: "#583a22"),
    Ink(light: "#e2b084", dark: "#6e4828"), Ink(light: "#d99a66", dark: "#85572e"),
    Ink(light: "#cf844a", dark: "#9d6735"), Ink(light: "#c27036", dark: "#b5783d"),
  ]

  static let all = [text, line, grid, shade] + series + levels + depths

  /// Rules of style that give what is drawn in the light colours the dark ones.
  static func darkRules(filled: Set<Ink>, stroked: Set<Ink>) -> String {
    [("fill", filled), ("stroke", stroked)].flatMap { attribute, inks in
      all.filter(inks.contains).map {
        "[\(attribute)=\"\($0.light)\"] { \(attribute): \($0.dark) }"
      }
    }.joined(separator: "\n")
  }
}
