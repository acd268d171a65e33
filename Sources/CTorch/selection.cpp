// Passes over scores and masks where they lie. Keys come from bits: where subnormals are rounded to zero,
// arithmetic would make them equal.
#include "ct_selection.h"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "masks.hpp"
#include "shim.hpp"

using namespace espalier;

namespace {

template <typename Bits>
INLINED uint64_t key_of(Bits bits, uint64_t flip) {
  constexpr int width = 8 * sizeof(Bits);
  constexpr Bits sign = Bits(1) << (width - 1);
  bits = bits == sign ? 0 : bits;
  const Bits key = bits & sign ? ~bits : bits | sign;
  return (static_cast<uint64_t>(key) << (64 - width)) ^ flip;
}

template <typename Bits>
struct Ranked {
  const Bits *scores;
  const uint8_t *kept;
  size_t size;
  /// Whether there is a score for every element of the mask.
  bool for_all;
  uint64_t flip;

  uint64_t key(size_t index) const { return key_of(scores[index], flip); }
};

/// Calls `body` with the index of each kept score.
template <typename Bits, typename Body>
INLINED void for_each_score(const Ranked<Bits> &ranked, size_t count, Body body) {
  if (ranked.for_all)
    for_each_kept(ranked.kept, ranked.size, body);
  else
    for (size_t i = 0; i < count; ++i) body(i);
}

template <typename Bits>
INLINED int64_t count_in(const Ranked<Bits> &ranked, size_t count, int64_t *counts) {
  const uint64_t zero = key_of(Bits(0), ranked.flip);
  int64_t zeros = 0;
  for_each_score(ranked, count, [&](size_t index) __attribute__((always_inline)) {
    const uint64_t key = ranked.key(index);
    ++counts[key >> 48];
    zeros += key == zero;
  });
  return zeros;
}

template <typename Bits>
INLINED size_t gather_in(const Ranked<Bits> &ranked, size_t count, uint64_t leading,
                         uint64_t *keys) {
  size_t next = 0;
  for_each_score(ranked, count, [&](size_t index) __attribute__((always_inline)) {
    const uint64_t key = ranked.key(index);
    keys[next] = key;
    next += key >> 48 == leading;
  });
  return next;
}

/// The threshold and how many more keys may equal it.
struct Bar {
  uint64_t threshold;
  int64_t equal_left;
};

/// As many elements of a mask as are judged at a time.
constexpr size_t chunk = 4096;

/// Writes to `passes` whether each of `count` scores is kept; of those equal to the threshold, where
/// `present` is 1 or null, the first.
template <typename Bits>
INLINED void judge(const Bits *scores, const uint8_t *present, size_t count, uint64_t flip, Bar &bar,
                   uint8_t *passes) {
  size_t equal = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t key = key_of(scores[i], flip);
    passes[i] = key >= bar.threshold;
    equal += key == bar.threshold;
  }
  if (!equal) return;
  for (size_t i = 0; i < count; ++i)
    if (key_of(scores[i], flip) == bar.threshold && (!present || present[i]))
      passes[i] = bar.equal_left-- > 0;
}

/// Replaces the ones of a mask by `passes`, one after the other. The pass after the last one is read.
void replace_ones(uint8_t *kept, size_t size, const uint8_t *passes) {
  for (size_t place = 0; place < size; ++place) {
    // Without branches: which weights are left has no pattern.
    const uint8_t one = kept[place];
    kept[place] = one & *passes;
    passes += one;
  }
}

#if defined(__x86_64__)
/// The same, eight at a time.
__attribute__((target("bmi2,popcnt")))
void deposit_ones(uint8_t *kept, size_t size, const uint8_t *passes) {
  size_t place = 0;
  for (; place + 8 <= size; place += 8) {
    const uint64_t word = mask_word(kept + place);
    const uint64_t left = _pdep_u64(mask_word(passes), 0xFF * word);
    std::memcpy(kept + place, &left, sizeof left);
    passes += __builtin_popcountll(word);
  }
  replace_ones(kept + place, size - place, passes);
}

/// AMD's first Zen processors have the instruction, but take longer for it than for the loop.
bool deposits_fast() {
  return __builtin_cpu_supports("bmi2") && !__builtin_cpu_is("znver1") &&
         !__builtin_cpu_is("znver2");
}

const auto replace_kept = deposits_fast() ? deposit_ones : replace_ones;
#else
const auto replace_kept = replace_ones;
#endif

template <typename Bits>
INLINED int64_t keep_in(const Ranked<Bits> &ranked, uint8_t *kept, Bar bar) {
  // Passes are read eight at a time, up to eight beyond the last.
  uint8_t passes[chunk + 8] = {};
  const Bits *scores = ranked.scores;
  for (size_t first = 0; first < ranked.size; first += chunk) {
    uint8_t *part = kept + first;
    const size_t size = std::min(chunk, ranked.size - first);
    if (ranked.for_all) {
      judge(scores + first, part, size, ranked.flip, bar, passes);
      for (size_t i = 0; i < size; ++i) part[i] &= passes[i];
      continue;
    }
    size_t count = 0;
    for (size_t i = 0; i < size; ++i) count += part[i];
    judge(scores, nullptr, count, ranked.flip, bar, passes);
    replace_kept(part, size, passes);
    scores += count;
  }
  return bar.equal_left;
}

