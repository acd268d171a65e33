import Pruning
import Recipes
import Tensors
import Testing

@Suite struct RandomTests {
  @Test func scoresAreUniformAndOfTheirStream() throws {
    let setting = try Setting()
    let scores = try setting.scoring().scores(by: .init(.random))
    #expect(try scores.layers.allSatisfy { try $0.scores.type == .float64 })
    let values = try scores.values.joined()
    #expect(values.allSatisfy { (0..<1).contains($0) } && Set(values).count == 246)
    let mean = values.reduce(0, +) / 246
    #expect(abs(mean - 0.5) < 5 / (12 * 246.0).squareRoot())
    #expect(try setting.scoring(seed: 2).scores(by: .init(.random)).values != scores.values)
  }
}
