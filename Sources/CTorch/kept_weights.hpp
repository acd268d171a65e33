// A weight's kept elements as a list, and its products with columns of float64.
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "score_keys.hpp"

namespace espalier {

/// Magnitudes of what is kept of a float32 weight `[rows, …]`, and a score for each.
///
/// The list goes column by column, that is input by input: an input's value and slope then stay in
/// registers while its weights meet the rows, which are few beside the columns of a convolution.
class KeptWeights {
 public:
  explicit KeptWeights(const at::Tensor &weight);

  /// Takes the elements where `kept` is 1; all of them without `kept`.
  void take(const uint8_t *kept);
  /// Drops the elements whose scores do not pass, of equal ones those that come last in the weight; the
  /// scores are gone.
  void keep(uint64_t flip, Bar &bar);

  int64_t rows() const { return height; }
  int64_t columns() const { return width; }
  size_t count() const { return starts.back(); }
  /// `[kept]`, float64, in the list's order, of the same memory until more are taken than ever before.
  at::Tensor scores() const { return memory.narrow(0, 0, static_cast<int64_t>(count())); }

  /// The scores where their elements are in the weight, float64, zero where pruned.
  at::Tensor spread_scores() const;
  /// Writes ones to the weight's mask where an element is kept, zeros elsewhere.
  void mark(uint8_t *kept) const;

  /// `[columns, rows]`, float64, zero where pruned.
  at::Tensor dense() const;
  /// Scores from the gradient `[columns, rows]` of the whole weight.
  void score(const at::Tensor &gradient);

  /// y += w · x, `[rows, pitch]` and `[columns, pitch]`, which begin where vectors may; pitch is 1, 4 or a
  /// multiple of 8.
  void multiply(double *y, const double *x, size_t pitch) const;
  /// Scores w · (g · xᵀ), added to those there are where `adds`, and dx = wᵀ · g.
  void pull(double *dx, const double *g, const double *x, size_t pitch, bool adds);

  /// Column j's elements are those from `starts[j]` to `starts[j + 1]`.
  struct List {
    const size_t *starts;
    const uint32_t *places;
    const float *magnitudes;
    size_t columns;
  };

 private:
  at::Tensor weight;
  int64_t height, width;
  std::vector<size_t> starts;
  std::vector<uint32_t> places;
  std::vector<float> magnitudes;
  at::Tensor memory;

  List list() const;
  void reserve(size_t count);
  /// Calls `body` with each element's position in the list, its column and its row.
  template <typename Body>
  void for_each(Body body) const;
};

/// The pitch of columns for so many pixels.
inline int64_t pitch_of(int64_t pixels) {
  return pixels == 1 ? 1 : pixels <= 4 ? 4 : (pixels + 7) / 8 * 8;
}

}  // namespace espalier
