import Foundation
import Testing

@Suite struct OwnNetworkTests {
  private static let layers = """
    layers:
      - conv: {outputs: 4, kernel: 3}
      - conv: {outputs: 8, kernel: 3, groups: 4, stride: 2}
      - group-norm: 2
      - silu
      - conv: {outputs: 8, kernel: 1}
      - layer-norm
      - gelu
      - dropout: 0.2
      - global-average-pool
      - linear
    """

  @Test("a suite of layers that programs do not compute runs, and commands take its network")
  func runs() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.layers, to: "network.yaml")
    let network = Self.layers.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    try program.write(
      """
      analysis: ablation
      network:
      \(network)
      dataset: digits
      training: {learning-rate: 0.05, momentum: 0.9, batch-size: 128, duration: 2ep}
      densities: [50%]
      methods:
        random: random
        snip: snip
        grasp: grasp
        synflow: {criterion: synflow, schedule: {exponential: 3}}
      ablations: [shuffle, reinitialize]
      replicates: 3
      """, to: "suite.yaml")
    let run = try program.run("run", "suite.yaml", "--workers", "2")
    try #require(run.status == 0, "\(run.errors)")
    let records = try program.read("records.csv")
    #expect(records.contains("synflow,reinitialize,0.5,3,"))
    #expect(!records.contains("diverged"))
    // Another store finds the same bits: dropout's draws come from streams.
    let again = try program.run("run", "suite.yaml", "--workers", "1", store: "other")
    try #require(again.status == 0, "\(again.errors)")
    #expect(try program.results(store: "other") == program.results())
    let shape = ["--network", "network.yaml", "--input", "1x8x8"]
    let drawn = try program.run("weights", shape[0], shape[1], shape[2], shape[3], "--output", "w")
    #expect(drawn.status == 0, "\(drawn.errors)")
    let cost = try program.run("inspect", "w", shape[0], shape[1], shape[2], shape[3])
    #expect(cost.status == 0, "\(cost.errors)")
    // 40 + 80 + 16 + 72 + 16 + 90, the norms' and the biases among them.
    #expect(cost.output.contains("314"), "\(cost.output)")
    try program.write("layers: [gelo]", to: "wrong.yaml")
    let wrong = try program.run("weights", "--network", "wrong.yaml", "--output", "w")
    #expect(wrong.status != 0)
    #expect(
      wrong.errors.contains("wrong.yaml:1: layers: unknown layer `gelo`; did you mean `gelu`?"),
      "\(wrong.errors)")
  }
}
