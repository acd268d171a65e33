// Convolutions of one example, over strips of output rows: with many pixels and many weights they are
// products of whole matrices, else the kept weights are gone through one by one.
#include "convolution_flow.hpp"

#include <algorithm>
#include <limits>

namespace espalier {

namespace {

/// From this many pixels on, and kept weights in a hundred, the pruned ones are multiplied too.
constexpr int64_t many_pixels = 33, many_kept = 30;
/// Doubles of a strip of columns for whole matrices: every strip packs the weights again.
constexpr int64_t strip_size = 1 << 21;
/// Pixels of a strip for lists, more than a row at most: what a weight meets next must be in the cache.
constexpr int64_t strip_pixels = 32;

struct Geometry {
  int64_t inputs, height, width, outputs, rows, columns;
  FlowWindow window;
  /// Whether whole matrices are multiplied.
  bool whole;
  int64_t taps() const { return window.kernel * window.kernel; }
  int64_t depth() const { return inputs * taps(); }
  /// Output rows whose columns fit a strip.
  int64_t strip() const {
    const int64_t pixels = whole ? strip_size / depth() : strip_pixels;
    return std::clamp<int64_t>(pixels / columns, 1, rows);
  }
};

Geometry geometry(const KeptWeights &list, const at::Tensor &x, FlowWindow w) {
  const int64_t outputs = static_cast<int64_t>(list.rows()),
                depth = static_cast<int64_t>(list.columns()),
                kept = static_cast<int64_t>(list.count());
  TORCH_CHECK(x.dim() == 4 && x.size(0) == 1 &&
                  depth == x.size(1) * w.kernel * w.kernel,
              "a weight of ", depth, " columns cannot convolve an input of shape ",
              x.sizes(), " with a kernel of ", w.kernel);
  const int64_t rows = (x.size(2) + 2 * w.padding - w.kernel) / w.stride + 1;
  const int64_t columns = (x.size(3) + 2 * w.padding - w.kernel) / w.stride + 1;
  TORCH_CHECK(rows > 0 && columns > 0, "a kernel of ", w.kernel, " on an input of shape ",
              x.sizes());
  const bool whole =
      rows * columns >= many_pixels && kept * 100 >= outputs * depth * many_kept;
  return {x.size(1), x.size(2), x.size(3), outputs, rows, columns, w, whole};
}

/// Output rows from `first` on, whose pixels lie side by side, filled up to the pitch.
struct Strip {
  int64_t first, rows, pixels, pitch;

  Strip(const Geometry &g, int64_t first)
      : first(first),
        rows(std::min(g.strip(), g.rows - first)),
        pixels(rows * g.columns),
        pitch(pitch_of(pixels)) {}

