// Numbers of either width, in vectors: what the loops between convolutions share. Loops are templates over
// what is present, inlined into one function that is compiled for several instruction sets.
#pragma once

#include <algorithm>
#include <numeric>

#include "pointwise.hpp"
#include "processor.hpp"

// Every iteration touches only its own element, also where output and input are the same memory.
#if defined(__clang__)
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define INDEPENDENT _Pragma("GCC ivdep")
#endif

namespace espalier {

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

inline ChannelSums folded(const std::vector<double> &first, const std::vector<double> &second,
                   size_t channels) {
  ChannelSums sums{std::vector<double>(channels), std::vector<double>(channels)};
  for (size_t i = 0; i < first.size(); ++i) {
    sums.first[i % channels] += first[i];
    sums.second[i % channels] += second[i];
  }
  return sums;
}

}  // namespace espalier
