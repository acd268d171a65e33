// Products of listed weights with columns of pixels: pixels lie in vectors, so that every weight costs one
// multiplication of vectors forward and two backward, and pruned ones nothing.
#include "kept_weights.hpp"
#include "masks.hpp"

namespace espalier {

namespace {

typedef double Four __attribute__((vector_size(32)));
typedef double Eight __attribute__((vector_size(64)));
typedef double FourAnywhere __attribute__((vector_size(32), aligned(8)));
typedef float FourFloats __attribute__((vector_size(16), aligned(4)));

// Macros, because a function that returns a vector has another ABI on every instruction set.
#define LOAD(type, from) (*reinterpret_cast<const type *>(from))
#define STORE(type, to, value) (*reinterpret_cast<type *>(to) = (value))

// Every weight's products are summed and rounded in one order, wherever it stands in the list: what is
// equal stays equal.
INLINED double sum(const Four &x) { return (x[0] + x[1]) + (x[2] + x[3]); }
INLINED double sum(const Eight &x) {
  return sum(__builtin_shufflevector(x, x, 0, 1, 2, 3) + __builtin_shufflevector(x, x, 4, 5, 6, 7));
}

INLINED void fold(Four &half, const Four &x) { half = x; }
INLINED void fold(Four &half, const Eight &x) {
  half = __builtin_shufflevector(x, x, 0, 1, 2, 3) + __builtin_shufflevector(x, x, 4, 5, 6, 7);
}

/// The sums of four vectors at once, for a third of the shuffles of one after the other.
INLINED void sums_of(Four &sums, const Four (&x)[4]) {
  const Four a = __builtin_shufflevector(x[0], x[1], 0, 4, 2, 6) +
                 __builtin_shufflevector(x[0], x[1], 1, 5, 3, 7),
             b = __builtin_shufflevector(x[2], x[3], 0, 4, 2, 6) +
                 __builtin_shufflevector(x[2], x[3], 1, 5, 3, 7);
  sums = __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
}

using List = KeptWeights::List;

/// y += w · x for the pixels of `vectors` vectors.
template <typename Vector, size_t vectors>
INLINED void multiply_tile(double *y, const List &w, const double *x, size_t pitch) {
  constexpr size_t length = sizeof(Vector) / sizeof(double);
  for (size_t column = 0; column < w.columns; ++column, x += pitch) {
    Vector values[vectors];
    for (size_t v = 0; v < vectors; ++v) values[v] = LOAD(Vector, x + v * length);
    for (size_t j = w.starts[column]; j < w.starts[column + 1]; ++j) {
      const double weight = w.magnitudes[j];
      double *to = y + w.places[j] * pitch;
      for (size_t v = 0; v < vectors; ++v)
        STORE(Vector, to + v * length, LOAD(Vector, to + v * length) + weight * values[v]);
    }
  }
}

/// The products of one weight's pixels: `products` = g · x, and `slopes` += w · g.
template <typename Vector, size_t vectors>
INLINED void pull_weight(Vector &products, Vector (&slopes)[vectors], double weight,
                         const double *g, const Vector (&values)[vectors]) {
  constexpr size_t length = sizeof(Vector) / sizeof(double);
  for (size_t v = 0; v < vectors; ++v) {
    const Vector from = LOAD(Vector, g + v * length);
    if (v)
      products += from * values[v];
    else
      products = from * values[v];
    slopes[v] += weight * from;
  }
}

/// scores = w · (g · x), added to those there are where `adds`, and dx = w · g.
template <typename Vector, size_t vectors>
INLINED void pull_tile(double *scores, double *dx, const double *g, const List &w, const double *x,
                       size_t pitch, bool adds) {
  constexpr size_t length = sizeof(Vector) / sizeof(double);
  for (size_t column = 0; column < w.columns; ++column, x += pitch, dx += pitch) {
    Vector values[vectors], slopes[vectors] = {}, products;
    for (size_t v = 0; v < vectors; ++v) values[v] = LOAD(Vector, x + v * length);
    size_t j = w.starts[column];
    const size_t end = w.starts[column + 1];
    for (; j + 4 <= end; j += 4) {
      Four halves[4], flows;
      for (size_t i = 0; i < 4; ++i) {
        pull_weight(products, slopes, w.magnitudes[j + i], g + w.places[j + i] * pitch, values);
        fold(halves[i], products);
      }
      sums_of(flows, halves);
      flows *= __builtin_convertvector(LOAD(FourFloats, w.magnitudes + j), Four);
      if (adds) flows += LOAD(FourAnywhere, scores + j);
      STORE(FourAnywhere, scores + j, flows);
    }
    for (; j < end; ++j) {
      const double weight = w.magnitudes[j];
      pull_weight(products, slopes, weight, g + w.places[j] * pitch, values);
      double flow = weight * sum(products);
      if (adds) flow += scores[j];
      scores[j] = flow;
    }
    for (size_t v = 0; v < vectors; ++v) STORE(Vector, dx + v * length, slopes[v]);
  }
}

/// One pixel.
INLINED void multiply_one(double *y, const List &w, const double *x) {
  for (size_t column = 0; column < w.columns; ++column) {
    const double value = x[column];
    for (size_t j = w.starts[column]; j < w.starts[column + 1]; ++j)
      y[w.places[j]] += w.magnitudes[j] * value;
  }
}

/// One pixel: vectors run along the list.
INLINED void pull_one(double *scores, double *dx, const double *g, const List &w, const double *x,
                      bool adds) {
  for (size_t column = 0; column < w.columns; ++column) {
    const double value = x[column];
    size_t j = w.starts[column];
    const size_t end = w.starts[column + 1];
    Four slopes = {};
    for (; j + 4 <= end; j += 4) {
      Four flows;
      for (size_t i = 0; i < 4; ++i) flows[i] = g[w.places[j + i]];
      flows *= __builtin_convertvector(LOAD(FourFloats, w.magnitudes + j), Four);
      slopes += flows;
      flows *= value;
      if (adds) flows += LOAD(FourAnywhere, scores + j);
      STORE(FourAnywhere, scores + j, flows);
    }
    double slope = sum(slopes);
    for (; j < end; ++j) {
      double flow = w.magnitudes[j] * g[w.places[j]];
      slope += flow;
      flow *= value;
      if (adds) flow += scores[j];
      scores[j] = flow;
    }
    dx[column] = slope;
  }
}

FOR_EACH_PROCESSOR
void multiply_all(double *y, List w, const double *x, size_t pitch) {
  if (pitch == 1) return multiply_one(y, w, x);
  if (pitch == 4) return multiply_tile<Four, 1>(y, w, x, pitch);
  size_t p = 0;
  for (; p + 32 <= pitch; p += 32) multiply_tile<Eight, 4>(y + p, w, x + p, pitch);
  switch ((pitch - p) / 8) {
    case 1: return multiply_tile<Eight, 1>(y + p, w, x + p, pitch);
    case 2: return multiply_tile<Eight, 2>(y + p, w, x + p, pitch);
    case 3: return multiply_tile<Eight, 3>(y + p, w, x + p, pitch);
  }
}

FOR_EACH_PROCESSOR
void pull_all(double *scores, double *dx, const double *g, List w, const double *x, size_t pitch,
              bool adds) {
  if (pitch == 1) return pull_one(scores, dx, g, w, x, adds);
  if (pitch == 4) return pull_tile<Four, 1>(scores, dx, g, w, x, pitch, adds);
  size_t p = 0;
  for (; p + 32 <= pitch; p += 32)
    pull_tile<Eight, 4>(scores, dx + p, g + p, w, x + p, pitch, adds || p > 0);
  adds = adds || p > 0;
  switch ((pitch - p) / 8) {
    case 1: return pull_tile<Eight, 1>(scores, dx + p, g + p, w, x + p, pitch, adds);
    case 2: return pull_tile<Eight, 2>(scores, dx + p, g + p, w, x + p, pitch, adds);
    case 3: return pull_tile<Eight, 3>(scores, dx + p, g + p, w, x + p, pitch, adds);
  }
}

}  // namespace

void KeptWeights::multiply(double *y, const double *x, size_t pitch) const {
  multiply_all(y, list(), x, pitch);
}

void KeptWeights::pull(double *scores, double *dx, const double *g, const double *x, size_t pitch,
                       bool adds) const {
  pull_all(scores, dx, g, list(), x, pitch, adds);
}

}  // namespace espalier
