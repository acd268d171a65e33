import Foundation
import Networks
import Randomness
import Recipes
import Tensors

/// Runs `body` with a new file path whose folder is gone afterwards.
func withTemporaryFile<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("espalier-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.appendingPathComponent("file.safetensors"))
}

/// Six inputs, four classes.
func network(_ name: String, width: Int = 6, classes: Int = 4) -> Network {
  Network(
    NetworkSpecification(name)!, input: ExampleShape(channels: 1, height: 1, width: width),
    classes: classes)
}

func weights(
  of network: Network, _ distribution: InitializerSpecification.Weights = .kaimingNormal,
  biases: InitializerSpecification.Biases = .uniform, seed: UInt64 = 1
) throws -> Weights {
  try Weights(
    initializing: network, with: InitializerSpecification(weights: distribution, biases: biases),
    path: StreamPath(seed: seed) / "initialization")
}

extension Weights {
  /// Elements of every tensor.
  var elements: [[Float]] {
    get throws { try tensors.map { try $0.elements(of: Float.self) } }
  }
}

/// Every third weight kept.
func thirds(of network: Network) -> Mask {
  Mask(
    layers: network.prunable.map { tensor in
      Mask.Layer(
        name: tensor.name, shape: tensor.shape,
        kept: (0..<tensor.count).map { $0 % 3 == 0 ? 1 : 0 })
    })
}
