import Recipes
import Testing

@Suite("HessianDiagonal")
struct HessianDiagonalTests {
  @Test("which tensors are exact, and how many products that takes")
  func counts() {
    let sizes = [100, 20, 5]
    #expect(HessianDiagonal.exact.exactCount(of: sizes) == 125)
    #expect(HessianDiagonal.exact.products(of: sizes) == 125)
    let mixed = HessianDiagonal.hutchinson(probes: 7, exactUpTo: 20)
    #expect(sizes.map(mixed.isExact) == [false, true, true])
    #expect(mixed.exactCount(of: sizes) == 25)
    #expect(mixed.products(of: sizes) == 32)
    #expect(mixed.products(of: [20]) == 20)
  }
}
