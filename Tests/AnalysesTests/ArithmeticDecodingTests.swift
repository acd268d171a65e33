import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Decoding precision and device")
struct ArithmeticDecodingTests {
  private func suite(_ training: String) -> String {
    yaml().replacing("batch-size: 162", with: "batch-size: 162\(training)")
  }

  private func precisions(_ text: String) throws -> Set<Precision> {
    Set(try plan(text).recipes(StateRecipe.self).map(\.walk.precision))
  }

  @Test("every training of a suite computes in its precision")
  func stated() throws {
    #expect(try decode(suite("")).suite.precision == .float32)
    #expect(try precisions(suite("")) == [.float32])
    #expect(try precisions(suite(", precision: bfloat16")) == [.bfloat16])
  }

  @Test("the defaults, stated, leave every key as it is; bfloat16 changes those of trainings alone")
  func keys() throws {
    let plain = try plan(suite(""))
    #expect(
      try plan(suite(", precision: float32, device: cpu")).artifacts.map(\.key)
        == plain.artifacts.map(\.key))
    let half = try plan(suite(", precision: bfloat16")).artifacts
    for (one, other) in zip(plain.artifacts, half) {
      #expect((one.key == other.key) == (one.walk == nil), "\(one.label)")
      let text = String(decoding: one.recipe, as: UTF8.self)
      #expect(
        text.replacing(#""precision":"float32""#, with: #""precision":"bfloat16""#)
          == String(decoding: other.recipe, as: UTF8.self))
    }
  }

  @Test("the ablation bfloat16 changes the arithmetic of its trainings and nothing else")
  func ablation() throws {
    let text = yaml(methods: "{random: random, snip: snip}", more: "ablations: [shuffle, bfloat16]")
    let plan = try plan(text)
    for method in ["random", "snip"] {
      let (own, half) = (try plan.cell(method), try plan.cell(method, [.bfloat16]))
      #expect(own.mask == half.mask && own.training != half.training)
      let recipes = [own, half].map { try? plan.training($0) }
      #expect(recipes.map { $0?.precision } == [.float32, .bfloat16])
      #expect(recipes[0]?.start == recipes[1]?.start)
      #expect(recipes[0]?.order == recipes[1]?.order)
    }
    #expect(
      problems(text.replacing("batch-size: 162", with: "batch-size: 162, precision: bfloat16"))
        .map { $0.contains("ablations: does not apply to suites whose trainings are in bfloat16") }
        == [true])
  }

  @Test("a GPU changes where trainings run, and their keys alone")
  func device() throws {
    let (plain, there) = (try plan(suite("")), try plan(suite(", device: cuda")))
    for (one, other) in zip(plain.artifacts, there.artifacts) {
      #expect((one.key == other.key) == (one.walk == nil), "\(one.label)")
    }
    let devices = try there.recipes(StateRecipe.self).map(\.walk.device)
    #expect(Set(devices) == [.cuda])
  }

  @Test("a name misspelt")
  func mistakes() {
    #expect(
      problems(suite(", precision: bfloat")) == [
        "suite.yaml:4: training.precision: unknown precision `bfloat`; did you mean `bfloat16`?"
      ])
    #expect(problems(suite(", device: gpu")).count == 1)
    #expect(problems(suite(", precison: bfloat16")).count == 1)
  }
}