// Templates cannot be compiled for several instruction sets, so every pass has a function per width.
using Narrow = Ranked<uint32_t>;
using Wide = Ranked<uint64_t>;

FOR_EACH_PROCESSOR int64_t count_keys(const Narrow &ranked, size_t count, int64_t *counts) {
  return count_in(ranked, count, counts);
}
FOR_EACH_PROCESSOR int64_t count_keys(const Wide &ranked, size_t count, int64_t *counts) {
  return count_in(ranked, count, counts);
}
FOR_EACH_PROCESSOR size_t gather_keys(const Narrow &ranked, size_t count, uint64_t leading,
                                      uint64_t *keys) {
  return gather_in(ranked, count, leading, keys);
}
FOR_EACH_PROCESSOR size_t gather_keys(const Wide &ranked, size_t count, uint64_t leading,
                                      uint64_t *keys) {
  return gather_in(ranked, count, leading, keys);
}
FOR_EACH_PROCESSOR int64_t keep_keys(const Narrow &ranked, uint8_t *kept, Bar bar) {
  return keep_in(ranked, kept, bar);
}
FOR_EACH_PROCESSOR int64_t keep_keys(const Wide &ranked, uint8_t *kept, Bar bar) {
  return keep_in(ranked, kept, bar);
}

FOR_EACH_PROCESSOR int64_t nan_in(const uint32_t *bits, size_t count) {
  int64_t found = 0;
  for (size_t i = 0; i < count; ++i) found += (bits[i] & 0x7FFFFFFF) > 0x7F800000;
  return found;
}

FOR_EACH_PROCESSOR int64_t nan_in(const uint64_t *bits, size_t count) {
  int64_t found = 0;
  for (size_t i = 0; i < count; ++i)
    found += (bits[i] & 0x7FFFFFFFFFFFFFFF) > 0x7FF0000000000000;
  return found;
}

/// Calls `body` with the bits of either width.
template <typename Body>
void with_bits(ct_tensor scores, Body body) {
  const at::ScalarType type = scores->tensor.scalar_type();
  TORCH_CHECK(type == at::kFloat || type == at::kDouble, "scores must be float32 or float64, not ",
              type);
  if (type == at::kFloat)
    body(elements<uint32_t>(scores, "scores"));
  else
    body(elements<uint64_t>(scores, "scores"));
}

/// Calls `body` with the scores of either width and their number.
template <typename Body>
void with_ranked(ct_tensor scores, bool complemented, const uint8_t *kept, size_t size, Body body) {
  const size_t count = static_cast<size_t>(scores->tensor.numel());
  TORCH_CHECK(count <= size, count, " scores for ", size, " weights");
  const uint64_t flip = complemented ? ~uint64_t(0) : 0;
  with_bits(scores, [&](const auto *bits) {
    using Bits = std::decay_t<decltype(*bits)>;
    body(Ranked<Bits>{bits, kept, size, count == size, flip}, count);
  });
}

}  // namespace

int ct_count_keys(ct_tensor scores, bool complemented, const uint8_t *kept, size_t size,
                  int64_t *counts, int64_t *zeros, ct_error *error) {
  return guarded(error, [&] {
    with_ranked(scores, complemented, kept, size, [&](const auto &ranked, size_t count) {
      *zeros += count_keys(ranked, count, counts);
    });
  });
}

int ct_gather_keys(ct_tensor scores, bool complemented, const uint8_t *kept, size_t size,
                   uint64_t leading, uint64_t *keys, size_t *filled, ct_error *error) {
  return guarded(error, [&] {
    with_ranked(scores, complemented, kept, size, [&](const auto &ranked, size_t count) {
      *filled += gather_keys(ranked, count, leading, keys + *filled);
    });
  });
}

int ct_keep_keys(ct_tensor scores, bool complemented, uint8_t *kept, size_t size,
                 uint64_t threshold, int64_t *equal_left, ct_error *error) {
  return guarded(error, [&] {
    with_ranked(scores, complemented, kept, size, [&](const auto &ranked, size_t count) {
      const size_t present = ranked.for_all ? count : count_kept(kept, size);
      TORCH_CHECK(count == present, count, " scores for ", present, " kept weights");
      *equal_left = keep_keys(ranked, kept, Bar{threshold, *equal_left});
    });
  });
}

int ct_count_nan(int64_t *count, ct_tensor tensor, ct_error *error) {
  return guarded(error, [&] {
    with_bits(tensor, [&](const auto *bits) {
      *count = nan_in(bits, static_cast<size_t>(tensor->tensor.numel()));
    });
  });
}
