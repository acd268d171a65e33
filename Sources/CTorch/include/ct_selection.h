/// Ranking of scores by unsigned integers of the same order.
#ifndef CT_SELECTION_H
#define CT_SELECTION_H

#include "ctorch.h"

#ifdef __cplusplus
extern "C" {
#endif

// Scores are float32 or float64 and contiguous. They count where a mask of zeros and ones of their number
// has a one, or everywhere where it is null. The key of a score is an unsigned integer of the same order,
// float32's in the upper 32 bits; complemented, the lowest score has the highest key. 0 and -0 are equal,
// subnormals are not.

/// Adds the kept ones of every `step`-th score to the `counts` of the 65,536 leading 16 bits of keys.
int ct_count_keys(ct_tensor scores, bool complemented, const uint8_t *kept, size_t size,
                  size_t step, int64_t *counts, ct_error *error);

/// Keys from `low` to `high`, the counts of those above and of zero scores.
typedef struct {
  uint64_t low, high;
  /// With room for one more than `capacity`.
  uint64_t *keys;
  size_t capacity;
  /// How many keys there are, also those beyond the capacity.
  size_t filled;
  int64_t above, zeros;
} ct_bracket;

/// Adds the kept scores to a bracket.
int ct_gather_keys(ct_tensor scores, bool complemented, const uint8_t *kept, size_t size,
                   ct_bracket *bracket, ct_error *error);

/// Writes zeros to `kept` where the key is below `threshold`, and where it equals it but for the first
/// `equal_left`, which is counted down; INT64_MAX keeps all of them.
int ct_keep_keys(ct_tensor scores, bool complemented, uint8_t *kept, size_t size,
                 uint64_t threshold, int64_t *equal_left, ct_error *error);

/// Adds what ct_keep_keys would prune to `sum`, and counts `equal_left` down as it does.
int ct_sum_below(double *sum, ct_tensor scores, bool complemented, const uint8_t *kept, size_t size,
                 uint64_t threshold, int64_t *equal_left, ct_error *error);

/// The number of NaN among float32 or float64 elements.
int ct_count_nan(int64_t *count, ct_tensor tensor, ct_error *error);

#ifdef __cplusplus
}
#endif
#endif
