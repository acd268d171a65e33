/// Ranking of scores by unsigned integers of the same order.
#ifndef CT_SELECTION_H
#define CT_SELECTION_H

#include "ctorch.h"

#ifdef __cplusplus
extern "C" {
#endif

// Scores are float32 or float64 and contiguous: one for every element of a mask of zeros and ones, or one
// for every element that is 1, in order. The key of a score is an unsigned integer of the same order,
// float32's in the upper 32 bits; complemented, the lowest score has the highest key. 0 and -0 are equal,
// subnormals are not.

/// Adds the kept scores to the `counts` of the 65,536 leading 16 bits of keys, and zero scores to `zeros`.
int ct_count_keys(ct_tensor scores, bool complemented, const uint8_t *kept, size_t size,
                  int64_t *counts, int64_t *zeros, ct_error *error);

/// Appends the keys with these leading 16 bits at `filled`; room for one more than those is needed.
int ct_gather_keys(ct_tensor scores, bool complemented, const uint8_t *kept, size_t size,
                   uint64_t leading, uint64_t *keys, size_t *filled, ct_error *error);

/// Writes zeros to `kept` where the key is below `threshold`, and where it equals it but for the first
/// `equal_left`, which is counted down.
int ct_keep_keys(ct_tensor scores, bool complemented, uint8_t *kept, size_t size,
                 uint64_t threshold, int64_t *equal_left, ct_error *error);

/// The number of NaN among float32 or float64 elements.
int ct_count_nan(int64_t *count, ct_tensor tensor, ct_error *error);

#ifdef __cplusplus
}
#endif
#endif
