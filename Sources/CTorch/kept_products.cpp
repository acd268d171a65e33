// Products of listed weights with columns of pixels: pixels lie in vectors, so that every weight costs one
// multiplication of vectors forward and two backward, and pruned ones nothing.
#include "kept_weights.hpp"
#include "masks.hpp"

namespace espalier {

namespace {

typedef double Two __attribute__((vector_size(16), aligned(8)));
typedef double Four __attribute__((vector_size(32), aligned(8)));
typedef double Eight __attribute__((vector_size(64), aligned(8)));
typedef float EightFloats __attribute__((vector_size(32), aligned(4)));

// Macros, because a function that returns a vector has another ABI on every instruction set.
#define LOAD(type, from) (*reinterpret_cast<const type *>(from))
#define STORE(type, to, value) (*reinterpret_cast<type *>(to) = (value))

INLINED double sum(const Two &x) { return x[0] + x[1]; }
INLINED double sum(const Four &x) {
  const Two *halves = reinterpret_cast<const Two *>(&x);
  return sum(halves[0] + halves[1]);
}
INLINED double sum(const Eight &x) {
  const Four *halves = reinterpret_cast<const Four *>(&x);
  return sum(halves[0] + halves[1]);
}

using List = KeptWeights::List;

/// y = w · x for the pixels of `vectors` vectors.
template <typename Vector, size_t vectors>
INLINED void multiply_tile(double *y, const List &w, const double *x, size_t pitch) {
  constexpr size_t length = sizeof(Vector) / sizeof(double);
  for (size_t row = 0; row < w.rows; ++row) {
    Vector sums[vectors] = {};
    for (size_t j = w.starts[row]; j < w.starts[row + 1]; ++j) {
      const double weight = w.magnitudes[j];
      const double *from = x + w.places[j] * pitch;
      for (size_t v = 0; v < vectors; ++v) sums[v] += weight * LOAD(Vector, from + v * length);
    }
    for (size_t v = 0; v < vectors; ++v) STORE(Vector, y + row * pitch + v * length, sums[v]);
  }
}

/// scores = w · (g · x), added to those there are where `adds`, and dx += w · g.
template <typename Vector, size_t vectors>
INLINED void pull_tile(double *scores, double *dx, const double *g, const List &w, const double *x,
                       size_t pitch, bool adds) {
  constexpr size_t length = sizeof(Vector) / sizeof(double);
  for (size_t row = 0; row < w.rows; ++row) {
    Vector slopes[vectors];
    for (size_t v = 0; v < vectors; ++v) slopes[v] = LOAD(Vector, g + row * pitch + v * length);
    for (size_t j = w.starts[row]; j < w.starts[row + 1]; ++j) {
      const double weight = w.magnitudes[j];
      const double *from = x + w.places[j] * pitch;
      double *to = dx + w.places[j] * pitch;
      Vector products = {};
      for (size_t v = 0; v < vectors; ++v) {
        products += slopes[v] * LOAD(Vector, from + v * length);
        STORE(Vector, to + v * length, LOAD(Vector, to + v * length) + weight * slopes[v]);
      }
      scores[j] = (adds ? scores[j] : 0) + weight * sum(products);
    }
  }
}

/// One pixel: vectors run along the list.
INLINED void multiply_one(double *y, const List &w, const double *x) {
  for (size_t row = 0; row < w.rows; ++row) {
    Eight sums = {};
    size_t j = w.starts[row];
    const size_t end = w.starts[row + 1];
    for (; j + 8 <= end; j += 8) {
      Eight values;
      for (size_t i = 0; i < 8; ++i) values[i] = x[w.places[j + i]];
      sums += __builtin_convertvector(LOAD(EightFloats, w.magnitudes + j), Eight) * values;
    }
    double rest = sum(sums);
    for (; j < end; ++j) rest += w.magnitudes[j] * x[w.places[j]];
    y[row] = rest;
  }
}

INLINED void pull_one(double *scores, double *dx, const double *g, const List &w, const double *x,
                      bool adds) {
  for (size_t row = 0; row < w.rows; ++row)
    for (size_t j = w.starts[row]; j < w.starts[row + 1]; ++j) {
      const double flow = w.magnitudes[j] * g[row];
      dx[w.places[j]] += flow;
      scores[j] = (adds ? scores[j] : 0) + flow * x[w.places[j]];
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

void KeptWeights::pull(double *dx, const double *g, const double *x, size_t pitch, bool adds) {
  pull_all(memory.data_ptr<double>(), dx, g, list(), x, pitch, adds);
}

}  // namespace espalier
