/// Philox 4×32-10: ten rounds that turn a counter and a key into 128 random bits.
///
/// A round multiplies the even words by constants and crosses the halves of the products over,
///
///     (c₀, c₁, c₂, c₃) ← (hi(M₁c₂) ⊕ c₁ ⊕ k₀, lo(M₁c₂), hi(M₀c₀) ⊕ c₃ ⊕ k₁, lo(M₀c₀)),
///
/// and adds a Weyl constant to each key word between rounds. The map is a bijection of counters for
/// every key, so a stream repeats no block within its 2¹²⁸ counters.
///
/// Reference: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// SC 2011, section 3.3.
package func philox4x32(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
  var (c0, c1, c2, c3) = (counter.x, counter.y, counter.z, counter.w)
  var (k0, k1) = (key.x, key.y)
  for _ in 0..<10 {
    let product0 = UInt64(c0) &* 0xD251_1F53
    let product1 = UInt64(c2) &* 0xCD9E_8D57
    c0 = UInt32(truncatingIfNeeded: product1 &>> 32) ^ c1 ^ k0
    c1 = UInt32(truncatingIfNeeded: product1)
    c2 = UInt32(truncatingIfNeeded: product0 &>> 32) ^ c3 ^ k1
    c3 = UInt32(truncatingIfNeeded: product0)
    k0 &+= 0x9E37_79B9
    k1 &+= 0xBB67_AE85
  }
  return SIMD4(c0, c1, c2, c3)
}
