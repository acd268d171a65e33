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
#define READ(name, from) \
  Vector name;           \
  read(name, from)

/// The bits of a bfloat16.
typedef uint16_t Half;
typedef Half Halves __attribute__((vector_size(32), aligned(2)));
typedef uint32_t Bits __attribute__((vector_size(64)));
constexpr uint32_t half_nan = 0x7FC0;

INLINED float widened(float value) { return value; }
INLINED float widened(Half value) {
  const uint32_t bits = static_cast<uint32_t>(value) << 16;
  float wide;
  __builtin_memcpy(&wide, &bits, sizeof wide);
  return wide;
}

INLINED void put(float &to, float value) { to = value; }
INLINED void put(Half &to, float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  const uint32_t rounded = (bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16;
  to = static_cast<Half>(value != value ? half_nan : rounded);
}

INLINED void read(Vector &to, const float *from) { to = LOAD(from); }
INLINED void read(Vector &to, const Half *from) {
  to = reinterpret_cast<Vector>(
      __builtin_convertvector(*reinterpret_cast<const Halves *>(from), Bits) << 16);
}

INLINED void write(float *to, const Vector &value) { *reinterpret_cast<Vector *>(to) = value; }
INLINED void write(Half *to, const Vector &value) {
  const Bits bits = reinterpret_cast<Bits>(value);
  const Bits rounded = (bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16;
  const Bits strange = reinterpret_cast<Bits>(value != value);
  *reinterpret_cast<Halves *>(to) =
      __builtin_convertvector((rounded & ~strange) | (half_nan & strange), Halves);
}

/// `function` on numbers of either kind.
#define FOR_EITHER(half, function, ...) \
  half ? function<Half>(__VA_ARGS__) : function<float>(__VA_ARGS__)

template <typename T>
T *typed(Numbers numbers) {
  return static_cast<T *>(numbers.memory);
}

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

struct GradientLanes {
  Numbers out, dy, dy2, x, y;
  const float *mean, *inverse, *scale, *shift;
};

template <typename T, bool two, bool by_output, bool by_input, bool writes>
INLINED void gradient_loop(double *first, double *second, const GradientLanes &g, size_t width,
                           size_t count) {
  T *out = typed<T>(g.out);
  const T *dy = typed<const T>(g.dy), *dy2 = typed<const T>(g.dy2), *x = typed<const T>(g.x),
          *y = typed<const T>(g.y);
  const size_t rows = count / width;
  const Vector zero = {};
  for (size_t row = 0; row < rows; row += rows_per_block) {
    const size_t end = std::min(rows, row + rows_per_block);
    for (size_t lane = 0; lane < width; lane += lane_block) {
      Vector sum[vectors] = {}, product[vectors] = {};
      for (size_t r = row; r < end; ++r)
        for (size_t v = 0; v < vectors; ++v) {
          const size_t l = lane + v * vector_length, at = r * width + l;
          READ(dz, dy + at);
          if (two) {
            READ(other, dy2 + at);
            dz += other;
          }
          READ(centered, x + at);
          centered -= LOAD(g.mean + l);
          if (by_output) {
            READ(output, y + at);
            dz = output <= zero ? zero : dz;
          }
          if (by_input) dz = centered * LOAD(g.scale + l) + LOAD(g.shift + l) <= zero ? zero : dz;
          if (writes) write(out + at, dz);
          sum[v] += dz;
          product[v] += dz * (centered * LOAD(g.inverse + l));
        }
      add_to(first + lane, sum);
      add_to(second + lane, product);
    }
  }
  for (size_t i = rows * width, l = 0; i < count; ++i, ++l) {
    float dz = widened(dy[i]) + (two ? widened(dy2[i]) : 0.0f);
    const float centered = widened(x[i]) - g.mean[l];
    if (by_output && widened(y[i]) <= 0.0f) dz = 0.0f;
    if (by_input && centered * g.scale[l] + g.shift[l] <= 0.0f) dz = 0.0f;
    if (writes) put(out[i], dz);
    first[l] += dz;
    second[l] += static_cast<double>(dz) * (centered * g.inverse[l]);
  }
}

template <typename T>
INLINED void gradient_cases(double *first, double *second, const GradientLanes &g, Mask mask,
                            size_t width, size_t count) {
  switch ((g.out ? 6 : 0) + (g.dy2 ? 3 : 0) + static_cast<int>(mask)) {
#define CASES(n, two, writes)                                                            \
  case n:                                                                                \
    return gradient_loop<T, two, false, false, writes>(first, second, g, width, count);  \
  case n + 1:                                                                            \
    return gradient_loop<T, two, true, false, writes>(first, second, g, width, count);   \
  case n + 2:                                                                            \
    return gradient_loop<T, two, false, true, writes>(first, second, g, width, count);
    CASES(0, false, false)
    CASES(3, true, false)
    CASES(6, false, true)
    CASES(9, true, true)
#undef CASES
  }
}

FOR_EACH_PROCESSOR
void gradient_lanes(double *first, double *second, const GradientLanes &g, Mask mask, size_t width,
                    size_t count) {
  FOR_EITHER(g.dy.half, gradient_cases, first, second, g, mask, width, count);
}

template <bool by_input, typename T>
INLINED void norm_gradient_loop(T *dx, const T *dz, const T *x, const Lanes &norm,
                                const float *mean_dz, const float *mean_product, size_t count) {
  const float *mean = norm.mean.data(), *inverse = norm.inverse.data();
  const float *scale = norm.scale.data(), *shift = norm.shift.data();
  const size_t width = norm.width;
  for (size_t start = 0; start < count; start += width) {
    const size_t length = std::min(width, count - start);
    INDEPENDENT
    for (size_t i = 0; i < length; ++i) {
      const float centered = widened(x[start + i]) - mean[i];
      float d = widened(dz[start + i]);
      if (by_input) d = centered * scale[i] + shift[i] <= 0.0f ? 0.0f : d;
      put(dx[start + i], scale[i] * (d - mean_dz[i] - centered * inverse[i] * mean_product[i]));
    }
  }
}

template <typename T>
INLINED void norm_gradient_cases(Numbers dx, Numbers dz, Numbers x, bool by_input,
                                 const Lanes &norm, const float *mean_dz,
                                 const float *mean_product, size_t count) {
  if (by_input)
    norm_gradient_loop<true>(typed<T>(dx), typed<const T>(dz), typed<const T>(x), norm, mean_dz,
                             mean_product, count);
  else
    norm_gradient_loop<false>(typed<T>(dx), typed<const T>(dz), typed<const T>(x), norm, mean_dz,
                              mean_product, count);
}

FOR_EACH_PROCESSOR
void norm_gradient_lanes(Numbers dx, Numbers dz, Numbers x, bool by_input, const Lanes &norm,
                         const float *mean_dz, const float *mean_product, size_t count) {
  FOR_EITHER(dx.half, norm_gradient_cases, dx, dz, x, by_input, norm, mean_dz, mean_product,
             count);
}

template <bool two, bool masked, typename T>
INLINED void relu_gradient_loop(T *out, const T *dy, const T *dy2, const T *y, size_t count) {
  INDEPENDENT
  for (size_t i = 0; i < count; ++i) {
    const float d = widened(dy[i]) + (two ? widened(dy2[i]) : 0.0f);
    put(out[i], masked && widened(y[i]) <= 0.0f ? 0.0f : d);
  }
}

template <typename T>
INLINED void relu_gradient_cases(Numbers to, Numbers from, Numbers other, Numbers output,
                                 size_t count) {
  T *out = typed<T>(to);
  const T *dy = typed<const T>(from), *dy2 = typed<const T>(other), *y = typed<const T>(output);
  if (dy2 && y) return relu_gradient_loop<true, true>(out, dy, dy2, y, count);
  if (dy2) return relu_gradient_loop<true, false>(out, dy, dy2, y, count);
  if (y) return relu_gradient_loop<false, true>(out, dy, dy2, y, count);
  relu_gradient_loop<false, false>(out, dy, dy2, y, count);
}

FOR_EACH_PROCESSOR
void relu_gradient_lanes(Numbers out, Numbers dy, Numbers dy2, Numbers y, size_t count) {
  FOR_EITHER(out.half, relu_gradient_cases, out, dy, dy2, y, count);
}

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

ChannelSums gradient_sums(Numbers out, Numbers dy, Numbers dy2, Numbers x, Numbers y, Mask mask,
                          const Lanes &norm, size_t count) {
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

void norm_gradient(Numbers dx, Numbers dz, Numbers x, Mask mask, const Lanes &norm,
                   const std::vector<float> &mean_dz, const std::vector<float> &mean_product,
                   size_t count) {
  norm_gradient_lanes(dx, dz, x, mask == Mask::input, norm, mean_dz.data(), mean_product.data(),
                      count);
}

void relu_gradient(Numbers out, Numbers dy, Numbers dy2, Numbers y, size_t count) {
  relu_gradient_lanes(out, dy, dy2, y, count);
}

void spatial_means(Numbers out, Numbers x, size_t images, size_t rows, size_t channels) {
  std::vector<float> sums(channels);
  for (size_t i = 0; i < images; ++i) row_means(out, sums.data(), x, i, rows, channels);
}

void spatial_spread(Numbers dx, Numbers dy, size_t images, size_t rows, size_t channels) {
  for (size_t i = 0; i < images; ++i) row_spread(dx, dy, i, rows, channels);
}

}  // namespace espalier
