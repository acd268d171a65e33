import Foundation
import Tensors
import Testing

@Suite struct TensorAutogradTests {
  @Test func gradientsOfACubeAreThreeSquares() throws {
    let x = try Tensor([-2.0, 0.5, 3], shape: [3]).variable()
    let gradients = try (x * x * x).sum().gradients(of: [x])
    #expect(try gradients[0].values == [12, 0.75, 27])
  }

  @Test func variablesShareMemoryAndLeaveTheOriginalOutOfTheGraph() throws {
    let x = try Tensor([2.0], shape: [1])
    let variable = try x.variable()
    try x.withMutableElements(of: Double.self) { $0[0] = 5 }
    #expect(try (variable * variable).sum().gradients(of: [variable])[0].item == 10)
    #expect(throws: TensorError.self) { try (x * x).sum().gradients(of: [x]) }
  }

  @Test func inputsThatDoNotMatterHaveGradientZero() throws {
    let x = try Tensor([2.0], shape: [1]).variable()
    let other = try Tensor([1.0, 2], shape: [1, 2]).variable()
    let gradients = try (x * 3).sum().gradients(of: [other, x])
    #expect(gradients[0].shape == [1, 2])
    #expect(try gradients[0].values == [0, 0])
    #expect(try gradients[1].values == [3])
  }

  @Test func hessianVectorProductsOfAQuadraticFormAreProductsWithItsMatrix() throws {
    // f = ½ xᵀAx with A symmetric: ∇f = Ax, and H v = A v for every v.
    let a = try Tensor([2.0, -1, 0, -1, 3, 0.5, 0, 0.5, -4], shape: [3, 3])
    let x = try Tensor([1.0, 2, -1], shape: [3, 1]).variable()
    let v = try Tensor([0.5, -1, 2], shape: [3, 1])
    let f = try x.transposed().matmul(a.matmul(x)).sum() * 0.5
    let gradient = try f.gradients(of: [x], recorded: true)[0]
    #expect(distance(try gradient.values, try a.matmul(x).values) < 1e-14)
    let product = try (gradient * v).sum().gradients(of: [x])[0]
    #expect(distance(try product.values, try a.matmul(v).values) < 1e-14)
  }

  @Test func hessianVectorProductsOfACubeAreSixTimesXTimesV() throws {
    let x = try Tensor([-2.0, 0.5, 3], shape: [3]).variable()
    let v = try Tensor([1.0, 10, 100], shape: [3])
    let gradient = try (x * x * x).sum().gradients(of: [x], recorded: true)[0]
    #expect(try (gradient * v).sum().gradients(of: [x])[0].values == [-12, 30, 1800])
  }

  @Test func vectorJacobianProductsCanBeTakenAgainAndAgain() throws {
    // ∇(x₁x₂² + y³) = (x₂², 2x₁x₂), 3y²: H is [[0, 2x₂], [2x₂, 2x₁]] beside 6y.
    let x = try Tensor([3.0, 5], shape: [2]).variable()
    let y = try Tensor([-2.0], shape: [1]).variable()
    let (first, second) = try (
      x.narrowed(0, start: 0, length: 1), x.narrowed(0, start: 1, length: 1)
    )
    let f = try (first * second * second + y * y * y).sum()
    let gradients = try f.gradients(of: [x, y], recorded: true)
    func product(_ v: [Double], _ w: Double) throws -> [[Double]] {
      try Tensor.vectorJacobianProducts(
        [Tensor(v, shape: [2]), Tensor([w], shape: [1])], of: gradients, inputs: [x, y]
      ).map { try $0.values }
    }
    #expect(try product([1, 0], 1) == [[0, 10], [-12]])
    #expect(try product([0, 1], 10) == [[10, 6], [-120]])
    #expect(try product([1, 0], 1) == [[0, 10], [-12]])
    let constant = try Tensor([1.0], shape: [1])
    let nothing = try Tensor.vectorJacobianProducts([constant], of: [constant], inputs: [x])
    #expect(try nothing[0].values == [0, 0])
  }

  @Test func gradientOfCrossEntropyIsSoftmaxMinusOneHot() throws {
    let rows = [[0.3, -1.2, 2.0], [1.5, 0.0, -0.5]]
    let labels = [2, 1]
    let logits = try Tensor(rows.flatMap { $0 }, shape: [2, 3]).variable()
    let loss = try logits.crossEntropy(try Tensor(labels.map(Int64.init), shape: [2]))
    let expected = zip(rows, labels).flatMap { row, label in
      let total = row.reduce(0) { $0 + exp($1) }
      return row.indices.map { (exp(row[$0]) / total - ($0 == label ? 1 : 0)) / 2 }
    }
    #expect(distance(try loss.gradients(of: [logits])[0].values, expected) < 1e-15)
  }

  @Test func gradientOfALinearLayerWithReLU() throws {
    // One unit is off: its weights and bias have gradient exactly zero.
    let x = try Tensor([1.0, 2], shape: [1, 2])
    let weight = try Tensor([1.0, 1, -1, -1], shape: [2, 2]).variable()
    let bias = try Tensor([0.0, 0], shape: [2]).variable()
    let out = try x.linear(weight: weight, bias: bias).relu().sum()
    let gradients = try out.gradients(of: [weight, bias])
    #expect(try gradients[0].values == [1, 2, 0, 0])
    #expect(try gradients[1].values == [1, 0])
  }

  @Test func gradientsThatWereNotRecordedCannotBeDifferentiated() throws {
    let x = try Tensor([2.0], shape: [1]).variable()
    let gradient = try (x * x).sum().gradients(of: [x])[0]
    #expect(throws: TensorError.self) { try gradient.sum().gradients(of: [x]) }
  }

  @Test func detachedValuesAreConstants() throws {
    let x = try Tensor([3.0], shape: [1]).variable()
    #expect(try (x * x.detached()).sum().gradients(of: [x])[0].item == 3)
  }

  @Test func onlySingleNumbersHaveGradients() throws {
    let x = try Tensor([3.0, 4], shape: [2]).variable()
    let error = #expect(throws: TensorError.self) { try (x * x).gradients(of: [x]) }
    #expect(error?.description.contains("scalar") == true, "\(String(describing: error))")
  }
}
