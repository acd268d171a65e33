// The loss of every classifier.
#pragma once

#include <cmath>

#include "shim.hpp"

namespace espalier {

/// Mean cross-entropy, and its gradient with respect to the logits in their place.
inline float cross_entropy_in_place(float *logits, const int64_t *labels, size_t rows, size_t classes) {
  double loss = 0.0;
  const float share = 1.0f / static_cast<float>(rows);
  for (size_t row = 0; row < rows; ++row) {
    float *z = logits + row * classes;
    const size_t label = static_cast<size_t>(labels[row]);
    TORCH_CHECK(label < classes, "label ", labels[row], " is not below ", classes);
    float largest = z[0];
    for (size_t i = 1; i < classes; ++i) largest = z[i] > largest ? z[i] : largest;
    const float target = z[label] - largest;
    float sum = 0.0f;
    for (size_t i = 0; i < classes; ++i) sum += z[i] = std::exp(z[i] - largest);
    loss += std::log(sum) - target;
    for (size_t i = 0; i < classes; ++i) z[i] *= share / sum;
    z[label] -= share;
  }
  return static_cast<float>(loss / static_cast<double>(rows));
}

}  // namespace espalier
