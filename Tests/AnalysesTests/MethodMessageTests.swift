import Foundation
import Testing

@testable import Analyses
@testable import Suites

@Suite("Messages about methods")
struct MethodMessageTests {
  @Test(
    "one mistake in a method, one message",
    arguments: [
      (
        "{criterion: magnitude, mask-from: 8ep}",
        "mask-from: `8ep` is not before the end of training at 8ep; write an earlier step or raise"
          + " training.duration"
      ),
      (
        "{criterion: magnitude, continue-from: 9ep}",
        "continue-from: `9ep` is not before the end of training at 8ep; write an earlier step or"
          + " raise training.duration"
      ),
      (
        "{criterion: magnitude, mask-from: end}",
        "mask-from: found `end`; write a step such as 0it or 2ep, or `last`"
      ),
      (
        "{criterion: magnitude, mask-from: last, continue-from: last}",
        "continue-from: `last` leaves open how long to train on; add `schedule-from: 0it`"
          + " (learning-rate rewinding) or `fine-tune: 2ep` (at the schedule's last learning rate)"
      ),
      (
        "{criterion: magnitude, continue-from: last, schedule-from: 0it, fine-tune: 2ep}",
        ": `schedule-from`, `fine-tune` exclude one another; keep one"
      ),
      (
        "{criterion: magnitude, fine-tune: 2ep}",
        "fine-tune: does not apply to weights before the end of training; write `continue-from:"
          + " last`, or remove it"
      ),
      (
        "{criterion: magnitude, exclude: [fc.wieght]}",
        "exclude: the network has no prunable tensor `fc.wieght`; it has `fc_layers.0.weight`,"
          + " `fc.weight`"
      ),
      (
        "{criterion: magnitude, exclude: [fc.weight, fc_layers.0.weight]}",
        "exclude: every prunable tensor is excluded; leave at least one"
      ),
      (
        "{criterion: synflow, examples: 10}",
        "examples: does not apply to a criterion without data; remove it"
      ),
      (
        "{criterion: synflow, batch-norm: eval}",
        "batch-norm: does not apply to SynFlow, for which batch norm is the identity; remove it"
      ),
      (
        "{criterion: random, batch-norm: eval}",
        "batch-norm: does not apply to a criterion that runs no network here; remove it"
      ),
      (
        "{criterion: snip, examples: 10, examples-per-class: 2}",
        ": `examples-per-class`, `examples` exclude one another; keep one"
      ),
      (
        "{criterion: snip, examples-per-class: 130}",
        "examples-per-class: class `8` has 113 training examples and 130 of each class are wanted;"
          + " write `examples-per-class: 113` or less"
      ),
      (
        "{criterion: snip, probes: 10}",
        "probes: does not apply to snip; remove it"
      ),
      (
        "{criterion: obd, exact: true, probes: 10}",
        "probes: does not apply to an exact diagonal; remove it"
      ),
      (
        "{criterion: obd, probes: 0}",
        "probes: found `0`; write a whole number from 1 to 1000000"
      ),
      (
        "{criterion: snip, scope: erdos-reny}",
        "scope: unknown scope `erdos-reny`; did you mean `erdos-renyi`?"
      ),
      (
        "{criterion: snip, schedule: exponential}",
        "schedule: found `exponential`; write its number of iterations too: {exponential: 100}"
      ),
      (
        "{criterion: snip, schedule: {linear: 0}}",
        "schedule.linear: found `0`; write a whole number from 1 to 10000"
      ),
      (
        "{criterion: snip, schedule: {linear: 1, exponential: 2}}",
        "schedule: found 2 keys; write one pruning schedule"
      ),
      ("{scope: global}", "criterion: missing; add it, as in `criterion: snip`"),
      (
        "{criterion: {command: [python3, none.py]}}",
        "criterion.command: no such file: `none.py`; paths start at the suite's folder"
      ),
      (
        "{criterion: {command: [a], timeout: 5min}}",
        "criterion.timeout: found `5min`; write seconds above 0, such as 60s"
      ),
      (
        "{criterion: {command: []}}",
        "criterion.command: found an empty list; write a program and its arguments, such as"
          + " [\"python3\", \"my_scores.py\"]"
      ),
      (
        "{masks: 'm.safetensors'}",
        "masks: one file name for 8 replicates; put `{replicate}` into it"
      ),
      (
        "{masks: 'm-{replicate}.safetensors'}",
        "masks: one file name for 2 densities; put `{density}` into it"
      ),
      (
        "{criterion: snip, ablations: [[]]}",
        "ablations: found an empty list; write ablations that act together"
      ),
    ])
  func method(_ method: String, _ message: String) {
    let separator = message.hasPrefix(":") ? "" : "."
    #expect(
      problems(yaml(methods: "{random: random, m: \(method)}"))
        == ["suite.yaml:6: methods.m\(separator)\(message)"])
  }

  @Test("exact diagonals of large networks are refused before anything runs")
  func exactDiagonal() {
    // 64·1400 + 1400·10 = 103,600 weights.
    let text = yaml(methods: "{random: random, m: {criterion: obd, exact: true}}")
      .replacingOccurrences(of: "lenet-20", with: "lenet-1400")
    let message =
      "does not apply to 103600 weights, one Hessian–vector product each; write an `exact-up-to`"
      + " that leaves no more than 100000"
    #expect(problems(text) == ["suite.yaml:6: methods.m.exact: \(message)"])
    let mixed = text.replacingOccurrences(of: "exact: true", with: "exact-up-to: 14000")
    #expect(problems(mixed) == [])
    #expect(
      problems(
        mixed.replacingOccurrences(of: "14000", with: "89600")
          .replacingOccurrences(of: "lenet-1400", with: "lenet-1400-7"))
        == [])
  }

  @Test("missing mask files are named, and mask files cannot be inverted")
  func masks() {
    let text = yaml(
      methods: "{random: random, m: {masks: 'm/{replicate}-{density}', scope: global}}",
      more: "replicates: 1\nablations: [shuffle, [invert-global, shuffle]]")
    #expect(
      problems(text) == [
        "suite.yaml:6: methods.m.scope: does not apply to mask files; remove it",
        "suite.yaml:6: methods.m: `invert-global + shuffle` needs scores, and mask files have none;"
          + " give this method its own `ablations:`, as in `ablations: [shuffle, reinitialize]`",
        "suite.yaml:6: methods.m.masks: no such file: `m/1-0.512`, `m/1-0.1`; make them or mend the"
          + " name",
      ])
  }

  @Test("fine-tuning at learning rate 0 is refused")
  func fineTuning() {
    let text = yaml(methods: "{m: {criterion: snip, continue-from: last, fine-tune: 1ep}}")
      .replacingOccurrences(of: "batch-size: 162", with: "schedule: cosine")
    #expect(
      problems(text) == [
        "suite.yaml:6: methods.m.fine-tune: the schedule ends at learning rate 0; give"
          + " training.schedule a `final` above 0, or use `schedule-from` in place of `fine-tune`"
      ])
  }
}
