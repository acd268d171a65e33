import Experiments
import Recipes
import Testing

@Suite("Act")
struct ActTests {
  @Test("both lanes list the same kinds in the same order")
  func lanes() {
    #expect(Acts.all.map { $0.kind } == Works.all.map { $0.kind })
    #expect(Acts.all.map { ObjectIdentifier($0) } == Works.all.map { ObjectIdentifier($0) })
  }
}
