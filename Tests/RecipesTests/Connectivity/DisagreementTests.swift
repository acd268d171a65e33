import Recipes
import Testing

@Suite("Disagreement")
struct DisagreementTests {
  @Test("equal predictions never differ, and need not be expected to agree")
  func equal() {
    let predictions = [0, 0, 1, 1]
    let found = Disagreement(of: predictions, and: predictions, labels: [0, 1, 1, 1])
    #expect(found.differing == 0 && found.count == 4 && found.fraction == 0)
    // Class 0: certain. Class 1: one of three is called 0, so 1 − (1/9 + 4/9) of three quarters differ.
    #expect(abs(found.expected - 0.75 * (1 - 5.0 / 9)) < 1e-15)
  }

  @Test("perfect classifiers agree always, opposite ones never")
  func extremes() {
    #expect(Disagreement(of: [0, 1], and: [0, 1], labels: [0, 1]).expected == 0)
    let opposite = Disagreement(of: [0, 1], and: [1, 0], labels: [0, 1])
    #expect(opposite.differing == 2 && opposite.fraction == 1 && opposite.expected == 1)
  }

  @Test("classes are weighted by their examples")
  func weights() {
    let found = Disagreement(
      of: [2, 0, 0, 0], and: [2, 1, 1, 0], labels: [2, 0, 0, 0])
    // Class 2 agrees; class 0: A always says 0, B one time in three.
    #expect(found.differing == 2)
    #expect(abs(found.expected - 3.0 / 4 * (1 - 1.0 / 3)) < 1e-15)
  }
}
