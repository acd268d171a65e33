import Foundation
import Programs
import Tensors
import Testing

/// The fused gradients beside autograd's.
@Suite struct DenseGradientsTests {
  /// Shapes of weight and bias of each layer in turn.
  private func shapes(_ widths: [Int]) -> [[Int]] {
    zip(widths, widths.dropFirst()).flatMap { [[$1, $0], [$1]] }
  }

  private func filled(_ shape: [Int], _ phase: Double) throws -> Tensor {
    try Tensor(
      (0..<shape.reduce(1, *)).map { Float(sin(phase + 12.9898 * Double($0))) }, shape: shape)
  }

  private func parameters(_ widths: [Int]) throws -> [Tensor] {
    try shapes(widths).enumerated().map { try filled($1, Double($0)) }
  }

  private func labels(_ rows: Int, classes: Int) throws -> Tensor {
    try Tensor((0..<rows).map { Int64(3 * $0 % classes) }, shape: [rows])
  }

  /// Loss and gradients by a recorded graph.
  private func recorded(_ parameters: [Tensor], _ inputs: Tensor, _ labels: Tensor) throws
    -> (loss: Double, gradients: [[Float]])
  {
    let variables = try parameters.map { try $0.variable() }
    var x = try inputs.reshaped([labels.count, -1])
    for layer in stride(from: 0, to: variables.count, by: 2) {
      x = try x.linear(weight: variables[layer], bias: variables[layer + 1])
      if layer + 2 < variables.count { x = try x.relu() }
    }
    let loss = try x.crossEntropy(labels)
    return (try loss.item, try loss.gradients(of: variables).map { try $0.elements() })
  }

  @Test(arguments: [[5, 3], [5, 7, 3], [6, 9, 33, 4], [4, 3, 5, 2, 6]], [1, 8, 13])
  func lossAndGradientsAreAutograds(widths: [Int], rows: Int) throws {
    let dense = try DenseGradients(shapes: shapes(widths), batchSize: 13)
    let parameters = try parameters(widths)
    // The same buffers twice: nothing of the first batch may show in the second.
    for phase in [0.5, 1.5] {
      let inputs = try filled([rows, 1, 1, widths[0]], phase)
      let labels = try labels(rows, classes: widths.last!)
      let (loss, gradients) = try recorded(parameters, inputs, labels)
      #expect(
        abs(Double(try dense.compute(parameters, inputs: inputs, labels: labels)) - loss) < 1e-5)
      for (found, wanted) in zip(dense.gradients, gradients) {
        #expect(distance(try found.elements(), wanted) < 1e-5)
        #expect(wanted.contains { $0 != 0 })
      }
    }
  }

  @Test func unitsThatAreOffHaveGradientZero() throws {
    // The unit's sum is exactly 0 for the first example and negative for the second.
    let parameters = try [
      Tensor([Float(1), -1], shape: [1, 2]), Tensor([Float(0)], shape: [1]),
      Tensor([Float(1), 2], shape: [2, 1]), Tensor([Float(0), 0], shape: [2]),
    ]
    let dense = try DenseGradients(shapes: parameters.map(\.shape), batchSize: 2)
    let inputs = try Tensor([Float(1), 1, 0, 1], shape: [2, 2])
    let labels = try Tensor([Int64(0), 1], shape: [2])
    #expect(
      abs(try dense.compute(parameters, inputs: inputs, labels: labels) - Float(log(2.0))) < 1e-6)
    #expect(try dense.gradients[0].elements() == [Float(0), 0])
    #expect(try dense.gradients[1].elements() == [Float(0)])
    #expect(try dense.gradients[3].elements() == [Float(0), 0])
  }

  @Test func largeLogitsAreStable() throws {
    let parameters = [
      try Tensor([Float(1000), -1000], shape: [2, 1]), try Tensor([Float(0), 0], shape: [2]),
    ]
    let dense = try DenseGradients(shapes: [[2, 1], [2]], batchSize: 1)
    let loss = try dense.compute(
      parameters, inputs: try Tensor([Float(1)], shape: [1, 1]),
      labels: try Tensor([Int64(1)], shape: [1]))
    #expect(loss == 2000)
    #expect(try dense.gradients[1].elements() == [Float(1), -1])
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity], 0..<6)
  func whatIsNotFiniteShowsInTheLoss(value: Float, place: Int) throws {
    let widths = [2, 3, 3, 2]
    let parameters = try parameters(widths)
    let size = parameters[place].count
    try parameters[place].withMutableElements(of: Float.self) { elements in
      for index in 0..<size { elements[index] = value }
    }
    let dense = try DenseGradients(shapes: shapes(widths), batchSize: 2)
    let inputs = try Tensor([Float(1), 2, 2, 1], shape: [2, 2])
    let labels = try Tensor([Int64(0), 1], shape: [2])
    let loss = try dense.compute(parameters, inputs: inputs, labels: labels)
    let wanted = try recorded(parameters, inputs, labels).loss
    #expect(loss.isFinite == wanted.isFinite, "\(loss), autograd gives \(wanted)")
  }

  @Test func misfitsAreErrors() throws {
    let widths = [4, 3, 2]
    let dense = try DenseGradients(shapes: shapes(widths), batchSize: 2)
    let right = try parameters(widths)
    func compute(
      _ parameters: [Tensor]? = nil, rows: Int = 2, width: Int = 4, labels: [Int64] = [0, 1]
    ) throws {
      _ = try dense.compute(
        parameters ?? right, inputs: try Tensor(repeating: 1, shape: [rows, width]),
        labels: try Tensor(labels, shape: [labels.count]))
    }
    try compute()
    let label = #expect(throws: TensorError.self) { try compute(labels: [0, 2]) }
    #expect(label?.description.contains("label 2 is not below 2") == true)
    #expect(throws: TensorError.self) { try compute(labels: [0, -1]) }
    let count = #expect(throws: TensorError.self) { try compute(labels: [0]) }
    #expect(count?.description.contains("1 labels for 2 inputs") == true)
    #expect(throws: TensorError.self) { try compute(rows: 3, labels: [0, 1, 0]) }
    #expect(throws: TensorError.self) { try compute(width: 5) }
    var wrong = right
    wrong[1] = try Tensor(repeating: 0, shape: [2])
    #expect(throws: TensorError.self) { try compute(wrong) }
    wrong = try right.map { try $0.converted(to: .float64) }
    #expect(throws: TensorError.self) { try compute(wrong) }
    try compute()
  }

  @Test func theWrongNumberOfTensorsTraps() async {
    await #expect(processExitsWith: .failure) {
      let dense = try DenseGradients(shapes: [[2, 2], [2]], batchSize: 1)
      _ = try dense.compute(
        [try Tensor(repeating: 0, shape: [2, 2])], inputs: try Tensor(repeating: 0, shape: [1, 2]),
        labels: try Tensor([Int64(0)], shape: [1]))
    }
  }

  @Test func nothingLeaks() async {
    await #expect(processExitsWith: .success) {
      let before = Engine.liveHandles
      for label in [Int64(0), 5] {
        let shapes = [[3, 2], [3], [2, 3], [2]]
        let dense = try DenseGradients(shapes: shapes, batchSize: 1)
        let parameters = try shapes.map { try Tensor(repeating: 0.1, shape: $0) }
        _ = try? dense.compute(
          parameters, inputs: try Tensor(repeating: 1, shape: [1, 2]),
          labels: try Tensor([label], shape: [1]))
      }
      #expect(Engine.liveHandles == before)
    }
  }
}
