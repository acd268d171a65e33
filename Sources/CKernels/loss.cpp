#include "loss.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

namespace espalier {

float cross_entropy_in_place(float *logits, const int64_t *labels, size_t rows, size_t classes) {
  double loss = 0.0;
  const float share = 1.0f / static_cast<float>(rows);
  for (size_t row = 0; row < rows; ++row) {
    float *z = logits + row * classes;
    const size_t label = static_cast<size_t>(labels[row]);
    if (label >= classes)
      throw std::invalid_argument("label " + std::to_string(labels[row]) + " is not below " +
                                  std::to_string(classes));
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
