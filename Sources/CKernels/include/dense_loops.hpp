// What a fully connected ReLU network does between its matrix products, `[rows, units]` row-major.
#pragma once

#include <cstddef>

namespace espalier {

/// y ← y + bias, and where `relu` its positive part.
void add_bias(float *y, const float *bias, size_t rows, size_t units, bool relu);

/// Zeros `delta` where `y` is not positive.
void mask_by_activation(float *delta, const float *y, size_t count);

/// Sums over rows.
void sum_rows(float *sums, const float *delta, size_t rows, size_t units);

}  // namespace espalier