  at::Tensor zeros(int64_t depth) const { return at::zeros({depth, pitch}, at::kDouble); }
  /// This strip of an output `[1, O, H', W']`.
  at::Tensor of(const at::Tensor &output) const {
    return output.narrow(2, first, rows).reshape({output.size(1), pixels});
  }
};

/// Copies to or adds from columns `[C·k·k, pitch]` of a strip.
template <bool gathers>
void columns_of(const Geometry &g, const at::Tensor &image, const at::Tensor &columns,
                const Strip &strip) {
  const int64_t k = g.window.kernel, stride = g.window.stride, padding = g.window.padding;
  for (int64_t d = 0; d < g.depth(); ++d) {
    const int64_t dy = d % g.taps() / k, dx = d % k;
    double *plane = image.data_ptr<double>() + d / g.taps() * g.height * g.width;
    double *pixels = columns.data_ptr<double>() + d * strip.pitch;
    // Columns with `0 <= column · stride + dx - padding < width`.
    const int64_t low = std::max<int64_t>(0, (padding - dx + stride - 1) / stride);
    const int64_t reach = g.width - 1 + padding - dx;
    const int64_t high = reach < 0 ? 0 : std::min(g.columns, reach / stride + 1);
    for (int64_t row = 0; row < strip.rows; ++row) {
      const int64_t y = (strip.first + row) * stride + dy - padding;
      if (y < 0 || y >= g.height) continue;
      double *from = plane + y * g.width + dx - padding, *to = pixels + row * g.columns;
      for (int64_t c = low; c < high; ++c)
        if (gathers)
          to[c] = from[c * stride];
        else
          from[c * stride] += to[c];
    }
  }
}

at::Tensor gathered(const Geometry &g, const at::Tensor &x, const Strip &strip) {
  at::Tensor columns = strip.zeros(g.depth());
  columns_of<true>(g, x, columns, strip);
  return columns;
}

}  // namespace

FlowWeight::FlowWeight(const at::Tensor &given)
    : weight(given.contiguous()),
      // A layer of which nothing is ever kept has scores too: none.
      memory(at::empty({0}, weight.options().dtype(at::kDouble))),
      list(weight.scalar_type() == at::kFloat ? weight.data_ptr<float>() : nullptr,
           static_cast<size_t>(weight.size(0)),
           static_cast<size_t>(weight.numel() / weight.size(0))) {
  TORCH_CHECK(weight.scalar_type() == at::kFloat &&
                  weight.size(0) <= std::numeric_limits<uint32_t>::max(),
              "synaptic flow needs float32 weights, not ", weight.scalar_type());
}

void FlowWeight::take(const uint8_t *kept) {
  list.take(kept);
  const int64_t count = static_cast<int64_t>(list.count());
  if (count > memory.numel()) memory = at::empty({count}, memory.options());
}

at::Tensor FlowWeight::spread_scores() const {
  at::Tensor spread = at::zeros(weight.sizes(), memory.options());
  list.spread(spread.data_ptr<double>(), memory.data_ptr<double>());
  return spread;
}

at::Tensor FlowWeight::dense() const {
  const int64_t rows = static_cast<int64_t>(list.rows()),
                columns = static_cast<int64_t>(list.columns());
  at::Tensor wide = at::zeros({columns, rows}, memory.options());
  list.widen(wide.data_ptr<double>());
  return wide;
}

at::Tensor flow_forward(const FlowWeight &weight, const at::Tensor &input, FlowWindow window,
                        at::Tensor &kept_columns) {
  const at::Tensor x = input.contiguous();
  const Geometry g = geometry(weight.list, x, window);
  at::Tensor y = at::empty({1, g.outputs, g.rows, g.columns}, x.options());
  const at::Tensor whole = g.whole ? weight.dense() : at::Tensor();
  for (int64_t first = 0; first < g.rows; first += g.strip()) {
    const Strip strip(g, first);
    const at::Tensor columns = gathered(g, x, strip);
    if (strip.rows == g.rows) kept_columns = columns;
    at::Tensor part = strip.zeros(g.outputs);
    if (g.whole)
      at::mm_out(part, whole.t(), columns);
    else
      weight.list.multiply(part.data_ptr<double>(), columns.data_ptr<double>(),
                             static_cast<size_t>(strip.pitch));
    y.narrow(2, first, strip.rows)
        .copy_(part.narrow(1, 0, strip.pixels).reshape({1, g.outputs, strip.rows, g.columns}));
  }
  return y;
}

at::Tensor flow_backward(FlowWeight &weight, const at::Tensor &input, const at::Tensor &kept_columns,
                         const at::Tensor &dy, FlowWindow window) {
  const at::Tensor x = input.contiguous();
  const Geometry g = geometry(weight.list, x, window);
  at::Tensor dx = at::zeros_like(x);
  const at::Tensor whole = g.whole ? weight.dense() : at::Tensor();
  at::Tensor gradient = g.whole ? at::empty_like(whole) : at::Tensor();
  for (int64_t first = 0; first < g.rows; first += g.strip()) {
    const Strip strip(g, first);
    const at::Tensor columns = kept_columns.defined() ? kept_columns : gathered(g, x, strip);
    at::Tensor slope = strip.zeros(g.outputs), pulled = at::empty_like(columns);
    slope.narrow(1, 0, strip.pixels).copy_(strip.of(dy));
    if (g.whole) {
      at::addmm_out(gradient, gradient, columns, slope.t(), first ? 1 : 0);
      at::mm_out(pulled, whole, slope);
    } else {
      weight.list.pull(weight.score_memory(), pulled.data_ptr<double>(), slope.data_ptr<double>(),
                       columns.data_ptr<double>(), static_cast<size_t>(strip.pitch), first > 0);
    }
    columns_of<false>(g, dx, pulled, strip);
  }
  if (g.whole) weight.list.score(weight.score_memory(), gradient.data_ptr<double>());
  return dx;
}

}  // namespace espalier
