// The loss of every classifier.
#pragma once

#include <cstddef>
#include <cstdint>

namespace espalier {

/// Mean cross-entropy, and its gradient with respect to the logits `[rows, classes]` in their place; throws
/// std::invalid_argument for a label that is no class.
float cross_entropy_in_place(float *logits, const int64_t *labels, size_t rows, size_t classes);

}  // namespace espalier
