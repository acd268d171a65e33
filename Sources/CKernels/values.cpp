// From a dataset's floating-point numbers to the inputs of a batch, in one pass.
#include "ckernels.h"

#include "rounding.hpp"

using namespace espalier;

namespace {

/// What a window shows at one place of a plane; 0 outside of it.
inline float seen(const float *plane, int64_t height, int64_t width, ck_window window, int64_t row,
                  int64_t column) {
  const int64_t y = row + window.top, x = column + window.left;
  if (y < 0 || y >= height || x < 0 || x >= width) return 0;
  return plane[y * width + (window.flip ? width - 1 - x : x)];
}

}  // namespace

void ck_gather_values(ck_batch out, const float *values, const int32_t *indices, size_t count,
                      const float *scale, const float *shift, size_t constants,
                      const ck_window *windows) {
  const size_t area = out.height * out.width, size = out.channels * area;
  const size_t part = size / constants;
  for (size_t row = 0; row < count; ++row) {
    const float *from = values + static_cast<size_t>(indices[row]) * size;
    float *wide = static_cast<float *>(out.memory) + (out.half ? 0 : row * size);
    uint16_t *narrow = static_cast<uint16_t *>(out.memory) + (out.half ? row * size : 0);
    for (size_t i = 0; i < size; ++i) {
      const size_t channel = i / area, place = i % area;
      const float value =
          windows ? seen(from + channel * area, static_cast<int64_t>(out.height),
                         static_cast<int64_t>(out.width), windows[row],
                         static_cast<int64_t>(place / out.width),
                         static_cast<int64_t>(place % out.width))
                  : from[i];
      const float normalized = value * scale[i / part] + shift[i / part];
      const size_t target = out.channels_last ? place * out.channels + channel : i;
      if (out.half)
        narrow[target] = bfloat16_bits(normalized);
      else
        wide[target] = normalized;
    }
  }
}
