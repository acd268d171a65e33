// Rank correlations of two lists of scores. Sorting goes by digits of keys and by ranks, so that all but the count
// of inversions is linear.
#include "ckernels.h"

#include <cmath>
#include <utility>
#include <vector>

#include "score_keys.hpp"

using namespace espalier;

namespace {

using Order = std::vector<uint32_t>;

/// The keys of lists of scores, one after the other.
std::vector<uint64_t> keys_of(const ck_scores *lists, size_t count) {
  std::vector<uint64_t> keys;
  size_t size = 0;
  for (size_t list = 0; list < count; ++list) size += lists[list].count;
  keys.reserve(size);
  for (size_t list = 0; list < count; ++list) {
    const ck_scores &scores = lists[list];
    for (size_t i = 0; i < scores.count; ++i)
      keys.push_back(scores.wide ? key_of(static_cast<const uint64_t *>(scores.values)[i], 0)
                                 : key_of(static_cast<const uint32_t *>(scores.values)[i], 0));
  }
  return keys;
}

/// Stably sorts `order` by 16 bits of each one's key.
void sort_by_digit(Order &order, Order &target, const std::vector<uint64_t> &keys, int shift) {
  std::vector<uint32_t> places(1 << 16);
  for (uint64_t key : keys) ++places[key >> shift & 0xFFFF];
  uint32_t place = 0;
  for (uint32_t &count : places) {
    // All keys have this digit: float32 has nothing in the lower half.
    if (count == keys.size()) return;
    place += std::exchange(count, place);
  }
  for (uint32_t index : order) target[places[keys[index] >> shift & 0xFFFF]++] = index;
  order.swap(target);
}

/// Scores by rank, equal ones sharing it.
struct Ranked {
  /// Ranks from 0 without gaps.
  Order ranks;
  /// How many scores have each.
  Order sizes;

  Ranked(const ck_scores *lists, size_t count) {
    const std::vector<uint64_t> keys = keys_of(lists, count);
    Order order(keys.size()), target(keys.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<uint32_t>(i);
    for (int shift = 0; shift < 64; shift += 16) sort_by_digit(order, target, keys, shift);
    ranks = std::move(target);
    for (size_t i = 0; i < order.size(); ++i) {
      if (i == 0 || keys[order[i]] != keys[order[i - 1]]) sizes.push_back(0);
      ++sizes.back();
      ranks[order[i]] = static_cast<uint32_t>(sizes.size() - 1);
    }
  }

  /// Pairs of equal scores.
  int64_t ties() const {
    int64_t pairs = 0;
    for (int64_t size : sizes) pairs += size * (size - 1) / 2;
    return pairs;
  }

  /// For every rank, twice the mean of the places that its scores take together, less its mean over all scores.
  std::vector<int64_t> centred() const {
    std::vector<int64_t> doubled;
    doubled.reserve(sizes.size());
    const int64_t count = static_cast<int64_t>(ranks.size());
    int64_t before = 0;
    for (int64_t size : sizes) {
      doubled.push_back(2 * before + size - count);
      before += size;
    }
    return doubled;
  }
};

/// Stably sorts `order` by rank.
Order sorted_by_rank(const Order &order, const Ranked &by) {
  Order places(by.sizes.size()), sorted(order.size());
  uint32_t place = 0;
  for (size_t rank = 0; rank < places.size(); ++rank) {
    places[rank] = place;
    place += by.sizes[rank];
  }
  for (uint32_t index : order) sorted[places[by.ranks[index]]++] = index;
  return sorted;
}

/// Sorts by merging from neighbours up, and returns how many pairs stood in descending order.
int64_t sort_counting_inversions(Order &values) {
  Order target(values.size());
  int64_t inversions = 0;
  for (size_t width = 1; width < values.size(); width *= 2) {
    for (size_t start = 0; start < values.size(); start += 2 * width) {
      const size_t middle = std::min(start + width, values.size()),
                   end = std::min(start + 2 * width, values.size());
      size_t left = start, right = middle;
      for (size_t to = start; to < end; ++to) {
        if (right == end || (left < middle && values[left] <= values[right])) {
          target[to] = values[left++];
        } else {
          target[to] = values[right++];
          inversions += static_cast<int64_t>(middle - left);
        }
      }
    }
    values.swap(target);
  }
  return inversions;
}

double spearman(const Ranked &x, const Ranked &y) {
  const std::vector<int64_t> first = x.centred(), second = y.centred();
  // Products of ranks of millions outgrow 64 bits; sums stay exact.
  __int128 products = 0, squares = 0, other_squares = 0;
  for (size_t i = 0; i < x.ranks.size(); ++i)
    products += static_cast<__int128>(first[x.ranks[i]]) * second[y.ranks[i]];
  for (size_t rank = 0; rank < first.size(); ++rank)
    squares += static_cast<__int128>(first[rank]) * first[rank] * x.sizes[rank];
  for (size_t rank = 0; rank < second.size(); ++rank)
    other_squares += static_cast<__int128>(second[rank]) * second[rank] * y.sizes[rank];
  return static_cast<double>(products) / std::sqrt(static_cast<double>(squares)) /
         std::sqrt(static_cast<double>(other_squares));
}

double kendall(const Ranked &x, const Ranked &y) {
  const size_t size = x.ranks.size();
  Order order(size);
  for (size_t i = 0; i < size; ++i) order[i] = static_cast<uint32_t>(i);
  // By x, and by y among those tied in x, so that these count as no inversion.
  order = sorted_by_rank(sorted_by_rank(order, y), x);
  int64_t both = 0, run = 0;
  for (size_t i = 1; i < size; ++i) {
    const bool same = x.ranks[order[i]] == x.ranks[order[i - 1]] &&
                      y.ranks[order[i]] == y.ranks[order[i - 1]];
    run = same ? run + 1 : 0;
    both += run;
  }
  for (uint32_t &index : order) index = y.ranks[index];
  const int64_t discordant = sort_counting_inversions(order);
  const int64_t all = static_cast<int64_t>(size) * static_cast<int64_t>(size - 1) / 2;
  const int64_t untied = all - x.ties(), other_untied = all - y.ties();
  const int64_t concordant = untied - y.ties() + both - discordant;
  return static_cast<double>(concordant - discordant) / std::sqrt(static_cast<double>(untied)) /
         std::sqrt(static_cast<double>(other_untied));
}

}  // namespace

bool ck_correlate_ranks(const ck_scores *first, const ck_scores *second, size_t lists,
                        double *spearman_rho, double *kendall_tau) {
  const Ranked x(first, lists), y(second, lists);
  if (x.sizes.size() < 2 || y.sizes.size() < 2) return false;
  *spearman_rho = std::fmax(-1, std::fmin(1, spearman(x, y)));
  *kendall_tau = std::fmax(-1, std::fmin(1, kendall(x, y)));
  return true;
}
