// The elements of a weight that a mask keeps, as a list.
#include "kept_weights.hpp"

#include <cmath>
#include <limits>

#include "masks.hpp"

namespace espalier {

namespace {

/// Appends a row's kept elements from `next` on; returns where the next row's begin.
FOR_EACH_PROCESSOR
size_t take_row(uint32_t *places, float *magnitudes, size_t next, const float *w,
                const uint8_t *kept, size_t columns) {
  for_each_kept(kept, columns, [&](size_t place) __attribute__((always_inline)) {
    places[next] = static_cast<uint32_t>(place);
    magnitudes[next++] = std::fabs(w[place]);
  });
  return next;
}

/// Moves those elements of a row from `first` to `last` that are still kept to `next` on; returns where the
/// next row's begin.
FOR_EACH_PROCESSOR
size_t retake_row(uint32_t *places, float *magnitudes, size_t next, size_t first, size_t last,
                  const uint8_t *kept) {
  for (size_t j = first; j < last; ++j) {
    const uint32_t place = places[j];
    places[next] = place;
    magnitudes[next] = magnitudes[j];
    next += kept[place];
  }
  return next;
}

}  // namespace

FOR_EACH_PROCESSOR
size_t count_kept(const uint8_t *kept, size_t size) {
  size_t count = 0;
  for (size_t i = 0; i < size; ++i) count += kept[i];
  return count;
}

KeptWeights::KeptWeights(const at::Tensor &given)
    : weight(given.contiguous()), height(given.size(0)), width(given.numel() / given.size(0)) {
  TORCH_CHECK(weight.scalar_type() == at::kFloat && width <= std::numeric_limits<uint32_t>::max(),
              "synaptic flow needs float32 weights, not ", weight.scalar_type());
  starts.assign(static_cast<size_t>(height) + 1, 0);
  // A layer of which nothing is ever kept has scores too: none.
  memory = at::empty({0}, weight.options().dtype(at::kDouble));
}

void KeptWeights::reserve(size_t count) {
  if (count <= places.size()) return;
  places.resize(count);
  magnitudes.resize(count);
  memory = at::empty({static_cast<int64_t>(count)}, weight.options().dtype(at::kDouble));
}

void KeptWeights::take(const uint8_t *kept) {
  const size_t size = static_cast<size_t>(weight.numel());
  const size_t wanted = kept ? count_kept(kept, size) : size;
  if (kept && wanted <= count()) retake(kept);
  // Masks are nested, mostly; another one keeps what is not in the list.
  if (count() == wanted) return;
  reserve(wanted);
  const size_t columns = static_cast<size_t>(width);
  const std::vector<uint8_t> ones(kept ? 0 : columns, 1);
  const float *w = weight.data_ptr<float>();
  for (size_t row = 0; row < static_cast<size_t>(height); ++row)
    starts[row + 1] =
        take_row(places.data(), magnitudes.data(), starts[row], w + row * columns,
                 kept ? kept + row * columns : ones.data(), columns);
}

void KeptWeights::retake(const uint8_t *kept) {
  size_t first = 0;
  for (size_t row = 0; row < static_cast<size_t>(height); ++row, kept += width) {
    const size_t last = starts[row + 1];
    starts[row + 1] =
        retake_row(places.data(), magnitudes.data(), starts[row], first, last, kept);
    first = last;
  }
}

KeptWeights::List KeptWeights::list() const {
  return {starts.data(), places.data(), magnitudes.data(), static_cast<size_t>(height)};
}

at::Tensor KeptWeights::dense() const {
  at::Tensor wide = at::zeros({height, width}, memory.options());
  double *row = wide.data_ptr<double>();
  for (size_t o = 0; o < static_cast<size_t>(height); ++o, row += width)
    for (size_t j = starts[o]; j < starts[o + 1]; ++j) row[places[j]] = magnitudes[j];
  return wide;
}

void KeptWeights::score(const at::Tensor &gradient) {
  double *out = memory.data_ptr<double>();
  const double *row = gradient.data_ptr<double>();
  for (size_t o = 0; o < static_cast<size_t>(height); ++o, row += width)
    for (size_t j = starts[o]; j < starts[o + 1]; ++j) out[j] = magnitudes[j] * row[places[j]];
}

}  // namespace espalier
