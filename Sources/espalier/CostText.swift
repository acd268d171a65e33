import Foundation
import Recipes
import Wording

/// What a network costs, in words and for programs.
struct CostText {
  private let cost: NetworkCost

  init(_ cost: NetworkCost) { self.cost = cost }

  /// The answer, a line for each tensor and one for all, and the rule of counting.
  var text: String {
    let bytes = WeightStorage.allCases.map { "\(Self.names[$0]!) \(Format.bytes(cost.bytes($0)))" }
    let gain =
      cost.speedUp.map { "\(Format.significant($0)) times fewer at most" } ?? "nothing is left"
    return """
      \(Format.count(cost.keptParameters)) of \(Format.count(cost.parameters, "parameter")), \
      \(Format.count(cost.keptMultiplications)) of \(Format.count(cost.multiplications, "multiply–add")) for one example \
      (\(gain)); \(bytes.joined(separator: ", "))
      \(TextTable.text([Self.header] + cost.layers.map(row) + [all], names: 1))
      One multiplication with its addition is one multiply–add; biases, batch norm, pooling, activations and the \
      additions of residual connections are not counted.
      """
  }

  private static let names: [WeightStorage: String] = [
    .dense: "float32", .sparseRows: "CSR", .bitMask: "bit mask",
  ]

  private static let header = [
    "tensor", "weights", "kept", "density", "multiply–adds", "kept", "CSR bytes", "bit mask bytes",
  ]

  private func row(_ layer: LayerCost) -> [String] {
    cells(
      layer.name.printable, layer.size, layer.kept, layer.multiplications,
      layer.keptMultiplications, layer.bytes(.sparseRows), layer.bytes(.bitMask))
  }

  private var all: [String] {
    let never = 4 * cost.unprunable
    return cells(
      "all", cost.prunable, cost.kept, cost.multiplications, cost.keptMultiplications,
      cost.bytes(.sparseRows) - never, cost.bytes(.bitMask) - never)
  }

  private func cells(
    _ name: String, _ size: Int, _ kept: Int, _ products: Int, _ keptProducts: Int, _ sparse: Int,
    _ mask: Int
  ) -> [String] {
    [
      name, "\(size)", "\(kept)",
      Format.percent(Double(kept) / Double(max(1, size)), significant: 4), "\(products)",
      "\(keptProducts)", "\(sparse)", "\(mask)",
    ]
  }

  /// The answer for programs.
  func json() throws -> String { try Output.json(Answer(cost)) }

  private struct Answer: Encodable {
    struct Part: Encodable {
      let tensor: String
      let size, kept, multiplyAdds, keptMultiplyAdds, denseBytes, csrBytes, bitMaskBytes: Int
    }

    let parameters, keptParameters, multiplyAdds, keptMultiplyAdds: Int
    let denseBytes, csrBytes, bitMaskBytes: Int
    let speedUp, compression: Double?
    let tensors: [Part]

    init(_ cost: NetworkCost) {
      (parameters, keptParameters) = (cost.parameters, cost.keptParameters)
      (multiplyAdds, keptMultiplyAdds) = (cost.multiplications, cost.keptMultiplications)
      (denseBytes, csrBytes) = (cost.bytes(.dense), cost.bytes(.sparseRows))
      bitMaskBytes = cost.bytes(.bitMask)
      (speedUp, compression) = (cost.speedUp, cost.compression)
      tensors = cost.layers.map {
        Part(
          tensor: $0.name, size: $0.size, kept: $0.kept, multiplyAdds: $0.multiplications,
          keptMultiplyAdds: $0.keptMultiplications, denseBytes: $0.bytes(.dense),
          csrBytes: $0.bytes(.sparseRows), bitMaskBytes: $0.bytes(.bitMask))
      }
    }
  }
}
