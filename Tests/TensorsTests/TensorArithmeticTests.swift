import Foundation
import Tensors
import Testing

@Suite struct TensorArithmeticTests {
  private func matrix(_ rows: [[Double]]) throws -> Tensor {
    try Tensor(rows.flatMap { $0 }, shape: [rows.count, rows[0].count])
  }

  @Test func elementwiseOperationsBroadcast() throws {
    let a = try matrix([[1, 2], [3, 4]])
    let row = try Tensor([10.0, 20], shape: [2])
    #expect(try (a + row).values == [11, 22, 13, 24])
    #expect(try (a - row).values == [-9, -18, -7, -16])
    #expect(try (a * row).values == [10, 40, 30, 80])
    #expect(try (row / a).values == [10, 10, 10.0 / 3, 5])
    #expect(try (a * -0.5).values == [-0.5, -1, -1.5, -2])
  }

  @Test func absoluteReluAndSum() throws {
    let a = try Tensor([-3.0, 0, 2, -0.5], shape: [2, 2])
    #expect(try a.absolute().values == [3, 0, 2, 0.5])
    #expect(try a.relu().values == [0, 0, 2, 0])
    #expect(try a.sum().item == -1.5)
    #expect(try a.sum().shape == [])
  }

  @Test func differencesAreFoundPerElement() throws {
    let a = try Tensor([Float(1), 2, .nan], shape: [3])
    let b = try Tensor([Float(1), 3, .nan], shape: [3])
    #expect(try a.differs(from: b).elements() == [false, true, true])
  }

  @Test(arguments: [(0.0, true), (.nan, false), (.infinity, false), (-.infinity, false)])
  func finiteMeansNeitherNaNNorInfinite(value: Double, isFinite: Bool) throws {
    #expect(try Tensor([1, value, 2], shape: [3]).isFinite() == isFinite)
  }

  @Test func matrixProducts() throws {
    let a = try matrix([[1, 2], [3, 4], [5, 6]])
    let b = try matrix([[1, 0, -1], [2, 1, 0]])
    let product = try a.matmul(b)
    #expect(product.shape == [3, 3])
    #expect(try product.values == [5, 2, -1, 11, 4, -3, 17, 6, -5])
    #expect(try a.transposed().values == [1, 3, 5, 2, 4, 6])
  }

  @Test func shapesChangeAndPartsShareMemory() throws {
    let a = try matrix([[1, 2, 3], [4, 5, 6]])
    #expect(try a.reshaped([3, -1]).shape == [3, 2])
    let part = try a.narrowed(0, start: 1, length: 1)
    #expect(try part.values == [4, 5, 6])
    try a.withMutableElements(of: Double.self) { $0[3] = 9 }
    #expect(try part.values == [9, 5, 6])
  }

  @Test func linearLayersWithAndWithoutBias() throws {
    let x = try matrix([[1, 2], [0, -1]])
    let weight = try matrix([[1, 1], [2, 0], [0, 3]])
    let bias = try Tensor([0.5, 0, -1], shape: [3])
    #expect(try x.linear(weight: weight, bias: nil).values == [3, 2, 6, -1, 0, -3])
    #expect(try x.linear(weight: weight, bias: bias).values == [3.5, 2, 5, -0.5, 0, -4])
  }

  @Test func crossEntropyIsTheMeanNegativeLogProbabilityInNats() throws {
    // Softmax of (0, ln 3) is (1/4, 3/4); of equal logits (1/2, 1/2), however large they are.
    let logits = try matrix([[0, log(3)], [1000, 1000]])
    let labels = try Tensor([Int64(1), 0], shape: [2])
    let expected = (log(4.0 / 3) + log(2)) / 2
    #expect(abs(try logits.crossEntropy(labels).item - expected) < 1e-15)
    let evaluation = try logits.evaluation(labels)
    #expect(abs(evaluation.lossSum - 2 * expected) < 1e-15)
    #expect(evaluation.correct == 2)
  }

  @Test func evaluationCountsRowsWhoseLargestLogitIsAtTheLabel() throws {
    let logits = try Tensor([Float(3), 1, 2, 0, 5, -1, -2, -3, -1], shape: [3, 3])
    #expect(try logits.evaluation(Tensor([Int64(0), 1, 2], shape: [3])).correct == 3)
    #expect(try logits.evaluation(Tensor([Int64(2), 1, 0], shape: [3])).correct == 1)
    #expect(try logits.evaluation(Tensor([Int64(1), 0, 1], shape: [3])).correct == 0)
  }

