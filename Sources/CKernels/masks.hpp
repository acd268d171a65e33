// Passes over masks, eight bytes of zeros and ones at a time: what is pruned costs next to nothing.
#pragma once

#include <cstdint>
#include <cstring>

#include "processor.hpp"

namespace espalier {

/// Eight ones.
constexpr uint64_t all_kept = 0x0101010101010101;

INLINED uint64_t mask_word(const uint8_t *kept) {
  uint64_t word;
  std::memcpy(&word, kept, sizeof word);
  return word;
}

/// The position of the first one of a word that has any.
INLINED size_t first_kept(uint64_t word) { return static_cast<size_t>(__builtin_ctzll(word)) / 8; }

/// Calls `body` with the position of each one.
template <typename Body>
INLINED void for_each_kept(const uint8_t *kept, size_t size, Body body) {
  size_t i = 0;
  for (; i + 8 <= size; i += 8) {
    uint64_t word = mask_word(kept + i);
    if (word == all_kept)
      for (size_t j = i; j < i + 8; ++j) body(j);
    else
      for (; word; word &= word - 1) body(i + first_kept(word));
  }
  for (; i < size; ++i)
    if (kept[i]) body(i);
}

}  // namespace espalier
