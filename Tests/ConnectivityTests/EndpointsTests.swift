import Connectivity
import Foundation
import Networks
import Recipes
import Tensors
import Testing

@Suite struct EndpointsTests {
  private let network = digitsNetwork(.lenet(hidden: [12]))

  /// Calls `body` with a folder that goes afterwards.
  private func scratch<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ends-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// The mask that keeps every weight whose position is a multiple of `stride`.
  private func mask(_ stride: Int) -> Mask {
    Mask(
      layers: network.prunable.map { tensor in
        Mask.Layer(
          name: tensor.name, shape: tensor.shape,
          kept: (0..<tensor.count).map { $0 % stride == 0 ? 1 : 0 })
      })
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func weightsOfOneArchitectureAreRead() throws {
    try scratch { folder in
      let files = try [1, 2].map { seed in
        let file = folder.appending(path: "\(seed).safetensors")
        try network.weights(seed: UInt64(seed)).write(to: file)
        return file
      }
      #expect(try Endpoints.read(files, for: network).count == 2)
    }
  }

  @Test func otherArchitecturesAreNamedWithTheirTensorAndBothFiles() throws {
    try scratch { folder in
      let (a, b, c) = (
        folder.appending(path: "a"), folder.appending(path: "b"), folder.appending(path: "c")
      )
      try network.weights().write(to: a)
      try digitsNetwork(.lenet(hidden: [13])).weights().write(to: b)
      try digitsNetwork(.lenet(hidden: [12, 5])).weights().write(to: c)
      let shapes = message { _ = try Endpoints.read([a, b], for: network) }
      #expect(
        shapes.contains(
          "tensor 'fc_layers.0.weight' has shape [12, 64] in \(a.path) and [13, 64] in \(b.path)"),
        "\(shapes)")
      let names = message { _ = try Endpoints.read([a, c], for: network) }
      #expect(names.contains("fc") && names.contains(a.path) && names.contains(c.path), "\(names)")
    }
  }

  @Test func otherMasksAreRefusedUnlessAllowed() throws {
    try scratch { folder in
      let (a, b, m) = (
        folder.appending(path: "a"), folder.appending(path: "b"), folder.appending(path: "m")
      )
      try network.weights(seed: 1).masked(by: mask(2)).write(to: a)
      try network.weights(seed: 2).masked(by: mask(3)).write(to: b)
      let refused = message { _ = try Endpoints.read([a, b], for: network) }
      #expect(
        refused.contains("fc_layers.0.weight") && refused.contains("prunes 384"), "\(refused)")
      #expect(try Endpoints.read([a, b], for: network, allowsOtherMasks: true).count == 2)
      try mask(2).write(to: m)
      let outside = message { _ = try Endpoints.read([a, b], for: network, mask: m) }
      #expect(
        outside.contains(b.path) && outside.contains("not zero where \(m.path)"), "\(outside)")
      try network.weights(seed: 2).masked(by: mask(2)).write(to: b)
      #expect(try Endpoints.read([a, b], for: network, mask: m).count == 2)
    }
  }
}
