import Recipes
import Reports
import Testing

@testable import Analyses
@testable import Suites

@Suite("Other spellings of names")
struct SpellingTests {
  @Test(
    "layer-wise and layerwise are one wherever they are a name",
    arguments: ["layer-wise", "layerwise", "layer_wise"])
  func layerWise(_ spelling: String) throws {
    let methods = "{random: random, m: {criterion: magnitude, scope: \(spelling)}}"
    let design = design(
      try decode(yaml(methods: methods, more: "ablations: [invert-\(spelling), shuffle]")))
    #expect(design.methods[1].ranking.scope == .layerwise)
    #expect(
      design.methods[0].ablations == [
        AblationCombination([.invertLayerwise]), AblationCombination([.shuffle]),
      ])
    let lottery =
      "analysis: lottery\nnetwork: lenet-20\ndataset: digits\ntraining: {duration: 8ep}\nscope: \(spelling)"
    let scope: Scope? =
      if let design = try decode(lottery).analysis as? LotteryDesign {
        design.ladder.ranking.scope
      } else { nil }
    #expect(scope == .layerwise)
    #expect(Scope(name: spelling) == .layerwise)
  }

  @Test("in tables too, where other ablations keep their names")
  func tables() throws {
    let rows =
      "method,ablation,density,replicate,accuracy\n"
      + "m,invert-layer-wise + shuffle,0.5,1,90\nm,invert-layer_wise,0.5,1,90\nm,my own + x,0.5,1,90\n"
    let records = try RunRecord.rows(
      in: try CSV(parsing: rows, file: "mine.csv"), file: "mine.csv")
    #expect(
      records.map(\.ablation) == ["invert-layerwise + shuffle", "invert-layerwise", "my own + x"])
  }

  @Test(
    "a network in other letters is asked for",
    arguments: [
      ("resnet20", "resnet-20"), ("LeNet-300-100", "lenet-300-100"),
      ("ResNet_20_64", "resnet-20-64"),
      ("lenet300-100", "lenet-300-100"), ("VGG16", "vgg-16"), ("wrn16-8", "wrn-16-8"),
      ("resnt-20", "resnet-20"), ("lenett-64", "lenet-64"), ("Conv2", "conv-2"),
    ])
  func networks(_ name: String, _ meant: String) {
    #expect(
      problems(yaml().replacing("lenet-20", with: name)) == [
        "suite.yaml:2: network: unknown network `\(name)`; did you mean `\(meant)`?"
      ])
  }

  @Test(
    "a network of no kin is told what there is", arguments: ["transformer", "0", "''"])
  func unknown(_ name: String) {
    #expect(
      problems(yaml().replacing("lenet-20", with: name)).first?.contains("write a network, such as")
        == true)
  }

  @Test("hyphens, underscores and letters' case make no distance")
  func suggestions() {
    #expect(Suggestion.nearest(to: "Batch_Size", among: ["batch-size", "beta1"]) == "batch-size")
    #expect(Suggestion.nearest(to: "learningrate", among: ["learning-rate"]) == "learning-rate")
  }
}
