// Weighted sums of weights: points of paths, curves and planes.
#include "ckernels.h"

#include <algorithm>

#include "processor.hpp"

namespace {

constexpr size_t block = 1024;

FOR_EACH_PROCESSOR
void add(double *__restrict sum, const float *__restrict term, size_t count, double coefficient) {
  for (size_t i = 0; i < count; ++i) sum[i] += coefficient * term[i];
}

FOR_EACH_PROCESSOR
void store(float *__restrict out, const double *__restrict sum, size_t count) {
  for (size_t i = 0; i < count; ++i) out[i] = static_cast<float>(sum[i]);
}

}  // namespace

void ck_combine(float *out, size_t size, const float *const *terms, const double *coefficients,
                size_t count) {
  double sum[block];
  for (size_t start = 0; start < size; start += block) {
    const size_t length = std::min(block, size - start);
    std::fill_n(sum, length, 0.0);
    for (size_t k = 0; k < count; ++k) add(sum, terms[k] + start, length, coefficients[k]);
    store(out + start, sum, length);
  }
}
