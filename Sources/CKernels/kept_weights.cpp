// The elements of a weight that a mask keeps, as a list.
#include "kept_weights.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "score_keys.hpp"

namespace espalier {

namespace {

/// Columns that are listed together: their ends fit the cache.
constexpr size_t block = 64;

/// How many ones a mask has.
FOR_EACH_PROCESSOR
size_t count_kept(const uint8_t *kept, size_t size) {
  size_t count = 0;
  for (size_t i = 0; i < size; ++i) count += kept[i];
  return count;
}

/// How many scores equal the threshold.
FOR_EACH_PROCESSOR
int64_t count_equal(const uint64_t *scores, size_t count, uint64_t flip, uint64_t threshold) {
  int64_t equal = 0;
  for (size_t j = 0; j < count; ++j) equal += key_of(scores[j], flip) == threshold;
  return equal;
}

/// Elements of a list and their scores.
struct Elements {
  uint32_t *places;
  float *magnitudes;
  const uint64_t *scores;
};

/// Moves those elements from `first` to `last` whose keys reach the threshold to `next` on; returns where
/// the next column's begin.
size_t keep_singly(const Elements &e, size_t next, size_t first, size_t last, uint64_t flip,
                   uint64_t threshold) {
  for (size_t j = first; j < last; ++j) {
    // Without branches: which weights are left has no pattern.
    e.places[next] = e.places[j];
    e.magnitudes[next] = e.magnitudes[j];
    next += key_of(e.scores[j], flip) >= threshold;
  }
  return next;
}

#if defined(__x86_64__)
/// The same, eight at a time.
FOR_EIGHT_KEYS
size_t keep_eight(const Elements &e, size_t next, size_t first, size_t last, uint64_t flip,
                  uint64_t threshold) {
  const __m512i least = _mm512_set1_epi64(static_cast<int64_t>(threshold));
  size_t j = first;
  for (; j + 8 <= last; j += 8) {
    const __mmask8 passes = _mm512_cmpge_epu64_mask(eight_keys(e.scores + j, flip), least);
    const __m256i places = _mm256_loadu_si256(reinterpret_cast<__m256i *>(e.places + j));
    const __m256 magnitudes = _mm256_loadu_ps(e.magnitudes + j);
    // What lies behind the passing ones has been read: `next` is not beyond `j`.
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(e.places + next),
                        _mm256_maskz_compress_epi32(passes, places));
    _mm256_storeu_ps(e.magnitudes + next, _mm256_maskz_compress_ps(passes, magnitudes));
    next += static_cast<size_t>(__builtin_popcount(passes));
  }
  return keep_singly(e, next, j, last, flip, threshold);
}

const auto keep_column = has_eight_keys() ? keep_eight : keep_singly;
#else
const auto keep_column = keep_singly;
#endif

}  // namespace

KeptWeights::KeptWeights(const float *weight, size_t rows, size_t columns)
    : weight(weight), height(rows), width(columns), starts(columns + 1) {}

void KeptWeights::take(const uint8_t *kept) {
  const size_t most = kept ? count_kept(kept, height * width) : height * width;
  if (most > places.size()) {
    places.resize(most);
    magnitudes.resize(most);
  }
  const std::vector<uint8_t> ones(kept ? 0 : block, 1);
  size_t ends[block];
  for (size_t first = 0; first < width; first += block) {
    const size_t size = std::min(block, width - first);
    const auto for_each_kept_of = [&](size_t row, auto body) {
      for_each_kept(kept ? kept + row * width + first : ones.data(), size, body);
    };
    std::fill(ends, ends + size, 0);
    for (size_t row = 0; row < height; ++row)
      for_each_kept_of(row, [&](size_t column) { ++ends[column]; });
    for (size_t column = 0; column < size; ++column) {
      starts[first + column + 1] = starts[first + column] + ends[column];
      ends[column] = starts[first + column];
    }
    for (size_t row = 0; row < height; ++row)
      for_each_kept_of(row, [&](size_t column) {
        const size_t j = ends[column]++;
        places[j] = static_cast<uint32_t>(row);
        magnitudes[j] = std::fabs(weight[row * width + first + column]);
      });
  }
}

template <typename Body>
void KeptWeights::for_each(Body body) const {
  for (size_t column = 0; column < width; ++column)
    for (size_t j = starts[column]; j < starts[column + 1]; ++j) body(j, column, places[j]);
}

void KeptWeights::keep(double *of, bool complemented, uint64_t threshold, int64_t &equal_left) {
  const uint64_t flip = complemented ? complement : 0;
  uint64_t *scores = reinterpret_cast<uint64_t *>(of);
  // Mostly, one weight has the threshold's score, and stays.
  const int64_t equal =
      equal_left == all_equal ? 0 : count_equal(scores, count(), flip, threshold);
  if (equal > equal_left) {
    std::vector<std::pair<size_t, size_t>> surplus;
    for_each([&](size_t j, size_t column, size_t row) {
      if (key_of(scores[j], flip) == threshold) surplus.emplace_back(row * width + column, j);
    });
    const auto last = surplus.begin() + equal_left;
    std::nth_element(surplus.begin(), last, surplus.end());
    // The bits of the lowest key.
    for (auto element = last; element != surplus.end(); ++element)
      scores[element->second] = flip ? ~uint64_t(0) >> 1 : ~uint64_t(0);
  }
  equal_left -= std::min(equal, equal_left);
  const Elements elements{places.data(), magnitudes.data(), scores};
  size_t first = 0;
  for (size_t column = 0; column < width; ++column) {
    const size_t last = starts[column + 1];
    starts[column + 1] = keep_column(elements, starts[column], first, last, flip, threshold);
    first = last;
  }
}

KeptWeights::List KeptWeights::list() const {
  return {starts.data(), places.data(), magnitudes.data(), width};
}

void KeptWeights::spread(double *out, const double *scores) const {
  for_each([&](size_t j, size_t column, size_t row) { out[row * width + column] = scores[j]; });
}

void KeptWeights::mark(uint8_t *kept) const {
  std::fill(kept, kept + height * width, 0);
  for_each([&](size_t, size_t column, size_t row) { kept[row * width + column] = 1; });
}

void KeptWeights::widen(double *out) const {
  for_each([&](size_t j, size_t column, size_t row) {
    out[column * height + row] = magnitudes[j];
  });
}

void KeptWeights::score(double *scores, const double *gradient) const {
  for_each([&](size_t j, size_t column, size_t row) {
    scores[j] = magnitudes[j] * gradient[column * height + row];
  });
}

}  // namespace espalier
