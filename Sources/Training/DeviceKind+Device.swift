package import Recipes
package import Tensors

extension DeviceKind {
  /// Where tensors of such a training lie.
  package var device: Device {
    switch self {
    case .cpu: .cpu
    case .cuda: .cuda
    }
  }
}
