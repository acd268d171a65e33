import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Networks of a suite") struct NetworkDecodingTests {
  private func decode(_ network: String) throws -> NetworkSpecification {
    let text = """
      analysis: ablation
      dataset: digits
      training: {duration: 1ep}
      densities: [0.5]
      methods: {random: random}
      ablations: [shuffle]
      replicates: 3
      network:
      \(network)
      """
    return try Suite.decode(
      text, file: "suite.yaml",
      context: SuiteContext(folder: URL(filePath: "/"), dataFolders: []),
      analyses: AnalysisList.all
    ).suite.problem.network
  }

  private func problems(_ network: String) -> [String] {
    do {
      _ = try decode(network)
      return []
    } catch let error as SuiteError {
      guard case .invalid(let problems) = error else { return [] }
      return problems.map(\.description)
    } catch {
      return []
    }
  }

  @Test("layers are read in order, with defaults and names by place")
  func layers() throws {
    let network = try decode(
      """
        layers:
          - conv: {outputs: 4, kernel: 3, bias: false}
          - batch-norm
          - relu
          - residual:
              body: [{conv: {outputs: 8, kernel: 3, stride: 2, name: inner}}, relu]
              shortcut: [{conv: {outputs: 8, kernel: 1, stride: 2}}]
          - max-pool: 2
          - average-pool: {kernel: 2, stride: 1}
          - flatten
          - linear: {outputs: 5, bias: false}
          - relu
          - linear
      """)
    #expect(
      network
        == .custom([
          .convolution(
            name: "layers.0", outputs: 4, kernel: 3, stride: 1, padding: 1, bias: false),
          .batchNorm(name: "layers.1"), .relu,
          .residual(
            body: [
              .convolution(
                name: "inner", outputs: 8, kernel: 3, stride: 2, padding: 1, bias: true), .relu,
            ],
            shortcut: [
              .convolution(
                name: "layers.3.shortcut.0", outputs: 8, kernel: 1, stride: 2, padding: 0,
                bias: true)
            ]),
          .maxPool(kernel: 2, stride: 2), .averagePool(kernel: 2, stride: 1), .flatten,
          .linear(name: "layers.7", outputs: 5, bias: false), .relu,
          .linear(name: "layers.9", outputs: nil),
        ]))
  }

  @Test("a name is read as before") func name() throws {
    #expect(try decode("  resnet-8-4") == .resnet(depth: 8, width: 4))
  }

  @Test("mistakes are named with their lines and shapes")
  func mistakes() {
    #expect(
      problems("  layers: [{conv: {outputs: 4}}, linear]") == [
        "suite.yaml:9: network.layers.conv.kernel: missing; add it, as in `kernel: 3`"
      ])
    #expect(
      problems("  layers:\n    - relu\n    - lineer") == [
        "suite.yaml:11: network.layers: unknown layer `lineer`; did you mean `linear`?"
      ])
    #expect(
      problems("  layers: [linear]") == [
        "suite.yaml:8: network: linear 'layers.0' (layer 1) gets 1×8×8 and needs a vector (put"
          + " flatten or a global average pool before it); change it or the layers before it"
      ])
    #expect(
      problems("  vgg-16") == [
        "suite.yaml:8: network: max pool (layer 34) gets 512×1×1 and needs at least 2 rows and"
          + " columns; change it or the layers before it"
      ])
    #expect(problems("  transformer").first?.contains("lenet-300-100, lenet-5, conv-2|4|6") == true)
  }
}
