package import Networks
package import Recipes
package import Tensors

extension Precision {
  /// The type of a batch's inputs, which decides what a program computes in.
  package var elementType: ElementType {
    switch self {
    case .float32: .float32
    case .bfloat16: .bfloat16
    }
  }

  /// Whether batches for `network` are channels-last, the layout that programs compute in. With one channel
  /// both layouts are the same memory.
  package func isChannelsLast(for network: Network) -> Bool {
    network.runsAsProgram(in: self) && network.input.channels > 1
  }
}
