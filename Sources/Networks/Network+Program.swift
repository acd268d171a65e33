package import Recipes
package import Programs

extension Network {
  /// Whether the network computes by its program: all but fully connected ones, whose training has a
  /// fused form of its own, and those with a layer that programs have no operation for.
  package var runsAsProgram: Bool { hasProgram && !isFullyConnected }

  /// Whether programs have operations for every layer; without, the network computes by libtorch's graph.
  package var hasProgram: Bool { architecture.hasProgram }

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

  /// The same for training and evaluation in `precision`: in bfloat16 fully connected ones do too.
  package func runsAsProgram(in precision: Precision) -> Bool {
    runsAsProgram || hasProgram && precision == .bfloat16
  }

  /// The layers as a flat list of operations, tensors by their position in ``tensors``; traps unless ``hasProgram``.
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
