import Recipes
import Testing

@testable import Networks

@Suite struct LayerActTests {
  @Test("every kind of layer has an act, in the same order") func lists() {
    #expect(LayerAct.all.map(\.kind) == LayerKind.all)
  }
}
