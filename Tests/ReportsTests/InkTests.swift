import Foundation
import Testing

@testable import Reports

@Suite struct InkTests {
  /// Contrast by WCAG 2.1: (L₁ + 0.05) / (L₂ + 0.05) of the relative luminances L₁ ≥ L₂.
  func contrast(_ one: String, _ other: String) -> Double {
    let luminances = [one, other].map { color in
      let value = Int(color.dropFirst(), radix: 16) ?? 0
      return zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).reduce(0) { sum, channel in
        let part = Double((value >> channel.0) & 255) / 255
        let linear = part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        return sum + channel.1 * linear
      }
    }.sorted()
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)
  }

  @Test func contrastKnowsTheExtremesAndABadPair() {
    #expect(abs(contrast("#000000", "#ffffff") - 21) < 1e-9)
    #expect(contrast("#123456", "#123456") == 1)
    // Okabe and Ito's yellow on white.
    #expect(contrast("#f0e442", "#ffffff") < 3)
  }

  @Test(arguments: Ink.series + [.line])
  func drawingsAreLegibleOnBothBackgrounds(ink: Ink) {
    #expect(contrast(ink.light, "#ffffff") >= 3)
    #expect(contrast(ink.dark, "#0d1117") >= 3)
  }

  @Test func textIsLegibleOnBothBackgrounds() {
    #expect(contrast(Ink.text.light, "#ffffff") >= 7)
    #expect(contrast(Ink.text.dark, "#0d1117") >= 7)
  }

  @Test func everyLightColourHasOneDarkOne() {
    #expect(Set(Ink.all.map(\.light)).count == Ink.all.count)
    #expect(Set(Ink.all.map(\.dark)).count == Ink.all.count)
  }
}
