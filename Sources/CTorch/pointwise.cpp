// The loops between convolutions. Each comes as a template over what is present, inlined into one
// function that is compiled for several instruction sets.
#include "pointwise.hpp"

#include <algorithm>
#include <numeric>

#include "processor.hpp"

// Every iteration touches only its own element, also where output and input are the same memory.
#if defined(__clang__)
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define INDEPENDENT _Pragma("GCC ivdep")
#endif
#define INLINED inline __attribute__((always_inline))

namespace espalier {

namespace {

typedef float Vector __attribute__((vector_size(64), aligned(4)));
constexpr size_t vector_length = 16;
constexpr size_t vectors = lane_block / vector_length;
/// Rows summed in float32 before float64 takes over.
constexpr size_t rows_per_block = 32;

// Macros, because a function that returns a vector has another ABI on every instruction set.
#define LOAD(from) (*reinterpret_cast<const Vector *>(from))
#define STORE(to, value) (*reinterpret_cast<Vector *>(to) = (value))

INLINED void add_to(double *sums, const Vector *part) {
  for (size_t v = 0; v < vectors; ++v)
    for (size_t i = 0; i < vector_length; ++i) sums[v * vector_length + i] += part[v][i];
}

ChannelSums folded(const std::vector<double> &first, const std::vector<double> &second,
                   size_t channels) {
  ChannelSums sums{std::vector<double>(channels), std::vector<double>(channels)};
  for (size_t i = 0; i < first.size(); ++i) {
    sums.first[i % channels] += first[i];
    sums.second[i % channels] += second[i];
  }
  return sums;
}

FOR_EACH_PROCESSOR
void moment_lanes(double *first, double *second, const float *x, size_t count, size_t width,
                  const float *pivot) {
  const size_t rows = count / width;
  for (size_t row = 0; row < rows; row += rows_per_block) {
    const size_t end = std::min(rows, row + rows_per_block);
    for (size_t lane = 0; lane < width; lane += lane_block) {
      Vector sum[vectors] = {}, square[vectors] = {}, center[vectors];
      for (size_t v = 0; v < vectors; ++v) center[v] = LOAD(pivot + lane + v * vector_length);
      for (size_t r = row; r < end; ++r) {
        const float *from = x + r * width + lane;
        for (size_t v = 0; v < vectors; ++v) {
          const Vector d = LOAD(from + v * vector_length) - center[v];
          sum[v] += d;
          square[v] += d * d;
        }
      }
      add_to(first + lane, sum);
      add_to(second + lane, square);
    }
  }
  for (size_t i = rows * width, lane = 0; i < count; ++i, ++lane) {
    const double d = x[i] - pivot[lane];
    first[lane] += d;
    second[lane] += d * d;
  }
}

template <bool normal, bool sum, bool relu>
INLINED void pointwise_loop(float *y, const float *x, const float *residual, const float *mean,
                            const float *scale, const float *shift, size_t width, size_t count) {
  for (size_t start = 0; start < count; start += width) {
    const size_t length = std::min(width, count - start);
    INDEPENDENT
    for (size_t i = 0; i < length; ++i) {
      float value = x[start + i];
      if (normal) value = (value - mean[i]) * scale[i] + shift[i];
      if (sum) value += residual[start + i];
      // Written so that NaN stays NaN: a training that diverges must show it.
      if (relu) value = value < 0.0f ? 0.0f : value;
      y[start + i] = value;
    }
  }
}

FOR_EACH_PROCESSOR
void pointwise_lanes(float *y, const float *x, const float *residual, const float *mean,
                     const float *scale, const float *shift, bool relu, size_t width,
                     size_t count) {
  switch ((mean ? 4 : 0) + (residual ? 2 : 0) + (relu ? 1 : 0)) {
#define CASE(n, a, b, c)                                                              \
  case n:                                                                             \
    return pointwise_loop<a, b, c>(y, x, residual, mean, scale, shift, width, count);
    CASE(0, false, false, false)
    CASE(1, false, false, true)
    CASE(2, false, true, false)
    CASE(3, false, true, true)
    CASE(4, true, false, false)
    CASE(5, true, false, true)
    CASE(6, true, true, false)
    CASE(7, true, true, true)
#undef CASE
  }
}

struct GradientLanes {
  float *out;
  const float *dy, *dy2, *x, *y, *mean, *inverse, *scale, *shift;
};

template <bool two, bool by_output, bool by_input, bool writes>
INLINED void gradient_loop(double *first, double *second, GradientLanes g, size_t width,
                           size_t count) {
  const size_t rows = count / width;
  const Vector zero = {};
  for (size_t row = 0; row < rows; row += rows_per_block) {
    const size_t end = std::min(rows, row + rows_per_block);
    for (size_t lane = 0; lane < width; lane += lane_block) {
      Vector sum[vectors] = {}, product[vectors] = {};
      for (size_t r = row; r < end; ++r)
        for (size_t v = 0; v < vectors; ++v) {
          const size_t l = lane + v * vector_length, at = r * width + l;
          Vector dz = LOAD(g.dy + at);
          if (two) dz += LOAD(g.dy2 + at);
          const Vector centered = LOAD(g.x + at) - LOAD(g.mean + l);
          if (by_output) dz = LOAD(g.y + at) <= zero ? zero : dz;
          if (by_input) dz = centered * LOAD(g.scale + l) + LOAD(g.shift + l) <= zero ? zero : dz;
          if (writes) STORE(g.out + at, dz);
          sum[v] += dz;
          product[v] += dz * (centered * LOAD(g.inverse + l));
        }
      add_to(first + lane, sum);
      add_to(second + lane, product);
    }
  }
  for (size_t i = rows * width, l = 0; i < count; ++i, ++l) {
    float dz = g.dy[i] + (two ? g.dy2[i] : 0.0f);
    const float centered = g.x[i] - g.mean[l];
    if (by_output && g.y[i] <= 0.0f) dz = 0.0f;
    if (by_input && centered * g.scale[l] + g.shift[l] <= 0.0f) dz = 0.0f;
    if (writes) g.out[i] = dz;
    first[l] += dz;
    second[l] += static_cast<double>(dz) * (centered * g.inverse[l]);
  }
}

FOR_EACH_PROCESSOR
void gradient_lanes(double *first, double *second, GradientLanes g, Mask mask, size_t width,
                    size_t count) {
  switch ((g.out ? 6 : 0) + (g.dy2 ? 3 : 0) + static_cast<int>(mask)) {
#define CASES(n, two, writes)                                                           \
  case n:                                                                               \
    return gradient_loop<two, false, false, writes>(first, second, g, width, count);    \
  case n + 1:                                                                           \
    return gradient_loop<two, true, false, writes>(first, second, g, width, count);     \
  case n + 2:                                                                           \
    return gradient_loop<two, false, true, writes>(first, second, g, width, count);
    CASES(0, false, false)
    CASES(3, true, false)
    CASES(6, false, true)
    CASES(9, true, true)
#undef CASES
  }
}

template <bool by_input>
INLINED void norm_gradient_loop(float *dx, const float *dz, const float *x, const float *mean,
                                const float *inverse, const float *scale, const float *shift,
                                const float *mean_dz, const float *mean_product, size_t width,
                                size_t count) {
  for (size_t start = 0; start < count; start += width) {
    const size_t length = std::min(width, count - start);
    INDEPENDENT
    for (size_t i = 0; i < length; ++i) {
      const float centered = x[start + i] - mean[i];
      float d = dz[start + i];
      if (by_input) d = centered * scale[i] + shift[i] <= 0.0f ? 0.0f : d;
      dx[start + i] = scale[i] * (d - mean_dz[i] - centered * inverse[i] * mean_product[i]);
    }
  }
}

FOR_EACH_PROCESSOR
void norm_gradient_lanes(float *dx, const float *dz, const float *x, bool by_input,
                         const float *mean, const float *inverse, const float *scale,
                         const float *shift, const float *mean_dz, const float *mean_product,
                         size_t width, size_t count) {
  if (by_input)
    norm_gradient_loop<true>(dx, dz, x, mean, inverse, scale, shift, mean_dz, mean_product, width,
                             count);
  else
    norm_gradient_loop<false>(dx, dz, x, mean, inverse, scale, shift, mean_dz, mean_product,
                              width, count);
}

template <bool two, bool masked>
INLINED void relu_gradient_loop(float *out, const float *dy, const float *dy2, const float *y,
                                size_t count) {
  INDEPENDENT
  for (size_t i = 0; i < count; ++i) {
    const float d = dy[i] + (two ? dy2[i] : 0.0f);
    out[i] = masked && y[i] <= 0.0f ? 0.0f : d;
  }
}

FOR_EACH_PROCESSOR
void relu_gradient_lanes(float *out, const float *dy, const float *dy2, const float *y,
                         size_t count) {
  if (dy2 && y) return relu_gradient_loop<true, true>(out, dy, dy2, y, count);
  if (dy2) return relu_gradient_loop<true, false>(out, dy, dy2, y, count);
  if (y) return relu_gradient_loop<false, true>(out, dy, dy2, y, count);
  relu_gradient_loop<false, false>(out, dy, dy2, y, count);
}

FOR_EACH_PROCESSOR
void row_means(float *__restrict out, const float *__restrict x, size_t rows, size_t channels) {
  const float share = 1.0f / static_cast<float>(rows);
  for (size_t c = 0; c < channels; ++c) out[c] = 0.0f;
  for (size_t row = 0; row < rows; ++row)
    for (size_t c = 0; c < channels; ++c) out[c] += x[row * channels + c];
  for (size_t c = 0; c < channels; ++c) out[c] *= share;
}

FOR_EACH_PROCESSOR
void row_spread(float *__restrict dx, const float *__restrict dy, size_t rows, size_t channels) {
  const float share = 1.0f / static_cast<float>(rows);
  for (size_t row = 0; row < rows; ++row)
    for (size_t c = 0; c < channels; ++c) dx[row * channels + c] = dy[c] * share;
}

}  // namespace

size_t lane_count(size_t channels) { return std::lcm(channels, lane_block); }

Lanes::Lanes(size_t channels) : channels(channels), width(lane_count(channels)) {
  for (auto *lanes : {&mean, &inverse, &scale, &shift}) lanes->resize(width);
}

void Lanes::set(std::vector<float> &lanes, size_t channel, float value) const {
  for (size_t lane = channel; lane < width; lane += channels) lanes[lane] = value;
}

ChannelSums moments(const float *x, size_t count, size_t channels, const float *pivot) {
  const size_t width = lane_count(channels);
  std::vector<double> first(width), second(width);
  moment_lanes(first.data(), second.data(), x, count, width, pivot);
  return folded(first, second, channels);
}

void pointwise(float *y, const float *x, const float *residual, const Lanes *norm, bool relu,
               size_t count) {
  const float *mean = norm ? norm->mean.data() : nullptr;
  const float *scale = norm ? norm->scale.data() : nullptr;
  const float *shift = norm ? norm->shift.data() : nullptr;
  pointwise_lanes(y, x, residual, mean, scale, shift, relu, norm ? norm->width : count, count);
}

ChannelSums gradient_sums(float *out, const float *dy, const float *dy2, const float *x,
                          const float *y, Mask mask, const Lanes &norm, size_t count) {
  std::vector<double> first(norm.width), second(norm.width);
  const GradientLanes g{out,
                        dy,
                        dy2,
                        x,
                        y,
                        norm.mean.data(),
                        norm.inverse.data(),
                        norm.scale.data(),
                        norm.shift.data()};
  gradient_lanes(first.data(), second.data(), g, mask, norm.width, count);
  return folded(first, second, norm.channels);
}

void norm_gradient(float *dx, const float *dz, const float *x, Mask mask, const Lanes &norm,
                   const std::vector<float> &mean_dz, const std::vector<float> &mean_product,
                   size_t count) {
  norm_gradient_lanes(dx, dz, x, mask == Mask::input, norm.mean.data(), norm.inverse.data(),
                      norm.scale.data(), norm.shift.data(), mean_dz.data(), mean_product.data(),
                      norm.width, count);
}

void relu_gradient(float *out, const float *dy, const float *dy2, const float *y, size_t count) {
  relu_gradient_lanes(out, dy, dy2, y, count);
}

void spatial_means(float *out, const float *x, size_t images, size_t rows, size_t channels) {
  for (size_t i = 0; i < images; ++i)
    row_means(out + i * channels, x + i * rows * channels, rows, channels);
}

void spatial_spread(float *dx, const float *dy, size_t images, size_t rows, size_t channels) {
  for (size_t i = 0; i < images; ++i)
    row_spread(dx + i * rows * channels, dy + i * channels, rows, channels);
}

}  // namespace espalier
