import Foundation
import Statistics
import Testing

@Suite struct QuadratureTests {
  @Test("closed forms")
  func closedForms() throws {
    #expect(abs(try Quadrature.integral(from: 0, to: .pi) { sin($0) } - 2) < 1e-12)
    #expect(try Quadrature.integral(from: 1, to: 1) { $0 } == 0)
    // The parabola y = x² from 0 to 1: ½·√5 + ¼·asinh 2.
    let length = try Quadrature.integral(from: 0, to: 1) { (1 + 4 * $0 * $0).squareRoot() }
    #expect(abs(length - (5.0.squareRoot() / 2 + asinh(2) / 4)) < 1e-12)
  }

  @Test("what has no integral is an error")
  func pole() {
    #expect(throws: StatisticsError.self) {
      try Quadrature.integral(from: 0, to: 1) { 1 / ($0 * $0) }
    }
  }
}
