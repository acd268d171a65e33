import Foundation
import Recipes
import Testing

@Suite("Layers of a listed network") struct LayerPlanTests {
  /// Every kind with its bytes in recipes, which keys of stored artifacts are made of.
  private static let written: [(layer: LayerPlan, bytes: String)] = [
    (
      .convolution(name: "a", outputs: 4, kernel: 3, stride: 2, padding: 1, bias: true),
      #"{"convolution":{"bias":true,"kernel":3,"name":"a","outputs":4,"padding":1,"stride":2}}"#
    ),
    (
      .convolution(name: "a", outputs: 4, kernel: 3, groups: 2),
      #"{"convolution":{"bias":false,"groups":2,"kernel":3,"name":"a","outputs":4,"padding":0,"stride":1}}"#
    ),
    (.batchNorm(name: "b"), #"{"batchNorm":{"name":"b"}}"#),
    (.layerNorm(name: "b"), #"{"layerNorm":{"name":"b"}}"#),
    (.groupNorm(name: "b", groups: 2), #"{"groupNorm":{"groups":2,"name":"b"}}"#),
    (.gelu, #"{"gelu":{}}"#), (.silu, #"{"silu":{}}"#), (.sigmoid, #"{"sigmoid":{}}"#),
    (.tanh, #"{"tanh":{}}"#), (.dropout(rate: 0.5), #"{"dropout":{"rate":0.5}}"#),
    (.relu, #"{"relu":{}}"#),
    (
      .maxPool(kernel: 3, stride: 2, padding: 1),
      #"{"maxPool":{"kernel":3,"padding":1,"stride":2}}"#
    ),
    (.averagePool(kernel: 2, stride: 1), #"{"averagePool":{"kernel":2,"stride":1}}"#),
    (.globalAveragePool, #"{"globalAveragePool":{}}"#),
    (.flatten, #"{"flatten":{}}"#),
    (.linear(name: "c", outputs: nil), #"{"linear":{"bias":true,"name":"c"}}"#),
    (
      .linear(name: "c", outputs: 7, bias: false),
      #"{"linear":{"bias":false,"name":"c","outputs":7}}"#
    ),
    (
      .residual(body: [.relu], shortcut: []),
      #"{"residual":{"body":[{"relu":{}}],"shortcut":[]}}"#
    ),
  ]

  @Test("a recipe's bytes are these, and read back") func bytes() throws {
    #expect(Set(Self.written.map(\.layer.kind)) == Set(LayerKind.all))
    for (layer, bytes) in Self.written {
      let data = try CanonicalJSON.encode(layer)
      #expect(String(decoding: data, as: UTF8.self) == bytes)
      #expect(try JSONDecoder().decode(LayerPlan.self, from: data) == layer)
    }
  }

  @Test(
    "what is missing, unknown or of another sort does not decode",
    arguments: [
      #"{"maxPool":{"kernel":3,"stride":2}}"#, #"{"linear":{"bias":true}}"#, #"{"lineer":{}}"#,
      #"{"residual":{"body":[]}}"#, #"{"linear":{"bias":1,"name":"c"}}"#, "{}",
    ])
  func wrong(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(LayerPlan.self, from: Data(text.utf8))
    }
  }

  @Test("kinds differ in their names") func names() {
    #expect(Set(LayerKind.names).count == LayerKind.all.count)
    #expect(Set(LayerKind.all.map(\.key)).count == LayerKind.all.count)
  }
}
