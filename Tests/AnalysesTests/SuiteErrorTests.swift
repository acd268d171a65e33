import Foundation
import Testing

@testable import Analyses
@testable import Suites

@Suite("Messages about bad suites")
struct SuiteErrorTests {
  @Test("all problems of a file come together, each with its line")
  func together() {
    let text = """
      analysis: ablaton
      seed: -1
      replicates: 0
      netwrok: lenet-300-100
      dataset: {name: digits, validation: 1440}
      initializer: {weights: he, biases: [0]}
      training:
        optimizer: adamm
        learning-rate: 0
        batch-size: 100000
        duration: 8
        evaluate-every: 0it
      densities:
        - 0
        - 0.8^3
        - 51.2%
        - 1.5
      methods:
        snip: {criterion: snipp, scop: global}
        grasp: {criterion: grasp, temperature: -1, reading: sum-then-absolute}
        dense: random
      ablations: [shufle, shuffle, [invert-global, invert-layerwise], shuffle]
      statistics: {margin: 0, alpha: 0.5, split: train, primary-densities: [0.8^3, 20%]}
      """
    #expect(
      problems(text) == [
        "suite.yaml:1: analysis: unknown analysis `ablaton`; did you mean `ablation`?",
        "suite.yaml:1: network: missing; add it, as in `network: lenet-300-100`",
        "suite.yaml:2: seed: found `-1`; write a whole number of at least 0",
        "suite.yaml:3: replicates: found `0`; write a whole number from 1 to 1000",
        "suite.yaml:4: netwrok: unknown key; did you mean `network`?",
        "suite.yaml:5: dataset.validation: found `1440`; write a whole number from 0 to 1439",
        "suite.yaml:6: initializer.weights: unknown initializer of weights `he`; possible:"
          + " `kaiming-normal`, `kaiming-uniform`, `glorot-normal`, `glorot-uniform`, `orthogonal`,"
          + " `signed-constant`, `kaiming-normal-fan-out`, `imagenet-vgg`",
        "suite.yaml:6: initializer.biases: found a list; write a name: zero, uniform",
        "suite.yaml:8: training.optimizer: unknown optimizer `adamm`; did you mean `adam`?",
        "suite.yaml:9: training.learning-rate: found `0`; write a learning rate above 0",
        "suite.yaml:10: training.batch-size: found `100000`; write a whole number from 1 to 1296",
        "suite.yaml:11: training.duration: found `8`; write a duration above 0, such as 8ep, 500it"
          + " or 8ep500it",
        "suite.yaml:12: training.evaluate-every: found `0it`; write a duration above 0, such as 8ep,"
          + " 500it or 8ep500it",
        "suite.yaml:14: densities: found `0`; write a density above 0 and up to 1, such as 0.1, 10%,"
          + " 1/8 or 0.8^6",
        "suite.yaml:16: densities: `51.2%` equals an entry in line 15; remove one",
        "suite.yaml:17: densities: found `1.5`; write a density above 0 and up to 1, such as 0.1,"
          + " 10%, 1/8 or 0.8^6",
        "suite.yaml:19: methods.snip.scop: unknown key; did you mean `scope`?",
        "suite.yaml:19: methods.snip.criterion: unknown criterion `snipp`; did you mean `snip`?",
        "suite.yaml:20: methods.grasp.reading: does not apply to grasp; remove it",
        "suite.yaml:20: methods.grasp.temperature: found `-1`; write a temperature above 0",
        "suite.yaml:21: methods.dense: found `dense` as a method's name; write another name; `dense`"
          + " is the network before pruning",
        "suite.yaml:22: ablations: unknown ablation `shufle`; did you mean `shuffle`?",
        "suite.yaml:22: ablations: inverts twice; keep `invert-global` or `invert-layerwise`",
        "suite.yaml:22: ablations: `shuffle` equals an entry in line 22; remove one",
        "suite.yaml:23: statistics.margin: found `0`; write accuracy points above 0 and up to 100",
        "suite.yaml:23: statistics.alpha: found `0.5`; write a number from 0.000001 on and below 0.5",
        "suite.yaml:23: statistics.split: found `train`; write test or validation",
        "suite.yaml:23: statistics.primary-densities: found `20%`; write one of the suite's"
          + " densities",
      ])
  }

  @Test(
    "what is no YAML",
    arguments: [
      (
        "a: [1, 2",
        "2: malformed YAML, did not find expected ',' or ']'; check indents, quotes and brackets"
      ),
      (
        "a: b: c",
        "1: malformed YAML, mapping values are not allowed in this context; check indents, quotes and brackets"
      ),
      (
        "seed: 1\n\"x",
        "2: malformed YAML, found unexpected end of stream; check indents, quotes and brackets"
      ),
      ("a: *b", "1: malformed YAML, found undefined alias; check indents, quotes and brackets"),
      ("seed: 1\nseed: 2", "1: `seed` stated more than once; keep one"),
      ("x:\n  seed: 1\n  seed: 2", "2: `seed` stated more than once; keep one"),
      ("hello", "1: found `hello`; write a mapping with keys such as `analysis:`"),
      ("- 1", "1: found a list; write a mapping with keys such as `analysis:`"),
    ])
  func malformed(_ text: String, _ message: String) {
    #expect(problems(text) == ["suite.yaml:" + message])
  }

  @Test("an empty suite misses what has no default", arguments: ["", "# nothing\n", "{}"])
  func empty(_ text: String) {
    #expect(
      problems(text) == [
        "suite.yaml:1: analysis: missing; add it, as in `analysis: ablation`",
        "suite.yaml:1: network: missing; add it, as in `network: lenet-300-100`",
        "suite.yaml:1: dataset: missing; add it, as in `dataset: digits`",
        "suite.yaml:1: training: missing; add it, as in `training: {duration: 8ep}`",
        "suite.yaml:1: densities: missing; add it, as in `densities: [0.8^3, 0.8^6, 10%]`",
        "suite.yaml:1: methods: missing; add it, as in `methods: {random: random, snip: snip}`",
      ])
  }

  @Test("a file that is not there")
  func unreadable() {
    #expect {
      try Suite.read(
        URL(filePath: "/nowhere/suite.yaml"), dataFolders: [], analyses: AnalysisList.all)
    } throws: {
      "\($0)".hasPrefix("/nowhere/suite.yaml: cannot be read (")
    }
  }

  @Test("doubts that do not stop a suite")
  func warnings() throws {
    let doubtful = yaml(
      methods: "{snip: snip}", more: "replicates: 2\nstatistics:\n  margin: 0.1\n")
    #expect(
      try decode(doubtful).warnings.map(\.description) == [
        "suite.yaml:9: statistics.margin: 0.1 points is less than one test example (0.28 points); a"
          + " margin of several examples can be decided",
        "suite.yaml:6: methods: no method prunes at random; add `random: random`, or nothing shows"
          + " whether a method is like it",
        "suite.yaml:7: replicates: 2 replicates give wide intervals; 8 are the default",
      ])
    let uncontrolled = yaml(more: "ablations: [reinitialize]\nreplicates: 1")
    #expect(
      try decode(uncontrolled).warnings.map(\.description) == [
        "suite.yaml:6: methods: random pruning is not shuffled; add `shuffle`, the suite's null"
          + " control",
        "suite.yaml:8: replicates: one replicate gives no interval; 8 are the default",
      ])
    #expect(try decode(yaml()).warnings.isEmpty)
  }
}
