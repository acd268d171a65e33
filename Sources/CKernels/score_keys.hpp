// Keys: unsigned integers in the order of the scores that they come from. They are made of bits: where
// subnormals are rounded to zero, arithmetic would make them equal.
#pragma once

#include <cstdint>
#include <limits>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "masks.hpp"

namespace espalier {

/// The key of a score's bits, in the upper bits; `flip` is `complement` where the lowest score comes first.
template <typename Bits>
INLINED uint64_t key_of(Bits bits, uint64_t flip) {
  constexpr int width = 8 * sizeof(Bits);
  constexpr Bits sign = Bits(1) << (width - 1);
  bits = bits == sign ? 0 : bits;
  const Bits key = bits & sign ? ~bits : bits | sign;
  return (static_cast<uint64_t>(key) << (64 - width)) ^ flip;
}

/// The `flip` of keys of which the lowest score has the highest.
constexpr uint64_t complement = ~uint64_t(0);

#if defined(__x86_64__)
#define FOR_EIGHT_KEYS __attribute__((target("avx512f,avx512vl,popcnt")))

/// Keys of eight float64 scores.
FOR_EIGHT_KEYS INLINED __m512i eight_keys(const uint64_t *scores, uint64_t flip) {
  const __m512i sign = _mm512_set1_epi64(std::numeric_limits<int64_t>::min());
  __m512i bits = _mm512_loadu_si512(scores);
  // −0 is 0; negative numbers are complemented, the others get the sign.
  bits = _mm512_maskz_mov_epi64(_mm512_cmpneq_epi64_mask(bits, sign), bits);
  const __m512i keys =
      _mm512_xor_si512(bits, _mm512_or_si512(_mm512_srai_epi64(bits, 63), sign));
  return _mm512_xor_si512(keys, _mm512_set1_epi64(static_cast<int64_t>(flip)));
}

inline bool has_eight_keys() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl");
}
#endif

/// Any number of keys may equal the threshold.
constexpr int64_t all_equal = std::numeric_limits<int64_t>::max();

}  // namespace espalier
