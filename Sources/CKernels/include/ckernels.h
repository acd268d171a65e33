/// Our own loops over plain memory, without libtorch: steps of optimizers, weighted sums, batches of images,
/// ranking of scores.
///
/// Nothing here fails: types, shapes and indices are the caller's to check.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// MARK: Steps of optimizers (steps.cpp)

typedef struct {
  float learning_rate, momentum, weight_decay;
  bool nesterov;
} ck_sgd;

/// One step of stochastic gradient descent in place. `velocity` may be null without momentum; `mask`
/// (1 = kept) may be null. Pruned weights and velocities become exactly zero.
void ck_sgd_step(float *weight, const float *gradient, float *velocity, const uint8_t *mask,
                 size_t count, ck_sgd constants);

typedef struct {
  float learning_rate, beta1, beta2, epsilon, weight_decay;
  /// 1 − beta1^t and 1 − beta2^t of this step t = 1, 2, …
  float correction1, correction2;
  /// Weight decay on the weight instead of in the gradient (AdamW).
  bool decoupled;
} ck_adam;

/// The same for Adam.
void ck_adam_step(float *weight, const float *gradient, float *first_moment, float *second_moment,
                  const uint8_t *mask, size_t count, ck_adam constants);

// MARK: Weighted sums (combination.cpp)

/// `out ← Σ coefficients[k] · terms[k]`, summed in float64 and rounded once. `out` shares no memory with the
/// terms.
void ck_combine(float *out, size_t size, const float *const *terms, const double *coefficients,
                size_t count);

// MARK: Batches of images (images.cpp)

/// What an image shows after it was mirrored, or not: row y and column x of the window are row y + top
/// and column x + left of it, black (byte 0) outside.
typedef struct {
  int32_t top, left;
  bool flip;
} ck_window;

/// Memory of images, float32 numbers or bfloat16 ones.
typedef struct {
  void *memory;
  bool half;
  /// Whether the channels of a pixel lie side by side.
  bool channels_last;
  /// Of one image.
  size_t channels, height, width;
} ck_batch;

/// Gathers images `indices` of `images` (`[…, channels, height, width]` bytes) into `out`:
/// `out = byte · scale + shift`, of the whole image, or of `windows[row]` where `windows` is not null. There
/// are `constants` scales and shifts, one for each channel, or for each of equal parts of a row-major image.
void ck_gather_images(ck_batch out, const uint8_t *images, const int32_t *indices, size_t count,
                      const float *scale, const float *shift, size_t constants,
                      const ck_window *windows);

/// The same from floating-point numbers (values.cpp): `[…, channels, height, width]`, 0 outside of a window.
void ck_gather_values(ck_batch out, const float *values, const int32_t *indices, size_t count,
                      const float *scale, const float *shift, size_t constants,
                      const ck_window *windows);

// MARK: Ranking by unsigned integers of the same order (selection.cpp)

/// Scores, float64 where `wide`, else float32.
typedef struct {
  const void *values;
  size_t count;
  bool wide;
  /// Whether the lowest score has the highest key.
  bool complemented;
} ck_scores;

// Scores count where a mask of zeros and ones of their number has a one, or everywhere where it is null. The
// key of a score is an unsigned integer of the same order, float32's in the upper 32 bits. 0 and -0 are equal,
// subnormals are not.

/// Adds the kept ones of every `step`-th score to the `counts` of the 65,536 leading 16 bits of keys.
void ck_count_keys(ck_scores scores, const uint8_t *kept, size_t step, int64_t *counts);

/// Keys from `low` to `high`, the counts of those above and of zero scores.
typedef struct {
  uint64_t low, high;
  /// With room for one more than `capacity`.
  uint64_t *keys;
  size_t capacity;
  /// How many keys there are, also those beyond the capacity.
  size_t filled;
  int64_t above, zeros;
} ck_bracket;

/// Adds the kept scores to a bracket.
void ck_gather_keys(ck_scores scores, const uint8_t *kept, ck_bracket *bracket);

/// Writes zeros to `kept` where the key is below `threshold`, and where it equals it but for the first
/// `equal_left`, which is counted down; INT64_MAX keeps all of them.
void ck_keep_keys(ck_scores scores, uint8_t *kept, uint64_t threshold, int64_t *equal_left);

/// The sum of what ck_keep_keys would prune; counts `equal_left` down as it does.
double ck_sum_below(ck_scores scores, const uint8_t *kept, uint64_t threshold, int64_t *equal_left);

/// The number of NaN.
int64_t ck_count_nan(ck_scores scores);

// MARK: Rank correlation (rank_correlation.cpp)

/// Spearman's rho of average ranks and Kendall's tau_b of two lists of scores, each in `lists` parts that are as long
/// as the other's; at most 2^32 - 1 scores. False, and nothing is written, where a list is constant.
///
/// O(n log n) time; up to 40 bytes per score beside the scores, where all differ.
bool ck_correlate_ranks(const ck_scores *first, const ck_scores *second, size_t lists,
                        double *spearman_rho, double *kendall_tau);

#ifdef __cplusplus
}
#endif
#endif
