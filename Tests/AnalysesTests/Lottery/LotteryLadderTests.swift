import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Ladders")
struct LotteryLadderTests {
  @Test("Frankle & Carbin's ladder of LeNet-300-100, exactly and to their rounding")
  func frankleCarbin() throws {
    let ladder = try lotteryDesign(
      """
      analysis: lottery
      network: lenet-300-100
      dataset: digits
      training: {duration: 8ep, batch-size: 60}
      levels: 20
      output-rate: 10%
      statistics: {margin: 1}
      """
    ).ladder
    // 784·300 + 300·100 hidden weights and 100·10 in the output layer, as on MNIST.
    let output = try #require(ladder.keptInOutput)
    var before = (hidden: 265_200, output: 1_000)
    for level in 1...20 {
      let hidden = ladder.density(ofLevel: level).kept(of: 265_200)
      let last = try #require(output.raised(to: level)).kept(of: 1_000)
      #expect(hidden < before.hidden && last < before.output)
      before = (hidden, last)
      // Both counts are rounded up to whole weights, never by more than one.
      let published = (265_200 * power(0.8, level) + 1_000 * power(0.9, level))
      let kept = Double(hidden + last)
      #expect(kept >= published - 1e-6 && kept < published + 2, "level \(level)")
    }
    // Their labels in percent.
    for (level, label) in [(3, 51.3), (7, 21.1), (9, 13.5), (15, 3.6), (18, 1.9), (20, 1.2)] {
      let kept =
        ladder.density(ofLevel: level).kept(of: 265_200) + output.raised(to: level)!.kept(of: 1_000)
      #expect(abs(100 * Double(kept) / 266_200 - label) < 0.05, "level \(level)")
    }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
