package import Recipes
package import Programs

extension Network {
  /// Whether the network computes by its program: all but fully connected ones, whose training has a
  /// fused form of its own.
  package var runsAsProgram: Bool { !isFullyConnected }

  /// Whether the layers are linear ones with biases and ReLU between them, however the network was named.
  private var isFullyConnected: Bool {
    guard architecture.layers.first?.kind == .flatten else { return false }
    let rest = architecture.layers.dropFirst()
    return rest.count % 2 == 1
      && rest.enumerated().allSatisfy { place, layer in
        place % 2 == 0
          ? layer.kind == .linear && layer.tensors["bias"] != nil : layer.kind == .relu
      }
  }

  /// The same for training and evaluation in `precision`: in bfloat16 every network does.
  package func runsAsProgram(in precision: Precision) -> Bool {
    runsAsProgram || precision == .bfloat16
  }

  /// The layers as a flat list of operations, tensors by their position in ``tensors``.
  package var program: LayerProgram {
    var program = LayerProgram()
    _ = program.append(architecture.layers, reading: 0)
    return program
  }
}

extension LayerProgram {
  /// Appends the operations of `layers` on value `input`, and returns the number of the value that the last
  /// one writes.
  mutating func append(_ layers: [Layer], reading input: Int) -> Int {
    layers.reduce(input) { value, layer in layer.act.lower(layer, &self, value) }
  }
}
