import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Layers that programs do not compute, in suites") struct ListedLayersDecodingTests {
  private func suite(
    _ layers: String, analysis: String = "ablation", training: String = "duration: 1ep",
    more: String = "densities: [0.5]\nmethods: {random: random}\nablations: [shuffle]"
  ) -> String {
    """
    analysis: \(analysis)
    dataset: digits
    training: {\(training)}
    replicates: 3
    network: {layers: [\(layers)]}
    \(more)
    """
  }

  private let grouped =
    "{conv: {outputs: 6, kernel: 3}}, {conv: {outputs: 6, kernel: 1, groups: 2}}"

  @Test("names, shorthands and defaults")
  func layers() throws {
    let text = suite(
      "{conv: {outputs: 6, kernel: 3, groups: 1}}, {conv: {outputs: 12, kernel: 3, groups: 6}},"
        + " layer-norm, {group-norm: 3}, gelu, silu, sigmoid, tanh, {dropout: 0.25}, flatten, linear"
    )
    #expect(
      try decode(text).suite.problem.network
        == .custom([
          .convolution(name: "layers.0", outputs: 6, kernel: 3, padding: 1, bias: true),
          .convolution(name: "layers.1", outputs: 12, kernel: 3, padding: 1, bias: true, groups: 6),
          .layerNorm(name: "layers.2"), .groupNorm(name: "layers.3", groups: 3), .gelu, .silu,
          .sigmoid, .tanh, .dropout(rate: 0.25), .flatten, .linear(name: "layers.10", outputs: nil),
        ]))
  }

  @Test("one mistake, one message")
  func mistakes() {
    let cases = [
      (
        "{dropout: 1}, flatten, linear",
        "network.layers.dropout: found `1`; write a probability of at least 0 and below 1"
      ),
      (
        "dropout, flatten, linear",
        "network.layers.rate: missing; add it, as in `rate: 0.5`"
      ),
      (
        "group-norm, flatten, linear",
        "network.layers.groups: missing; add it, as in `groups: 4`"
      ),
      (
        "{gelu: {approximate: tanh}}, flatten, linear",
        "network.layers.gelu: does not apply to gelu; write `- gelu`"
      ),
      (
        "{group-norm: 3}, flatten, linear",
        "network: group norm 'layers.0' (layer 1) gets 1×8×8 and needs a number of channels that its"
          + " 3 groups divide; change it or the layers before it"
      ),
    ]
    for (layers, message) in cases {
      #expect(problems(suite(layers)) == ["suite.yaml:5: " + message])
    }
  }

  @Test("bfloat16 on the CPU is refused where a layer has no program, and only there")
  func precision() {
    let fast = "duration: 1ep, precision: bfloat16"
    let found = problems(suite("flatten, gelu, linear", training: fast))
    #expect(
      found == [
        "suite.yaml:3: training.precision: does not apply to networks with a gelu, which the CPU"
          + " computes in float32 alone; remove it, or write `device: cuda`"
      ])
    let groups = problems(suite("\(grouped), flatten, linear", training: fast))
    #expect(groups.count == 1)
    #expect(groups.first?.contains("networks with a convolution 'layers.1' in groups") == true)
    #expect(problems(suite("flatten, relu, linear", training: fast)) == [])
    #expect(
      problems(suite("flatten, gelu, linear", training: fast + ", device: cuda")) == [])
  }

  @Test("alignment says which groups hold channels, and refuses where nothing is left to move")
  func alignment() throws {
    let some = try decode(
      suite("\(grouped), relu, flatten, {linear: 9}, linear", analysis: "alignment", more: ""))
    #expect(
      some.warnings.map(\.content) == [
        .unitsHeld(
          "the groups of `layers.1` hold several channels each, which then keep their order")
      ])
    #expect(
      problems(suite("\(grouped), flatten, linear", analysis: "alignment", more: "")) == [
        "suite.yaml:1: no hidden units can change places, since the groups of `layers.1` hold several"
          + " channels each, which then keep their order; ask about a network without these groups"
      ])
  }

  @Test("half-width networks are refused by a sentence")
  func dropoutStability() {
    let found = problems(
      suite("flatten, {linear: 9}, gelu, linear", analysis: "dropout-stability", more: ""))
    #expect(found.count == 1)
    #expect(found.first?.contains("and gelu is none of their layers; use lenet") == true)
  }

  @Test("a network from a file: its layers, or those of a suite")
  func files() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("n.yaml", "layers: [flatten, gelu, linear]\n")
    try scratch.write("s.yaml", suite("flatten, gelu, linear"))
    try scratch.write("name.yaml", "network: lenet-5\n")
    try scratch.write("bad.yaml", "layers:\n  - gelo\n")
    func network(_ name: String) throws -> NetworkSpecification {
      try NetworkSpecification(readingFrom: scratch.url.appending(path: name))
    }
    let expected = NetworkSpecification.custom([
      .flatten, .gelu, .linear(name: "layers.2", outputs: nil),
    ])
    #expect(try network("n.yaml") == expected && network("s.yaml") == expected)
    #expect(try network("name.yaml") == .lenet5)
    let error = try #require(throws: SuiteError.self) { try network("bad.yaml") }
    #expect("\(error)".contains("bad.yaml:2: layers: unknown layer `gelo`; did you mean `gelu`?"))
    #expect(throws: SuiteError.self) { try network("gone.yaml") }
  }
}