  @Test func evaluationSumsInFloat64() throws {
    // Each row costs ln 2 + 1e-9 or so; float32 would lose the sum's last digits.
    let rows = 4096
    let logits = try Tensor(repeating: 0.25, shape: [rows, 2])
    let labels = try Tensor([Int64](repeating: 1, count: rows), shape: [rows])
    #expect(abs(try logits.evaluation(labels).lossSum / Double(rows) - log(2)) < 1e-14)
  }

  @Test(arguments: [(4, 4), (7, 3), (5, 1)])
  func qrIsOrthogonalTimesTriangular(rows: Int, columns: Int) throws {
    let elements = (0..<(rows * columns)).map { sin(Double(7 * $0 + 1)) }
    let a = try Tensor(elements, shape: [rows, columns])
    let (q, r) = try a.qr()
    #expect(q.shape == [rows, columns] && r.shape == [columns, columns])
    #expect(distance(try q.matmul(r).values, elements) < 1e-14)
    let identity = (0..<(columns * columns)).map { $0 % (columns + 1) == 0 ? 1.0 : 0 }
    #expect(distance(try q.transposed().matmul(q).values, identity) < 1e-14)
    let triangle = try r.values
    for row in 0..<columns {
      for column in 0..<row { #expect(triangle[row * columns + column] == 0) }
    }
  }

  @Test func singularValuesOfAKnownMatrixFall() throws {
    // U diag(3, 2, 0) Vᵀ with U a rotation by 0.3 in the first two rows and V the identity.
    let (c, s) = (cos(0.3), sin(0.3))
    let a = try Tensor([3 * c, -2 * s, 0, 3 * s, 2 * c, 0], shape: [2, 3])
    #expect(distance(try a.singularValues().values, [3, 2]) < 1e-14)
    #expect(distance(try a.transposed().singularValues().values, [3, 2]) < 1e-14)
    #expect(try a.singularValues().shape == [2])
    #expect(try Tensor([0.0, 0, 0], shape: [3, 1]).singularValues().values == [0])
    for wrong in [Double.nan, .infinity] {
      #expect(throws: TensorError.self) { try Tensor([1, wrong], shape: [1, 2]).singularValues() }
    }
  }

  /// What libtorch refuses, with words its message must hold.
  enum Misuse: CaseIterable {
    case product, sum, reshape, narrow, linear, label, evaluatedLabel, labelCount

    var words: [String] {
      switch self {
      case .product: ["2x3", "2x2"]
      case .sum: ["3", "2"]
      case .reshape: ["[4]", "6"]
      case .narrow: ["start (1)", "length (2)"]
      case .linear: ["2x3", "2x2"]
      case .label: ["5", "out of bounds"]
      case .evaluatedLabel: ["5", "out of bounds"]
      case .labelCount: ["2", "1"]
      }
    }
  }

  @Test(arguments: Misuse.allCases)
  func whatLibtorchRefusesIsASwiftErrorWithItsReason(misuse: Misuse) throws {
    let a = try matrix([[1, 2, 3], [4, 5, 6]])
    let b = try matrix([[1, 2], [3, 4]])
    let labels = try Tensor([Int64(0), 5], shape: [2])
    let error = #expect(throws: TensorError.self) {
      switch misuse {
      case .product: _ = try a.matmul(b)
      case .sum: _ = try a + b
      case .reshape: _ = try a.reshaped([4])
      case .narrow: _ = try a.narrowed(0, start: 1, length: 2)
      case .linear: _ = try a.linear(weight: b, bias: nil)
      case .label: _ = try a.crossEntropy(labels)
      case .evaluatedLabel: _ = try a.evaluation(labels)
      case .labelCount: _ = try a.crossEntropy(labels.narrowed(0, start: 0, length: 1))
      }
    }
    let text = error?.description ?? ""
    for word in misuse.words { #expect(text.contains(word), "\(text)") }
    // Neither a backtrace nor C++'s own name for things.
    #expect(!text.contains("frame #") && !text.contains("c10::"), "\(text)")
  }
}
