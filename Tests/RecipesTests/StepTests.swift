import Foundation
import Recipes
import Testing

@Suite("Step")
struct StepTests {
  @Test(
    "reads and prints",
    arguments: [
      ("2000it", 0, 2000, "2000it"), ("10ep", 10, 0, "10ep"), ("10ep50it", 10, 50, "10ep50it"),
      ("0it", 0, 0, "0it"), ("0ep", 0, 0, "0it"), ("0", 0, 0, "0it"), ("1ep0it", 1, 0, "1ep"),
    ])
  func reads(_ text: String, _ epochs: Int, _ iterations: Int, _ printed: String) throws {
    let step = try #require(Step(text))
    #expect(step == Step(epochs: epochs, iterations: iterations))
    #expect(step.description == printed)
    #expect(Step(printed) == step)
    #expect(try JSONDecoder().decode([Step].self, from: CanonicalJSON.encode([step])) == [step])
  }

  @Test(
    "refuses what is no step",
    arguments: [
      "", "10", "-1it", "-1ep", "1.5ep", "ep", "it", "10it5ep", "10 ep", "1e3it", "last",
      "9223372036854775807ep",
      "99999999999999999999it",
    ])
  func refuses(_ text: String) { #expect(Step(text) == nil) }

  @Test("becomes a number through the steps per epoch")
  func iterations() {
    #expect(Step(epochs: 3, iterations: 50).iterations(perEpoch: 430) == 1340)
    #expect(Step.zero.iterations(perEpoch: 430) == 0)
    #expect(Step(epochs: .max, iterations: 1).iterations(perEpoch: 430) == .max)
    #expect(Step(epochs: 1, iterations: .max).iterations(perEpoch: 1) == .max)
  }
}
