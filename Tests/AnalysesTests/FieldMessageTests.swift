import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Messages about single fields")
struct FieldMessageTests {
  @Test(
    "one mistake, one message",
    arguments: [
      (
        "training: {duration: 8ep, batch-size: 162}", "training: {duration: 8ep, momentum: 1}",
        "4: training.momentum: found `1`; write a number of at least 0 and below 1"
      ),
      (
        "batch-size: 162", "nesterov: yes",
        "4: training.nesterov: found `yes`; write true or false"
      ),
      (
        "batch-size: 162", "nesterov: true",
        "4: training.nesterov: Nesterov's form needs momentum; write a momentum above 0 or"
          + " `nesterov: false`"
      ),
      (
        "batch-size: 162", "optimizer: adam, momentum: 0.9",
        "4: training.momentum: does not apply to adam; remove it"
      ),
      ("batch-size: 162", "epsilon: 1e-8", "4: training.epsilon: does not apply to sgd; remove it"),
      (
        "batch-size: 162", "warmup: 8ep",
        "4: training.warmup: `8ep` is not before the end of training at 8ep; write an earlier step"
          + " or raise training.duration"
      ),
      (
        "batch-size: 162", "batch-size: 162, schedule: {steps: {at: [4ep, 64it, 1ep]}}",
        "4: training.schedule.steps.at: `64it` is not before the end of training at 8ep; write an"
          + " earlier step or raise training.duration"
      ),
      (
        "batch-size: 162", "schedule: steps",
        "4: training.schedule: found `steps`; write its milestones too: {steps: {at: [4ep, 6ep],"
          + " factor: 0.1}}"
      ),
      (
        "batch-size: 162", "schedule: {cosine: {final: 2}}",
        "4: training.schedule.cosine.final: found `2`; write a number from 0 to 1"
      ),
      (
        "batch-size: 162", "schedule: {cosin: {final: 0}}",
        "4: training.schedule: unknown learning-rate schedule `cosin`; did you mean `cosine`?"
      ),
      (
        "duration: 8ep", "duration: 0ep",
        "4: training.duration: found `0ep`; write a duration above 0, such as 8ep, 500it or"
          + " 8ep500it"
      ),
      ("duration: 8ep, ", "", "4: training.duration: missing; add it, as in `duration: 8ep`"),
      (
        "training: {duration: 8ep, batch-size: 162}", "training:",
        "4: training: found nothing; write a mapping with keys such as `optimizer:`"
      ),
      (
        "network: lenet-20", "network: transformer",
        "2: network: found `transformer`; write a network, such as lenet-300-100, lenet-5, conv-2|4|6,"
          + " resnet-20, resnet-20-64, wrn-16-8, vgg-11|13|16|19, vgg19-imagenet, resnet-18, resnet-50,"
          + " or {layers: [...]}"
      ),
      (
        "dataset: digits", "dataset: gaussian-mixture",
        "3: dataset: found `gaussian-mixture`; write its size too: {name: gaussian-mixture,"
          + " classes: 4, dimension: 16, train: 400, test: 200}"
      ),
      (
        "dataset: digits",
        "dataset: {name: gaussian-mixture, classes: 4, dimension: 16, train: 400}",
        "3: dataset.test: missing; add it, as in `test: 200`"
      ),
      (
        "dataset: digits", "dataset: {name: digits, classes: 4}",
        "3: dataset.classes: does not apply to digits; remove it"
      ),
      (
        "dataset: digits", "dataset: {name: digits, normalization: {mean: [1, 2]}}",
        "3: dataset.normalization.mean: found a list; write a number, or one for each of 1 channels"
      ),
      (
        "dataset: digits", "dataset: {name: digits, normalization: {standard-deviation: 0}}",
        "3: dataset.normalization.standard-deviation: found `0`; write a number above 0"
      ),
      (
        "dataset: digits", "dataset: minst",
        "3: dataset: unknown dataset `minst`; did you mean `mnist`?"
      ),
      (
        "dataset: digits", "dataset: mnist",
        "3: dataset: mnist's files are missing: `train-images-idx3-ubyte`,"
          + " `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte`, `t10k-labels-idx1-ubyte` (or with"
          + " .gz); name their folder by --data DIR or ESPALIER_DATA"
      ),
      (
        "densities: [0.8^3, 10%]", "densities: []",
        "5: densities: found an empty list; write at least one density"
      ),
      (
        "densities: [0.8^3, 10%]", "densities: 0.5",
        "5: densities: found `0.5`; write a list of densities, such as [0.8^3, 10%]"
      ),
      (
        "methods: {random: random}", "methods: {}",
        "6: methods: found an empty mapping; write at least one method"
      ),
      (
        "methods: {random: random}", "methods: [random]",
        "6: methods: found a list; write methods by name, such as {random: random, snip: snip}"
      ),
      (
        "methods: {random: random}", "methods: {a: }",
        "6: methods.a: found nothing; write a name: \(Criterion.names.joined(separator: ", "))"
      ),
      (
        "analysis: ablation\n", "",
        "1: analysis: missing; add it, as in `analysis: ablation`"
      ),
      (
        "densities: [0.8^3, 10%]",
        "densities: [10%]\nseed: 1\nstatistics: {split: validation}\ndense: 1",
        "8: dense: found `1`; write true or false"
      ),
    ])
  func single(_ old: String, _ new: String, _ message: String) {
    let text = yaml()
    #expect(text.contains(old))
    #expect(problems(text.replacingOccurrences(of: old, with: new)) == ["suite.yaml:" + message])
  }

  @Test("validation cannot decide where nothing is held out")
  func validation() {
    let text = yaml(more: "statistics: {split: validation}")
      .replacingOccurrences(of: "dataset: digits", with: "dataset: {name: digits, validation: 0}")
    #expect(
      problems(text) == [
        "suite.yaml:7: statistics.split: does not apply to a dataset with `validation: 0`; hold"
          + " examples out or write test"
      ])
  }
}
