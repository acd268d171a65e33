// Convolutions of one example. With many pixels they are matrix products over strips of output rows; with
// few, where the weights outweigh everything, one pass over the weights as they lie
// gives the scores and the input's gradient together.
#include "convolution_flow.hpp"

#include <algorithm>
#include <vector>

#include "processor.hpp"

namespace espalier {

namespace {

/// Up to this many output pixels, weights are streamed instead of multiplied as a matrix.
constexpr int64_t few_pixels = 16;
/// Doubles of a strip of columns. Every strip packs the weights again, so few strips are more than what
/// stays in the cache.
constexpr int64_t strip_size = 1 << 21;

struct Geometry {
  int64_t inputs, height, width, outputs, rows, columns, taps;
  FlowWindow window;
  int64_t depth() const { return inputs * taps; }
  int64_t pixels() const { return rows * columns; }
  /// Output rows whose columns fit a strip.
  int64_t strip() const {
    return std::clamp<int64_t>(strip_size / (depth() * columns), 1, rows);
  }
};

Geometry geometry(const at::Tensor &weight, const at::Tensor &x, FlowWindow w) {
  TORCH_CHECK(x.dim() == 4 && x.size(0) == 1 && weight.size(1) == x.size(1) && weight.size(2) == w.kernel,
              "a weight of shape ", weight.sizes(), " cannot convolve an input of shape ",
              x.sizes());
  const int64_t rows = (x.size(2) + 2 * w.padding - w.kernel) / w.stride + 1;
  const int64_t columns = (x.size(3) + 2 * w.padding - w.kernel) / w.stride + 1;
  TORCH_CHECK(rows > 0 && columns > 0, "a kernel of ", w.kernel, " on an input of shape ",
              x.sizes());
  return {x.size(1), x.size(2), x.size(3), weight.size(0), rows, columns, w.kernel * w.kernel, w};
}

/// Copies to or adds from columns `[C·k·k, rows · columns]` of the output rows from `first` on.
template <bool gathers>
void columns_of(const Geometry &g, double *image, double *strip, int64_t first, int64_t rows) {
  const int64_t k = g.window.kernel, stride = g.window.stride, padding = g.window.padding;
  for (int64_t d = 0; d < g.depth(); ++d) {
    const int64_t channel = d / g.taps, dy = d % g.taps / k, dx = d % k;
    double *plane = image + channel * g.height * g.width;
    // Columns with `0 <= column · stride + dx - padding < width`.
    const int64_t low = std::max<int64_t>(0, (padding - dx + stride - 1) / stride);
    const int64_t reach = g.width - 1 + padding - dx;
    const int64_t high = reach < 0 ? 0 : std::min(g.columns, reach / stride + 1);
    for (int64_t row = 0; row < rows; ++row) {
      double *to = strip + (d * rows + row) * g.columns;
      const int64_t y = (first + row) * stride + dy - padding;
      const bool inside = y >= 0 && y < g.height;
      double *from = plane + y * g.width + dx - padding;
      if (!gathers) {
        if (inside)
          for (int64_t c = low; c < high; ++c) from[c * stride] += to[c];
        continue;
      }
      if (!inside || low >= high) {
        std::fill(to, to + g.columns, 0.0);
        continue;
      }
      std::fill(to, to + low, 0.0);
      for (int64_t c = low; c < high; ++c) to[c] = from[c * stride];
      std::fill(to + high, to + g.columns, 0.0);
    }
  }
}

FOR_EACH_PROCESSOR
void weigh(double *__restrict score, const float *__restrict w, size_t count) {
  for (size_t i = 0; i < count; ++i) score[i] *= static_cast<double>(w[i]);
}

typedef double Vector __attribute__((vector_size(64), aligned(8)));
typedef float Half __attribute__((vector_size(32), aligned(4)));
constexpr size_t vector_length = 8;
#define LOAD(from) (*reinterpret_cast<const Vector *>(from))
#define STORE(to, value) (*reinterpret_cast<Vector *>(to) = (value))
#define WIDEN(from) __builtin_convertvector(*reinterpret_cast<const Half *>(from), Vector)

#define INLINED inline __attribute__((always_inline))

/// Weight rows of `depth` on pixels `[pixels, depth]`.
struct Stream {
  const float *w;
  const double *x;
  size_t depth, pixels;
};

/// y[o][p] = Σ w[o] · x[p] for some outputs and pixels, sums in registers.
template <size_t outputs, size_t some>
INLINED void forward_tile(double *y, Stream s) {
  Vector sums[outputs][some] = {};
  size_t d = 0;
  for (; d + vector_length <= s.depth; d += vector_length)
    for (size_t o = 0; o < outputs; ++o) {
      const Vector weight = WIDEN(s.w + o * s.depth + d);
      for (size_t p = 0; p < some; ++p) sums[o][p] += weight * LOAD(s.x + p * s.depth + d);
    }
  for (size_t o = 0; o < outputs; ++o)
    for (size_t p = 0; p < some; ++p) {
      double sum = 0;
      for (size_t v = 0; v < vector_length; ++v) sum += sums[o][p][v];
      for (size_t rest = d; rest < s.depth; ++rest)
        sum += s.w[o * s.depth + rest] * s.x[p * s.depth + rest];
      y[o * s.pixels + p] = sum;
    }
}

template <size_t outputs>
INLINED void forward_outputs(double *y, Stream s) {
  size_t p = 0;
  const double *x = s.x;
  for (; p + 4 <= s.pixels; p += 4) {
    s.x = x + p * s.depth;
    forward_tile<outputs, 4>(y + p, s);
  }
  for (; p < s.pixels; ++p) {
    s.x = x + p * s.depth;
    forward_tile<outputs, 1>(y + p, s);
  }
}

FOR_EACH_PROCESSOR
void stream_forward(double *y, Stream s, size_t outputs) {
  const float *w = s.w;
  size_t o = 0;
  for (; o + 4 <= outputs; o += 4) {
    s.w = w + o * s.depth;
    forward_outputs<4>(y + o * s.pixels, s);
  }
  for (; o < outputs; ++o) {
    s.w = w + o * s.depth;
    forward_outputs<1>(y + o * s.pixels, s);
  }
}

/// score[o] = w[o] · Σ g[o][p] x[p] and dx[p] += Σ w[o] g[o][p], at columns `low` to `high`.
template <size_t outputs>
INLINED void backward_tile(double *score, double *dx, const double *g, Stream s, size_t low,
                           size_t high) {
  size_t d = low;
  for (; d + vector_length <= high; d += vector_length) {
    Vector weights[outputs], sums[outputs] = {};
    for (size_t o = 0; o < outputs; ++o) weights[o] = WIDEN(s.w + o * s.depth + d);
    for (size_t p = 0; p < s.pixels; ++p) {
      const Vector x = LOAD(s.x + p * s.depth + d);
      Vector slope = LOAD(dx + p * s.depth + d);
      for (size_t o = 0; o < outputs; ++o) {
        const double pull = g[o * s.pixels + p];
        sums[o] += x * pull;
        slope += weights[o] * pull;
      }
      STORE(dx + p * s.depth + d, slope);
    }
    for (size_t o = 0; o < outputs; ++o) STORE(score + o * s.depth + d, weights[o] * sums[o]);
  }
  for (; d < high; ++d)
    for (size_t o = 0; o < outputs; ++o) {
      double sum = 0;
      const double w = s.w[o * s.depth + d];
      for (size_t p = 0; p < s.pixels; ++p) {
        sum += s.x[p * s.depth + d] * g[o * s.pixels + p];
        dx[p * s.depth + d] += w * g[o * s.pixels + p];
      }
      score[o * s.depth + d] = w * sum;
    }
}

FOR_EACH_PROCESSOR
void stream_backward(double *score, double *dx, const double *g, Stream s, size_t outputs) {
  // As many columns as keep x and dx of all pixels in the first cache.
  const size_t block = 32768 / s.pixels / vector_length * vector_length;
  const float *w = s.w;
  for (size_t low = 0; low < s.depth; low += block) {
    const size_t high = std::min(s.depth, low + block);
    size_t o = 0;
    for (; o + 4 <= outputs; o += 4) {
      s.w = w + o * s.depth;
      backward_tile<4>(score + o * s.depth, dx, g + o * s.pixels, s, low, high);
    }
    for (; o < outputs; ++o) {
      s.w = w + o * s.depth;
      backward_tile<1>(score + o * s.depth, dx, g + o * s.pixels, s, low, high);
    }
  }
}

at::Tensor gathered(const Geometry &g, const at::Tensor &x, int64_t first, int64_t rows) {
  at::Tensor columns = at::empty({g.depth(), rows * g.columns}, x.options());
  columns_of<true>(g, x.data_ptr<double>(), columns.data_ptr<double>(), first, rows);
  return columns;
}

Stream stream_of(const Geometry &g, const at::Tensor &weight, const at::Tensor &patches) {
  return {weight.data_ptr<float>(), patches.data_ptr<double>(), static_cast<size_t>(g.depth()),
          static_cast<size_t>(g.pixels())};
}

}  // namespace

at::Tensor flow_forward(const at::Tensor &weight, const at::Tensor &input, FlowWindow window) {
  const at::Tensor x = input.contiguous();
  const Geometry g = geometry(weight, x, window);
  at::Tensor y = at::empty({1, g.outputs, g.rows, g.columns}, x.options());
  if (g.pixels() <= few_pixels) {
    const at::Tensor patches = gathered(g, x, 0, g.rows).t().contiguous();
    stream_forward(y.data_ptr<double>(), stream_of(g, weight, patches),
                   static_cast<size_t>(g.outputs));
    return y;
  }
  const at::Tensor w = weight.to(at::kDouble).reshape({g.outputs, g.depth()});
  at::Tensor whole = y.reshape({g.outputs, g.pixels()});
  for (int64_t first = 0; first < g.rows; first += g.strip()) {
    const int64_t rows = std::min(g.strip(), g.rows - first);
    at::Tensor part = whole.narrow(1, first * g.columns, rows * g.columns);
    part.copy_(at::mm(w, gathered(g, x, first, rows)));
  }
  return y;
}

at::Tensor flow_backward(const at::Tensor &weight, const at::Tensor &input, const at::Tensor &slope,
                         FlowWindow window, const at::Tensor &score, bool wants_input) {
  const at::Tensor x = input.contiguous(), dy = slope.contiguous();
  const Geometry g = geometry(weight, x, window);
  at::Tensor dx = wants_input ? at::zeros(x.sizes(), x.options()) : at::Tensor();
  const float *w = weight.data_ptr<float>();
  double *out = score.defined() ? score.data_ptr<double>() : nullptr;
  if (g.pixels() <= few_pixels) {
    const at::Tensor patches = gathered(g, x, 0, g.rows).t().contiguous();
    at::Tensor pulled = at::zeros_like(patches);
    at::Tensor scratch = out ? score : at::empty(weight.sizes(), x.options());
    stream_backward(scratch.data_ptr<double>(), pulled.data_ptr<double>(), dy.data_ptr<double>(),
                    stream_of(g, weight, patches), static_cast<size_t>(g.outputs));
    if (wants_input) {
      const at::Tensor columns = pulled.t().contiguous();
      columns_of<false>(g, dx.data_ptr<double>(), columns.data_ptr<double>(), 0, g.rows);
    }
    return dx;
  }
  const at::Tensor wide = weight.to(at::kDouble).reshape({g.outputs, g.depth()});
  const at::Tensor whole = dy.reshape({g.outputs, g.pixels()});
  at::Tensor total = out ? score.reshape({g.outputs, g.depth()}) : at::Tensor();
  for (int64_t first = 0; first < g.rows; first += g.strip()) {
    const int64_t rows = std::min(g.strip(), g.rows - first);
    const at::Tensor part = whole.narrow(1, first * g.columns, rows * g.columns);
    if (out) at::addmm_out(total, total, part, gathered(g, x, first, rows).t(), first ? 1 : 0);
    if (wants_input) {
      const at::Tensor columns = at::mm(wide.t(), part);
      columns_of<false>(g, dx.data_ptr<double>(), columns.data_ptr<double>(), first, rows);
    }
  }
  if (out) weigh(out, w, static_cast<size_t>(weight.numel()));
  return dx;
}

}  // namespace espalier
