// Means over each image's positions, and their gradient.
#include "numbers.hpp"

namespace espalier {

namespace {

template <typename T>
INLINED void mean_loop(T *__restrict out, float *__restrict sums, const T *__restrict x,
                       size_t rows, size_t channels) {
  const float share = 1.0f / static_cast<float>(rows);
  for (size_t c = 0; c < channels; ++c) sums[c] = 0.0f;
  for (size_t row = 0; row < rows; ++row)
    for (size_t c = 0; c < channels; ++c) sums[c] += widened(x[row * channels + c]);
  for (size_t c = 0; c < channels; ++c) put(out[c], sums[c] * share);
}

FOR_EACH_PROCESSOR
void row_means(Numbers out, float *sums, Numbers x, size_t image, size_t rows, size_t channels) {
  const size_t to = image * channels, from = image * rows * channels;
  if (x.half)
    return mean_loop(typed<Half>(out) + to, sums, typed<const Half>(x) + from, rows, channels);
  mean_loop(typed<float>(out) + to, sums, typed<const float>(x) + from, rows, channels);
}

template <typename T>
INLINED void spread_loop(T *__restrict dx, const T *__restrict dy, size_t rows, size_t channels) {
  const float share = 1.0f / static_cast<float>(rows);
  for (size_t row = 0; row < rows; ++row)
    for (size_t c = 0; c < channels; ++c) put(dx[row * channels + c], widened(dy[c]) * share);
}

FOR_EACH_PROCESSOR
void row_spread(Numbers dx, Numbers dy, size_t image, size_t rows, size_t channels) {
  const size_t to = image * rows * channels, from = image * channels;
  if (dx.half)
    return spread_loop(typed<Half>(dx) + to, typed<const Half>(dy) + from, rows, channels);
  spread_loop(typed<float>(dx) + to, typed<const float>(dy) + from, rows, channels);
}

}  // namespace

void spatial_means(Numbers out, Numbers x, size_t images, size_t rows, size_t channels) {
  std::vector<float> sums(channels);
  for (size_t i = 0; i < images; ++i) row_means(out, sums.data(), x, i, rows, channels);
}

void spatial_spread(Numbers dx, Numbers dy, size_t images, size_t rows, size_t channels) {
  for (size_t i = 0; i < images; ++i) row_spread(dx, dy, i, rows, channels);
}

}  // namespace espalier
