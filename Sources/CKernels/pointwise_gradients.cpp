// Gradients of what pointwise.cpp does.
#include "numbers.hpp"

namespace espalier {

namespace {

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

}  // namespace

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

}  // namespace espalier
