// Passes over scores and masks where they lie.
#include "ckernels.h"

#include <algorithm>

#include "score_keys.hpp"

using namespace espalier;

namespace {

template <typename Bits>
struct Ranked {
  const Bits *scores;
  /// Null where all scores count.
  const uint8_t *kept;
  size_t size;
  uint64_t flip;

  uint64_t key(size_t index) const { return key_of(scores[index], flip); }
  bool has(size_t index) const { return !kept || kept[index]; }
};

/// Counts the kept ones of every `step`-th score.
template <typename Bits>
INLINED void count_in(const Ranked<Bits> &ranked, size_t step, int64_t *counts) {
  for (size_t i = 0; i < ranked.size; i += step)
    if (ranked.has(i)) ++counts[ranked.key(i) >> 48];
}

template <typename Bits>
INLINED void gather_in(const Ranked<Bits> &ranked, size_t first, ck_bracket &bracket) {
  const uint64_t zero = key_of(Bits(0), ranked.flip);
  for (size_t i = first; i < ranked.size; ++i) {
    const bool kept = ranked.has(i);
    const uint64_t key = ranked.key(i);
    bracket.above += kept && key > bracket.high;
    bracket.zeros += kept && key == zero;
    // Without branches: every key is written, and overwritten unless it is one.
    bracket.keys[std::min(bracket.filled, bracket.capacity)] = key;
    bracket.filled += kept && key >= bracket.low && key <= bracket.high;
  }
}

#if defined(__x86_64__)
/// The same of scores that are all kept, eight at a time.
FOR_EIGHT_KEYS
void gather_eight(const Ranked<uint64_t> &ranked, ck_bracket &bracket) {
  const __m512i low = _mm512_set1_epi64(static_cast<int64_t>(bracket.low)),
                high = _mm512_set1_epi64(static_cast<int64_t>(bracket.high)),
                zero = _mm512_set1_epi64(static_cast<int64_t>(key_of(uint64_t(0), ranked.flip)));
  size_t i = 0, filled = bracket.filled;
  int64_t above = 0, zeros = 0;
  for (; i + 8 <= ranked.size && filled + 8 <= bracket.capacity; i += 8) {
    const __m512i keys = eight_keys(ranked.scores + i, ranked.flip);
    const __mmask8 within =
        _mm512_mask_cmple_epu64_mask(_mm512_cmpge_epu64_mask(keys, low), keys, high);
    above += __builtin_popcount(_mm512_cmpgt_epu64_mask(keys, high));
    zeros += __builtin_popcount(_mm512_cmpeq_epi64_mask(keys, zero));
    _mm512_storeu_si512(bracket.keys + filled, _mm512_maskz_compress_epi64(within, keys));
    filled += static_cast<size_t>(__builtin_popcount(within));
  }
  bracket.filled = filled;
  bracket.above += above;
  bracket.zeros += zeros;
  gather_in(ranked, i, bracket);
}
#endif

/// Keys below the threshold are pruned; this many more that equal it are kept.
struct Bar {
  uint64_t threshold;
  int64_t equal_left;
};

/// As many elements of a mask as are judged at a time.
constexpr size_t chunk = 4096;

/// Prunes a part of a mask; of the kept scores that equal the threshold the first pass.
template <typename Bits>
INLINED void judge(const Bits *scores, uint8_t *kept, size_t count, uint64_t flip, Bar &bar) {
  size_t equal = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t key = key_of(scores[i], flip);
    kept[i] &= key >= bar.threshold;
    equal += key == bar.threshold;
  }
  if (!equal || bar.equal_left == all_equal) return;
  for (size_t i = 0; i < count; ++i)
    if (kept[i] && key_of(scores[i], flip) == bar.threshold) kept[i] = bar.equal_left-- > 0;
}

template <typename Bits>
INLINED int64_t keep_in(const Ranked<Bits> &ranked, uint8_t *kept, Bar bar) {
  for (size_t first = 0; first < ranked.size; first += chunk)
    judge(ranked.scores + first, kept + first, std::min(chunk, ranked.size - first), ranked.flip,
          bar);
  return bar.equal_left;
}

/// The sum of what `keep_in` prunes.
template <typename Bits, typename Number>
double sum_below(const Ranked<Bits> &ranked, const Number *scores, Bar &bar) {
  double total = 0;
  for (size_t i = 0; i < ranked.size; ++i) {
    if (!ranked.has(i)) continue;
    const uint64_t key = ranked.key(i);
    if (key > bar.threshold || (key == bar.threshold && bar.equal_left-- > 0)) continue;
    total += static_cast<double>(scores[i]);
  }
  return total;
}

// Templates cannot be compiled for several instruction sets, so every pass has a function per width.
using Narrow = Ranked<uint32_t>;
using Wide = Ranked<uint64_t>;

FOR_EACH_PROCESSOR void count_keys(const Narrow &ranked, size_t step, int64_t *counts) {
  count_in(ranked, step, counts);
}
FOR_EACH_PROCESSOR void count_keys(const Wide &ranked, size_t step, int64_t *counts) {
  count_in(ranked, step, counts);
}
FOR_EACH_PROCESSOR void gather_singly(const Narrow &ranked, ck_bracket &bracket) {
  gather_in(ranked, 0, bracket);
}
FOR_EACH_PROCESSOR void gather_singly(const Wide &ranked, ck_bracket &bracket) {
  gather_in(ranked, 0, bracket);
}

void gather_keys(const Narrow &ranked, ck_bracket &bracket) { gather_singly(ranked, bracket); }
void gather_keys(const Wide &ranked, ck_bracket &bracket) {
#if defined(__x86_64__)
  if (!ranked.kept && has_eight_keys()) return gather_eight(ranked, bracket);
#endif
  gather_singly(ranked, bracket);
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

/// Calls `body` with the scores of either width, and as numbers.
template <typename Body>
auto with_ranked(ck_scores scores, const uint8_t *kept, Body body) {
  const uint64_t flip = scores.complemented ? complement : 0;
  const void *values = scores.values;
  if (scores.wide)
    return body(Wide{static_cast<const uint64_t *>(values), kept, scores.count, flip},
                static_cast<const double *>(values));
  return body(Narrow{static_cast<const uint32_t *>(values), kept, scores.count, flip},
              static_cast<const float *>(values));
}

}  // namespace

void ck_count_keys(ck_scores scores, const uint8_t *kept, size_t step, int64_t *counts) {
  with_ranked(scores, kept, [&](const auto &ranked, const auto *) {
    count_keys(ranked, step, counts);
  });
}

void ck_gather_keys(ck_scores scores, const uint8_t *kept, ck_bracket *bracket) {
  with_ranked(scores, kept, [&](const auto &ranked, const auto *) {
    gather_keys(ranked, *bracket);
  });
}

void ck_keep_keys(ck_scores scores, uint8_t *kept, uint64_t threshold, int64_t *equal_left) {
  with_ranked(scores, kept, [&](const auto &ranked, const auto *) {
    *equal_left = keep_keys(ranked, kept, Bar{threshold, *equal_left});
  });
}

double ck_sum_below(ck_scores scores, const uint8_t *kept, uint64_t threshold,
                    int64_t *equal_left) {
  return with_ranked(scores, kept, [&](const auto &ranked, const auto *numbers) {
    Bar bar{threshold, *equal_left};
    const double sum = sum_below(ranked, numbers, bar);
    *equal_left = bar.equal_left;
    return sum;
  });
}

int64_t ck_count_nan(ck_scores scores) {
  return with_ranked(scores, nullptr, [](const auto &ranked, const auto *) {
    return nan_in(ranked.scores, ranked.size);
  });
}
