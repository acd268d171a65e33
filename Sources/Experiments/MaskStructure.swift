package import Laboratory
import Networks
import Pruning
package import Recipes

extension MaskStructureRecipe: SoloAct {
  /// Counts the kept weights of every unit, kernel and position.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> MaskStructure {
    let network = Network(problem)
    let mask = try assignment.mask(in: InputRole.mask, for: network)
    return MaskStructure(
      layers: mask.layers.enumerated().map {
        MaskStructure.Layer(
          $0.element, groups: network.architecture.groups[$0.element.name] ?? 1,
          readsExamples: $0.offset == 0)
      })
  }
}

extension MaskStructure.Layer {
  /// The structure of one tensor of a mask.
  ///
  /// - Parameters:
  ///   - groups: those of a convolution, each of which reads inputs of its own.
  ///   - readsExamples: whether its inputs are what an example consists of.
  init(_ layer: Mask.Layer, groups: Int = 1, readsExamples: Bool = false) {
    let (outputs, inputs) = (layer.shape[0], layer.shape[1])
    let kernel = layer.shape.dropFirst(2).reduce(1, *)
    var incoming = [Int](repeating: 0, count: outputs)
    var outgoing = [Int](repeating: 0, count: groups * inputs)
    var positions = [Int](repeating: 0, count: kernel)
    var emptyKernels = 0
    layer.kept.withUnsafeBufferPointer { kept in
      for output in 0..<outputs {
        for input in 0..<inputs {
          let start = (output * inputs + input) * kernel
          var count = 0
          for position in 0..<kernel where kept[start + position] != 0 {
            positions[position] += 1
            count += 1
          }
          incoming[output] += count
          outgoing[output * groups / outputs * inputs + input] += count
          emptyKernels += count == 0 ? 1 : 0
        }
      }
    }
    self.init(
      name: layer.name, shape: layer.shape, kept: positions.reduce(0, +),
      incoming: MaskStructure.Degrees(of: incoming), outgoing: MaskStructure.Degrees(of: outgoing),
      positions: positions, emptyKernels: emptyKernels,
      inputs: readsExamples && layer.shape.count == 2 ? outgoing : nil)
  }
}
