// A weight's kept elements as a list, and its products with columns of float64.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace espalier {

/// Magnitudes of what is kept of a float32 weight `[rows, columns]`, of less than 2³² rows. Scores are one
/// float64 for each, in the list's order.
///
/// The list goes column by column, that is input by input: an input's value and slope then stay in
/// registers while its weights meet the rows, which are few beside the columns of a convolution.
class KeptWeights {
 public:
  /// Of elements that live as long as the list; none is kept at first.
  KeptWeights(const float *weight, size_t rows, size_t columns);

  /// Takes the elements where `kept` is 1; all of them without `kept`.
  void take(const uint8_t *kept);
  /// Drops the elements whose scores' keys (ckernels.h) are below `threshold`. Of those that equal it the first
  /// `equal_left` in the weight stay, which is counted down. The scores are gone.
  void keep(double *scores, bool complemented, uint64_t threshold, int64_t &equal_left);

  size_t rows() const { return height; }
  size_t columns() const { return width; }
  size_t count() const { return starts.back(); }

  /// Writes scores to where their elements are in the weight.
  void spread(double *out, const double *scores) const;
  /// Writes ones to the weight's mask where an element is kept, zeros elsewhere.
  void mark(uint8_t *kept) const;
  /// Writes magnitudes to where their elements are in `[columns, rows]`.
  void widen(double *out) const;
  /// Scores from the gradient `[columns, rows]` of the whole weight.
  void score(double *scores, const double *gradient) const;

  /// y += w · x, `[rows, pitch]` and `[columns, pitch]`, which begin where vectors may; pitch is 1, 4 or a
  /// multiple of 8.
  void multiply(double *y, const double *x, size_t pitch) const;
  /// Scores w · (g · xᵀ), added to those there are where `adds`, and dx = wᵀ · g.
  void pull(double *scores, double *dx, const double *g, const double *x, size_t pitch,
            bool adds) const;

  /// Column j's elements are those from `starts[j]` to `starts[j + 1]`.
  struct List {
    const size_t *starts;
    const uint32_t *places;
    const float *magnitudes;
    size_t columns;
  };

 private:
  const float *weight;
  size_t height, width;
  std::vector<size_t> starts;
  std::vector<uint32_t> places;
  std::vector<float> magnitudes;

  List list() const;
  /// Calls `body` with each element's position in the list, its column and its row.
  template <typename Body>
  void for_each(Body body) const;
};

/// The pitch of columns for so many pixels.
inline int64_t pitch_of(int64_t pixels) {
  return pixels == 1 ? 1 : pixels <= 4 ? 4 : (pixels + 7) / 8 * 8;
}

}  // namespace espalier
