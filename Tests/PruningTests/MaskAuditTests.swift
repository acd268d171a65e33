import Networks
import Pruning
import Recipes
import Testing

@Suite struct MaskAuditTests {
  /// Two inputs, two hidden layers of two units, two outputs.
  private let network = Network(
    .lenet(hidden: [2, 2]), input: ExampleShape(channels: 1, height: 1, width: 2), classes: 2)

  /// Layers as rows of `[out, in]`, flattened.
  private func audit(_ kept: [[UInt8]]) throws -> MaskAudit {
    try MaskAudit(
      of: Mask(
        layers: zip(network.prunable, kept).map {
          Mask.Layer(name: $0.name, shape: $0.shape, kept: $1)
        }), in: network)
  }

  @Test func aWholeNetworkIsConnected() throws {
    let audit = try MaskAudit(of: Mask(keepingAllOf: network), in: network)
    #expect(audit.connected == true && audit.emptied.isEmpty)
    #expect(audit.layers.map(\.kept) == [4, 4, 4] && audit.layers.map(\.size) == [4, 4, 4])
    #expect(audit.effective == [4, 4, 4] && audit.outputs == 2)
    #expect(audit.layers.map(\.name) == network.prunable.map(\.name))
  }

  @Test func onePathIsEnough() throws {
    // Input 1 → unit 0 → unit 1 → output 0.
    let audit = try audit([[0, 1, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0]])
    #expect(audit.connected == true && audit.emptied.isEmpty)
    #expect(audit.layers.map(\.kept) == [1, 1, 1])
    #expect(audit.effective == [1, 1, 1] && audit.outputs == 1)
  }

  @Test func weightsThatDoNotMeetConnectNothing() throws {
    // Unit 0 of the first layer is reached, unit 1 is read.
    let audit = try audit([[1, 1, 0, 0], [0, 1, 0, 1], [1, 1, 1, 1]])
    #expect(audit.connected == false && audit.emptied.isEmpty)
    #expect(audit.layers.map(\.kept) == [2, 2, 4])
    #expect(audit.effective == [0, 0, 0] && audit.outputs == 0)
  }

  @Test(arguments: 0..<3) func anEmptyLayerIsNamedAndDisconnects(layer: Int) throws {
    var kept = [[UInt8]](repeating: [1, 1, 1, 1], count: 3)
    kept[layer] = [0, 0, 0, 0]
    let audit = try audit(kept)
    #expect(audit.connected == false)
    #expect(audit.emptied == [network.prunable[layer].name])
    #expect(audit.layers.map(\.kept).reduce(0, +) == 8)
  }
}

extension MaskAudit {
  /// Names of layers with no weight left.
  fileprivate var emptied: [String] { layers.filter { $0.kept == 0 }.map(\.name) }
}
