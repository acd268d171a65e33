// Numbers rounded to bfloat16 one by one.
#pragma once

#include <cstdint>

namespace espalier {

/// Rounds to nearest, ties to even; the inputs are finite.
inline uint16_t bfloat16_bits(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return static_cast<uint16_t>((bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16);
}

}  // namespace espalier
