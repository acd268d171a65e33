#include "dense_loops.hpp"

#include "processor.hpp"

namespace espalier {

namespace {

FOR_EACH_PROCESSOR
void add(float *__restrict y, const float *__restrict bias, size_t rows, size_t units) {
  for (size_t row = 0; row < rows; ++row)
    for (size_t i = 0; i < units; ++i) y[row * units + i] += bias[i];
}

FOR_EACH_PROCESSOR
void add_relu(float *__restrict y, const float *__restrict bias, size_t rows, size_t units) {
  for (size_t row = 0; row < rows; ++row)
    for (size_t i = 0; i < units; ++i) {
      const float sum = y[row * units + i] + bias[i];
      // Written so that NaN stays NaN: a training that diverges must show it.
      y[row * units + i] = sum < 0.0f ? 0.0f : sum;
    }
}

FOR_EACH_PROCESSOR
void mask(float *__restrict delta, const float *__restrict y, size_t count) {
  for (size_t i = 0; i < count; ++i) delta[i] = y[i] > 0.0f ? delta[i] : 0.0f;
}

FOR_EACH_PROCESSOR
void sum(float *__restrict sums, const float *__restrict delta, size_t rows, size_t units) {
  for (size_t i = 0; i < units; ++i) sums[i] = 0.0f;
  for (size_t row = 0; row < rows; ++row)
    for (size_t i = 0; i < units; ++i) sums[i] += delta[row * units + i];
}

}  // namespace

// Functions of several instruction sets are only called from their own file.
void add_bias(float *y, const float *bias, size_t rows, size_t units, bool relu) {
  relu ? add_relu(y, bias, rows, units) : add(y, bias, rows, units);
}

void mask_by_activation(float *delta, const float *y, size_t count) { mask(delta, y, count); }

void sum_rows(float *sums, const float *delta, size_t rows, size_t units) {
  sum(sums, delta, rows, units);
}

}  // namespace espalier
