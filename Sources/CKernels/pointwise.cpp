// Statistics, and all that is done to each number of an activation, forward.
#include "numbers.hpp"

namespace espalier {

namespace {

template <typename T>
INLINED void moment_loop(double *first, double *second, const T *x, size_t count, size_t width,
                         const float *pivot) {
  const size_t rows = count / width;
  for (size_t row = 0; row < rows; row += rows_per_block) {
    const size_t end = std::min(rows, row + rows_per_block);
    for (size_t lane = 0; lane < width; lane += lane_block) {
      Vector sum[vectors] = {}, square[vectors] = {}, center[vectors];
      for (size_t v = 0; v < vectors; ++v) center[v] = LOAD(pivot + lane + v * vector_length);
      for (size_t r = row; r < end; ++r) {
        const T *from = x + r * width + lane;
        for (size_t v = 0; v < vectors; ++v) {
          READ(d, from + v * vector_length);
          d -= center[v];
          sum[v] += d;
          square[v] += d * d;
        }
      }
      add_to(first + lane, sum);
      add_to(second + lane, square);
    }
  }
  for (size_t i = rows * width, lane = 0; i < count; ++i, ++lane) {
    const double d = widened(x[i]) - pivot[lane];
    first[lane] += d;
    second[lane] += d * d;
  }
}

FOR_EACH_PROCESSOR
void moment_lanes(double *first, double *second, Numbers x, size_t count, size_t width,
                  const float *pivot) {
  if (x.half) return moment_loop(first, second, typed<const Half>(x), count, width, pivot);
  moment_loop(first, second, typed<const float>(x), count, width, pivot);
}

template <bool normal, bool sum, bool relu, typename T>
INLINED void pointwise_loop(T *y, const T *x, const T *residual, const float *mean,
                            const float *scale, const float *shift, size_t width, size_t count) {
  for (size_t start = 0; start < count; start += width) {
    const size_t length = std::min(width, count - start);
    INDEPENDENT
    for (size_t i = 0; i < length; ++i) {
      float value = widened(x[start + i]);
      if (normal) value = (value - mean[i]) * scale[i] + shift[i];
      if (sum) value += widened(residual[start + i]);
      // Written so that NaN stays NaN: a training that diverges must show it.
      if (relu) value = value < 0.0f ? 0.0f : value;
      put(y[start + i], value);
    }
  }
}

template <typename T>
INLINED void pointwise_cases(Numbers to, Numbers from, Numbers addend, const float *mean,
                             const float *scale, const float *shift, bool relu, size_t width,
                             size_t count) {
  T *y = typed<T>(to);
  const T *x = typed<const T>(from), *residual = typed<const T>(addend);
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

FOR_EACH_PROCESSOR
void pointwise_lanes(Numbers y, Numbers x, Numbers residual, const float *mean, const float *scale,
                     const float *shift, bool relu, size_t width, size_t count) {
  FOR_EITHER(y.half, pointwise_cases, y, x, residual, mean, scale, shift, relu, width, count);
}

}  // namespace

float Numbers::at(size_t place) const {
  return half ? widened(typed<const Half>(*this)[place]) : typed<const float>(*this)[place];
}

size_t lane_count(size_t channels) { return std::lcm(channels, lane_block); }

Lanes::Lanes(size_t channels) : channels(channels), width(lane_count(channels)) {
  for (auto *lanes : {&mean, &inverse, &scale, &shift}) lanes->resize(width);
}

void Lanes::set(std::vector<float> &lanes, size_t channel, float value) const {
  for (size_t lane = channel; lane < width; lane += channels) lanes[lane] = value;
}

ChannelSums moments(Numbers x, size_t count, size_t channels, const float *pivot) {
  const size_t width = lane_count(channels);
  std::vector<double> first(width), second(width);
  moment_lanes(first.data(), second.data(), x, count, width, pivot);
  return folded(first, second, channels);
}

void pointwise(Numbers y, Numbers x, Numbers residual, const Lanes *norm, bool relu,
               size_t count) {
  const float *mean = norm ? norm->mean.data() : nullptr;
  const float *scale = norm ? norm->scale.data() : nullptr;
  const float *shift = norm ? norm->shift.data() : nullptr;
  pointwise_lanes(y, x, residual, mean, scale, shift, relu, norm ? norm->width : count, count);
}

}  // namespace espalier
