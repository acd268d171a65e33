/// A point in training or a duration: epochs and iterations, written `2000it`, `10ep` or `10ep50it`.
///
/// How many iterations an epoch has depends on the dataset and the batch size, so a `Step` becomes a
/// number only through ``iterations(perEpoch:)``.
package struct Step: Hashable, Sendable {
  /// Whole epochs.
  package let epochs: Int
  /// Iterations beyond those epochs; may exceed an epoch.
  package let iterations: Int

  /// Initialization.
  package static let zero = Step(epochs: 0, iterations: 0)

  /// A step from non-negative parts.
  package init(epochs: Int, iterations: Int) {
    precondition(epochs >= 0 && iterations >= 0, "negative step \(epochs)ep\(iterations)it")
    self.epochs = epochs
    self.iterations = iterations
  }

  /// The number of optimizer steps before this point, `epochs · perEpoch + iterations`; the largest number
  /// where that is more.
  package func iterations(perEpoch: Int) -> Int {
    let (whole, isTooLong) = epochs.multipliedReportingOverflow(by: perEpoch)
    let (sum, overflows) = whole.addingReportingOverflow(iterations)
    return isTooLong || overflows ? .max : sum
  }
}

extension Step: LosslessStringConvertible {
  /// Reads `2000it`, `10ep`, `10ep50it` and `0`; `nil` for anything else.
  package init?(_ text: String) {
    guard text != "0" else {
      self = .zero
      return
    }
    guard let match = text.wholeMatch(of: /(?:([0-9]{1,9})ep)?(?:([0-9]{1,9})it)?/), !text.isEmpty
    else { return nil }
    self.init(
      epochs: match.1.flatMap { Int($0) } ?? 0, iterations: match.2.flatMap { Int($0) } ?? 0)
  }

  /// The text that ``init(_:)`` reads.
  package var description: String {
    switch (epochs, iterations) {
    case (0, let iterations): "\(iterations)it"
    case (let epochs, 0): "\(epochs)ep"
    case (let epochs, let iterations): "\(epochs)ep\(iterations)it"
    }
  }
}

extension Step: TextCodable {
  package static let noun = "step"
}
