import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("MemoryModel")
struct MemoryModelTests {
  private func peak(_ change: (String) -> String = { $0 }) throws -> Int {
    let text = change(
      yaml(methods: methodsOfEverySort).replacing("network: lenet-20", with: "network: resnet-20"))
    return MemoryDemand(making: try plan(text).artifacts, workers: 1, available: nil).perWorker
  }

  @Test("grows with batch, network and precision, and not with what is no memory")
  func grows() throws {
    let base = try peak()
    #expect(base > 120_000_000)
    #expect(try peak { $0.replacing("batch-size: 162", with: "batch-size: 1296") } > base)
    #expect(try peak { $0.replacing("resnet-20", with: "resnet-20-64") } > base)
    #expect(try peak { $0.replacing("duration: 8ep", with: "duration: 80ep") } == base)
  }

  /// The training's own part, of which nothing else depends on the batch.
  @Test("activations of a step are counted once per example, forward and backward")
  func linearInTheBatch() throws {
    func training(_ batch: Int, _ precision: String = "float32") throws -> Int {
      let text = yaml().replacing("network: lenet-20", with: "network: resnet-20-64")
        .replacing("batch-size: 162", with: "batch-size: \(batch), precision: \(precision)")
      return try #require(try plan(text).recipes(StateRecipe.self).first).peak
    }
    let activations =
      64
      + NetworkSpecification("resnet-20-64")!.fitting(
        input: DatasetSource(.digits).shape, classes: 10
      ).activations
    #expect(try training(800) - training(400) == 400 * activations * 4 * 3 / 2)
    #expect(
      try training(800, "bfloat16") - training(400, "bfloat16") == 400 * activations * 2 * 3 / 2)
  }
}
