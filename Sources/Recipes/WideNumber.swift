/// A whole number of any size that is multiplied and compared, and nothing else.
struct WideNumber: Equatable, Comparable {
  /// Digits in base 2⁶⁴, the least first, without zeros at the end.
  private var digits: [UInt64]

  /// A number of one digit.
  init(_ number: UInt64) { digits = number == 0 ? [] : [number] }

  /// This number times `factor`.
  func times(_ factor: UInt64) -> WideNumber {
    var product = WideNumber(0)
    product.digits.reserveCapacity(digits.count + 1)
    var carry = UInt64(0)
    for digit in digits {
      let (high, low) = digit.multipliedFullWidth(by: factor)
      let (sum, overflows) = low.addingReportingOverflow(carry)
      product.digits.append(sum)
      // A product's upper digit is at most 2⁶⁴ − 2, so that this cannot overflow.
      carry = high + (overflows ? 1 : 0)
    }
    if carry > 0 { product.digits.append(carry) }
    while product.digits.last == 0 { product.digits.removeLast() }
    return product
  }

  /// This number times `factor` to the power of `exponent`.
  func times(_ factor: UInt64, exponent: Int) -> WideNumber {
    var product = self
    for _ in 0..<exponent { product = product.times(factor) }
    return product
  }

  static func < (left: WideNumber, right: WideNumber) -> Bool {
    guard left.digits.count == right.digits.count else {
      return left.digits.count < right.digits.count
    }
    return left.digits.reversed().lexicographicallyPrecedes(right.digits.reversed())
  }
}
