import Testing

@testable import Statistics

struct SampleTests {
  @Test func meansOfAnySize() {
    #expect(Sample.mean([3.5]) == 3.5)
    #expect(Sample.mean([1, 2, 6]) == 3)
    #expect(Sample.mean([]).isNaN)
    // Equal values have that mean to the bit, which their sum divided by three is not.
    #expect(Sample.mean([0.1, 0.1, 0.1]) == 0.1)
    #expect((0.1 + 0.1 + 0.1) / 3 != 0.1)
  }

  @Test func geometricMeans() throws {
    #expect(Sample.geometricMean([]) == nil)
    let mean = try #require(Sample.geometricMean([1, 4, 16]))
    #expect(abs(mean - 4) < 1e-12)
  }
}
