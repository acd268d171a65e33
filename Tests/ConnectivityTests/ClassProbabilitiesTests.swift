import Connectivity
import Foundation
import Recipes
import Tensors
import Testing

@Suite struct ClassProbabilitiesTests {
  private func network(_ logits: [[Float]], labels: [Int64]) throws -> ClassProbabilities {
    var found = ClassProbabilities(classes: logits[0].count)
    // Two batches, of which the second has one example.
    for part in [0..<logits.count - 1, logits.count - 1..<logits.count] {
      try found.append(
        logits: Tensor(logits[part].flatMap { $0 }, shape: [part.count, logits[0].count]),
        labels: Tensor(Array(labels[part]), shape: [part.count]))
    }
    return found
  }

  @Test("two networks that are wrong in turn are right together")
  func complementary() throws {
    let labels: [Int64] = [0, 1, 2]
    // Each is sure where it is right and nearly undecided where it is wrong.
    let one = try network([[4, 0, 0], [0.1, 0, 0], [0, 0, 4]], labels: labels)
    let two = try network([[0, 0, 0.1], [0, 4, 0], [0.1, 0, 0]], labels: labels)
    #expect(ClassProbabilities.ensemble([one]).correct == 2)
    #expect(ClassProbabilities.ensemble([two]).correct == 1)
    let both = ClassProbabilities.ensemble([one, two])
    #expect(both.correct == 3 && both.count == 3)
    func softmax(_ logits: [Double], _ index: Int) -> Double {
      exp(logits[index]) / logits.map { exp($0) }.reduce(0, +)
    }
    let expected = [
      (softmax([4, 0, 0], 0) + softmax([0, 0, 0.1], 0)) / 2,
      (softmax([0.1, 0, 0], 1) + softmax([0, 4, 0], 1)) / 2,
      (softmax([0, 0, 4], 2) + softmax([0.1, 0, 0], 2)) / 2,
    ].reduce(0) { $0 - log($1) / 3 }
    #expect(abs(both.loss! - expected) < 1e-6)
  }

  @Test("large logits do not overflow, and NaN is no answer")
  func extremes() throws {
    let sure = try network([[1000, 0], [0, 1000]], labels: [0, 1])
    #expect(ClassProbabilities.ensemble([sure, sure]).loss == 0)
    let wrong = ClassProbabilities.ensemble([try network([[0, 1000], [1000, 0]], labels: [0, 1])])
    #expect(wrong.correct == 0 && wrong.loss == nil)
    let broken = ClassProbabilities.ensemble([
      try network([[.nan, 0], [0, 1]], labels: [1, 1])
    ])
    #expect(broken.loss == nil && broken.correct == 1)
  }
}
