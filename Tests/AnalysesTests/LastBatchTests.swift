import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Batches of one example before batch norm")
struct LastBatchTests {
  /// 8×8 digits through an 8×8 kernel: batch norm sees one position of each of 1,296 training examples.
  private let layers =
    "{layers: [{conv: {outputs: 4, kernel: 8, padding: 0}}, batch-norm, relu, flatten, linear]}"

  private func ablation(
    batchSize: Int = 162, methods: String = "{random: random}", network: String? = nil
  ) -> String {
    yaml(methods: methods)
      .replacing("lenet-20", with: network ?? layers)
      .replacing("batch-size: 162", with: "batch-size: \(batchSize)")
  }

  private func sentence(_ count: String, _ what: String, _ size: String) -> String {
    "\(count) \(what) in batches of \(size) make a batch of one, and this network has a batch norm that sees"
      + " one value of each example and channel, which has no variance; choose sizes that leave no"
      + " example alone"
  }

  @Test("a last batch of one is a mistake of the training, and so are batches of one")
  func training() {
    for size in [5, 7, 1295, 1] {
      #expect(
        problems(ablation(batchSize: size)) == [
          "suite.yaml:4: training.batch-size: "
            + sentence("1,296", "training examples", size == 1295 ? "1,295" : "\(size)")
        ])
    }
    #expect(problems(ablation()) == [])
    #expect(problems(ablation(batchSize: 4)) == [])
  }

  @Test("more than one position of an example suffice, and so do networks without batch norm")
  func positions() {
    let wide = layers.replacing("kernel: 8", with: "kernel: 7")
    #expect(problems(ablation(batchSize: 5, network: wide)) == [])
    #expect(problems(ablation(batchSize: 5, network: "lenet-20")) == [])
  }

  @Test("a scoring set in train mode")
  func scoring() {
    for (options, count, size, key) in [
      ("examples: 17, batch-size: 4", "17", "4", ".batch-size"),
      ("examples: 257", "257", "256", ".examples"),
      ("examples-per-class: 10, batch-size: 33", "100", "33", ".batch-size"),
    ] {
      #expect(
        problems(ablation(methods: "{m: {criterion: snip, \(options)}}")) == [
          "suite.yaml:6: methods.m\(key): " + sentence(count, "examples to score on", size)
        ])
      #expect(
        problems(ablation(methods: "{m: {criterion: snip, batch-norm: eval, \(options)}}")) == [])
    }
  }

  @Test("the training of a curve, statistics computed anew, and transferred tickets")
  func elsewhere() {
    #expect(
      problems(
        curve(network: layers, training: "{duration: 4ep, batch-size: 5}")) == [
          "suite.yaml:7: curve-training.batch-size: " + sentence("1,296", "training examples", "5")
        ])
    #expect(
      problems(curve("statistics-examples: 501", network: layers)) == [
        "suite.yaml:8: statistics-examples: " + sentence("501", "examples for statistics", "500")
      ])
    #expect(
      problems(curve("statistics-examples: 501\nbatch-norm: interpolate", network: layers)) == [])
    func lottery(_ count: Int) -> String {
      """
      analysis: lottery
      network: {layers: [{conv: {outputs: 4, kernel: 1, stride: 16}}, batch-norm, relu, flatten, linear]}
      dataset: {name: gaussian-mixture, classes: 4, dimension: 16, train: 40, test: 20, validation: 0}
      training: {duration: 8ep, batch-size: 8}
      transfer:
        dataset:
          {name: gaussian-mixture, classes: 4, dimension: 16, train: \(count), test: 20, validation: 0}
      """
    }
    #expect(problems(lottery(48)) == [])
    #expect(
      problems(lottery(41)) == [
        "suite.yaml:6: transfer.dataset: " + sentence("41", "training examples", "8")
      ])
  }

  @Test("statistics are computed on one example fewer where no one said how many")
  func capped() throws {
    let small = curve(network: layers).replacing(
      "dataset: digits", with: "dataset: {name: digits, validation: 439}"
    ).replacing("batch-size: 162", with: "batch-size: 11")
    // 1,440 − 439 = 1,001 training examples.
    let examples: Int? =
      if let design = try decode(small).analysis as? CurveDesign {
        design.measurement.statisticsExamples
      } else { nil }
    #expect(examples == 1000)
  }
}
