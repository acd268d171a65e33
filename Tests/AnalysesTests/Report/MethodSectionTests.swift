import Foundation
import Reports
import Testing

@testable import Analyses
@testable import Suites

@Suite("The report's table of methods")
struct MethodSectionTests {
  /// The rows of the table, cells without padding.
  private func rows(_ methods: String) throws -> [[String]] {
    let design = design(try decode(yaml(methods: methods)))
    var document = Markdown()
    ReportSection.methods(design.methods.map(MethodWords.init)).blocks.forEach {
      document.blocks.append($0)
    }
    return document.rendered().split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
      line.replacing("\\|", with: "¦").split(separator: "|").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
  }

  @Test("every method tells its criterion, ranking, schedule, scoring set and batch norm's mode")
  func methods() throws {
    let rows = try rows(
      """
      {random: {criterion: random, scope: erdos-renyi-kernel},
       SNIP: {criterion: snip, schedule: {exponential: 10}},
       OBD: {criterion: obd, probes: 50, exact-up-to: 200, batch-norm: identity, exclude: [fc.weight]},
       exact: {criterion: obd, exact: true, absolute: true, scope: uniform},
       Taylor: {criterion: taylor-fo, examples: 40, batch-size: 8, mask-from: last},
       SynFlow: synflow,
       tuned: {criterion: gradient-magnitude, scope: erdos-renyi, continue-from: last, fine-tune: 2ep}}
      """)
    #expect(
      rows.first == [
        "method", "criterion", "ranked", "schedule", "scored on", "batch norm", "mask from",
        "weights from",
      ])
    let ten = "10 examples per class, batches of up to 256"
    let start = "initialization"
    let expected = [
      [
        "random", "random scores", "within layers, Erdős–Rényi-Kernel density", "one shot", "–",
        "–", start, start,
      ],
      [
        "SNIP", "SNIP, sum-then-absolute", "all layers together", "10 iterations, exponential",
        ten, "train", start, start,
      ],
      [
        "OBD", "OBD, diagonal from 50 Hutchinson probes, tensors up to 200 weights exactly",
        "all layers together, without fc.weight", "one shot", ten, "identity", start, start,
      ],
      [
        "exact", "OBD, exact diagonal, absolute", "within layers, uniform density", "one shot", ten,
        "eval", start, start,
      ],
      [
        "Taylor", "(w · ∂L/∂w)² per batch", "all layers together", "one shot",
        "40 examples, batches of up to 8", "train", "the end of training", start,
      ],
      [
        "SynFlow", "SynFlow", "all layers together", "100 iterations, exponential", "–",
        "identity", start, start,
      ],
      [
        "tuned", "¦w · ∂L/∂w¦", "within layers, Erdős–Rényi density", "one shot", ten, "train",
        start, "the end of training, fine-tuned for 2ep",
      ],
    ]
    #expect(rows.count == 2 + expected.count)
    for (found, row) in zip(rows.dropFirst(2), expected) { #expect(found == row) }
  }
}
