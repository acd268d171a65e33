@testable import Recipes
import Testing

@Suite("EpsilonConnection")
struct EpsilonConnectionTests {
  @Test("the bound is the worse end's loss plus ε, and the highest point decides")
  func verdicts() throws {
    let path: [Double?] = [0.25, 0.75, 0.5]
    let wide = try #require(EpsilonConnection(losses: path, epsilon: 0.25))
    #expect(wide.bound == 0.75 && wide.highest == 0.75 && wide.excess == 0)
    #expect(wide.verdict() == .connected)
    let narrow = try #require(EpsilonConnection(losses: path, epsilon: 0.125))
    #expect(narrow.excess == 0.125 && narrow.verdict() == .apart)
    #expect(narrow.verdict(rounding: 0.125) == .connected)
  }

  @Test("a point without a finite loss leaves the path unbounded, an end without one undefined")
  func notFinite() throws {
    let gap = try #require(EpsilonConnection(losses: [1, nil, 1], epsilon: 5))
    #expect(gap.verdict() == .unbounded && gap.excess == nil)
    #expect(EpsilonConnection(losses: [nil, 1], epsilon: 0) == nil)
    #expect(EpsilonConnection(losses: [], epsilon: 0) == nil)
  }

  @Test("ε is the largest rise of any drop, and 0 where all fall")
  func epsilon() {
    func end(_ losses: [Double?]) -> DropoutStabilityResult.End {
      func point(_ loss: Double?) -> PointEvaluation {
        let evaluation = Evaluation(correct: 1, count: 2, loss: loss)
        return PointEvaluation(train: evaluation, test: evaluation)
      }
      return .init(
        whole: point(losses[0]),
        drops: losses.dropFirst().map {
          .init(layer: "a", units: 4, kept: 2, choice: 0, evaluation: point($0))
        })
    }
    #expect(end([0.5, 1, 0.75]).epsilon == 0.5)
    #expect(end([0.5, 0.25]).epsilon == 0)
    #expect(end([0.5, nil]).epsilon == nil && end([nil, 1]).epsilon == nil)
  }
}
