import CGSL
import Testing

@testable import Randomness

@Suite struct PhiloxGeneratorTests {
  @Test func declaresWhatItIs() {
    let type = PhiloxGenerator.type.pointee
    #expect(String(cString: type.name) == "philox4x32-10")
    #expect(type.min == 0)
    #expect(type.max == UInt.max)
    #expect(type.size == MemoryLayout<PhiloxState>.size)
    let generator = gsl_rng_alloc(PhiloxGenerator.type)!
    defer { gsl_rng_free(generator) }
    #expect(gsl_rng_size(generator) == type.size)
  }

  @Test func drawsItsBlocksInOrderLowWordsFirst() {
    var state = PhiloxState(key: 0x0000_0006_0000_0005, stream: 0x0000_0004_0000_0003)
    for block in 0..<3 as Range<UInt32> {
      let words = philox4x32(counter: SIMD4(block, 0, 3, 4), key: SIMD2(5, 6))
      #expect(state.next() == UInt64(words.y) << 32 | UInt64(words.x))
      #expect(state.next() == UInt64(words.w) << 32 | UInt64(words.z))
    }
  }

  @Test func carriesIntoTheUpperWordOfTheBlockAndNoFurther() {
    var state = PhiloxState(key: 0, stream: 9)
    state.block = UInt64(UInt32.max)
    for counter in [SIMD4<UInt32>(.max, 0, 9, 0), SIMD4(0, 1, 9, 0)] {
      let words = philox4x32(counter: counter, key: SIMD2(0, 0))
      #expect(state.next() == UInt64(words.y) << 32 | UInt64(words.x))
      _ = state.next()
    }
    state.block = .max
    _ = (state.next(), state.next())
    #expect(state.block == 0)
    #expect(state.stream == 9)
  }

  @Test func servesGSLsOwnFunctions() {
    let generator = gsl_rng_alloc(PhiloxGenerator.type)!
    defer { gsl_rng_free(generator) }
    gsl_rng_set(generator, 5)
    _ = gsl_rng_get(generator)
    let clone = gsl_rng_clone(generator)!
    defer { gsl_rng_free(clone) }
    var reference = PhiloxState(key: 5, stream: 0)
    _ = reference.next()
    for _ in 0..<5 {
      let expected = reference.next()
      #expect(gsl_rng_get(generator) == UInt(expected))
      #expect(gsl_rng_uniform(clone) == Double(expected >> 11) / 0x1p53)
    }
    // Any distribution of GSL's that this project has no method for.
    let draws = (0..<4000).map { _ in gsl_ran_exponential(generator, 2) }
    let mean = draws.reduce(0, +) / 4000
    #expect(abs(mean - 2) < 4 * 2 / 4000.0.squareRoot())
  }
}
