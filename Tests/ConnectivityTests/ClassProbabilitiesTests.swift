import Connectivity
import Foundation
import Tensors
import Testing

@Suite struct ClassProbabilitiesTests {
  private func network(_ logits: [[Float]], labels: [Int64]) throws -> ClassProbabilities {
    func batch(_ range: Range<Int>) throws -> ClassProbabilities {
      try ClassProbabilities(
        logits: Tensor(logits[range].flatMap { $0 }, shape: [range.count, logits[0].count]),
        labels: Tensor(Array(labels[range]), shape: [range.count]))
    }
    // Two batches, of which the second has one example.
    var found = try batch(0..<logits.count - 1)
    found.append(try batch(logits.count - 1..<logits.count))
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
    #expect(both.correct == 3)
    func softmax(_ logits: [Double], _ index: Int) -> Double {
      exp(logits[index]) / logits.map { exp($0) }.reduce(0, +)
    }
    let expected = [
      (softmax([4, 0, 0], 0) + softmax([0, 0, 0.1], 0)) / 2,
      (softmax([0.1, 0, 0], 1) + softmax([0, 4, 0], 1)) / 2,
      (softmax([0, 0, 4], 2) + softmax([0.1, 0, 0], 2)) / 2,
    ].reduce(0) { $0 - log($1) / 3 }
    #expect(abs(both.lossSum / 3 - expected) < 1e-6)
  }

  @Test("examples are taken by their places")
  func parts() throws {
    let all = try network([[4, 0], [4, 0], [0, 4]], labels: [0, 1, 1])
    #expect(all.count == 3)
    #expect(
      (0..<3).map { ClassProbabilities.ensemble([all.examples($0..<$0 + 1)]).correct } == [1, 0, 1])
  }

  @Test("large logits do not overflow, and NaN is no answer")
  func extremes() throws {
    let sure = try network([[1000, 0], [0, 1000]], labels: [0, 1])
    #expect(ClassProbabilities.ensemble([sure, sure]).lossSum == 0)
    let wrong = ClassProbabilities.ensemble([
      try network([[0, 1000], [1000, 0]], labels: [0, 1])
    ])
    #expect(wrong.correct == 0 && wrong.lossSum == .infinity)
    let broken = ClassProbabilities.ensemble([
      try network([[.nan, 0], [0, 1]], labels: [1, 1])
    ])
    #expect(broken.lossSum.isNaN && broken.correct == 1)
  }
}
