import Tensors
import Testing

@Suite struct TensorCombinationTests {
  private func combined(_ terms: [[Float]], _ coefficients: [Double]) throws -> [Float] {
    let out = try Tensor(repeating: 7, shape: [terms[0].count])
    try out.combine(
      try terms.map { try Tensor($0, shape: [$0.count]) }, coefficients: coefficients)
    return try out.elements(of: Float.self)
  }

  @Test func termsMayLieInOtherOrders() throws {
    let shape = [2, 3, 2, 2]
    let one = try Tensor((0..<24).map { Float($0) }, shape: shape)
    let other = try Tensor((0..<24).map { Float($0 * $0) }, shape: shape)
    let wanted = (0..<24).map { Float(2 * $0 + $0 * $0) }
    for arranged in [false, true] {
      let zero = try Tensor(repeating: 0, shape: shape)
      let out = try arranged ? zero.channelsLast() : zero
      try out.combine([one.channelsLast(), other], coefficients: [2, 1])
      #expect(try out.elements(of: Float.self) == wanted)
    }
  }

  @Test("sums are exact to one rounding, across blocks")
  func sums() throws {
    let count = 2500
    let terms: [[Float]] = (0..<3).map { term in
      (0..<count).map { 0.1 + Float(($0 * 7919 + term * 104_729) % 1000) / 997 }
    }
    let coefficients = [0.25, -1.5, 0.7]
    let found = try combined(terms, coefficients)
    for index in 0..<count {
      let exact = (0..<3).reduce(0.0) { $0 + coefficients[$1] * Double(terms[$1][index]) }
      #expect(abs(Double(found[index]) - exact) <= abs(exact) * 6e-8 + 1e-14)
    }
  }

  @Test("terms with coefficient 0 are not read")
  func zeros() throws {
    #expect(try combined([[1, 2], [.nan, .infinity]], [1, 0]) == [1, 2])
    #expect(try combined([[1, 2]], [0]) == [0, 0])
  }

  @Test("shapes must agree")
  func shapes() throws {
    let out = try Tensor(repeating: 0, shape: [2])
    let error = #expect(throws: TensorError.self) {
      try out.combine([try Tensor(repeating: 0, shape: [3])], coefficients: [1])
    }
    #expect(error?.description.contains("[2] meets a term of shape [3]") == true)
  }
}
