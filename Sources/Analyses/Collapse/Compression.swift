import Foundation
import Recipes
import Suites
import Wording

extension Density {
  /// The density of a compression written as a whole or decimal number of at least 1: `10`, `2.5`.
  static func ofCompression(_ text: String) -> Density? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = parts.first, !whole.isEmpty,
      parts.joined().allSatisfy({ $0.isASCII && $0.isNumber }), parts.last?.isEmpty == false
    else { return nil }
    let decimals = parts.count == 2 ? parts[1] : ""
    guard decimals.count <= 9, let top = UInt64(whole + decimals) else { return nil }
    let scale = (0..<decimals.count).reduce(UInt64(1)) { product, _ in product * 10 }
    return Density(reducing: scale, over: top)
  }

  /// 10^(−exponent), rounded to twelve decimals: exact where the exponent is a whole number.
  init?(powerOfTen exponent: Double) { self.init(nearest: pow(10, -exponent)) }

  /// 1 / density.
  var compression: Double {
    exponent == 1 ? Double(denominator) / Double(numerator) : 1 / value
  }

  /// The compression as reports write it.
  var compressionWords: String {
    numerator == 1 && exponent == 1
      ? Format.count(Int(clamping: denominator)) : Format.significant(compression, digits: 4)
  }
}

extension Field {
  /// Reads `compressions:`, a list or a range of powers, as densities from whole to sparse.
  func compressions() -> [Density]? {
    let expected = "a list such as [1, 10, 100], {powers-of-two: 24}, or {powers-of-ten: {to: 6}}"
    guard isMapping else {
      return nonEmpty(expected, least: "at least one compression") { entry in
        entry.parsed("a compression of at least 1, such as 10 or 2.5") {
          Density.ofCompression($0)
        }
      }?.sorted(by: >)
    }
    guard let (name, options) = choice("range of compressions", as: SuiteName.Compressions.self),
      let options
    else { return nil }
    switch name {
    case .powersOfTwo:
      return options.integer(0...40).map { last in
        (0...last).compactMap { Density(reducing: 1, over: 1 << UInt64($0)) }
      }
    case .powersOfTen:
      guard let fields = options.fields(PowersKey.self) else { return nil }
      let last = fields.required(.to, example: "to: 6")?
        .number("an exponent from 0 to 8") { (0...8).contains($0) }
      let step =
        fields[.step].map { $0.number("a step from 0.01 to 8") { (0.01...8).contains($0) } }
        ?? 0.25
      guard let last, let step else { return nil }
      return (0...Int((last / step + 1e-9).rounded(.down))).compactMap {
        Density(powerOfTen: Double($0) * step)
      }
    }
  }
}
