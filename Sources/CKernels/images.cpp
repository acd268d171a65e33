// From the bytes of a dataset to the inputs of a batch, in one pass.
#include "ckernels.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "processor.hpp"
#include "rounding.hpp"

using namespace espalier;

namespace {

FOR_EACH_PROCESSOR
void normalize(float *__restrict out, const uint8_t *__restrict image, size_t count, float scale,
               float shift) {
  for (size_t i = 0; i < count; ++i) out[i] = static_cast<float>(image[i]) * scale + shift;
}

FOR_EACH_PROCESSOR
void normalize_half(uint16_t *__restrict out, const uint8_t *__restrict image, size_t count,
                    float scale, float shift) {
  for (size_t i = 0; i < count; ++i) {
    out[i] = bfloat16_bits(static_cast<float>(image[i]) * scale + shift);
  }
}

// Three channels side by side: known at compile time, so that the stores become shuffles.
FOR_EACH_PROCESSOR
void normalize_three(float *__restrict out, const uint8_t *__restrict image, size_t plane,
                     const float *__restrict scale, const float *__restrict shift) {
  const float a = scale[0], b = scale[1], c = scale[2], p = shift[0], q = shift[1], r = shift[2];
  for (size_t i = 0; i < plane; ++i) {
    out[3 * i] = static_cast<float>(image[i]) * a + p;
    out[3 * i + 1] = static_cast<float>(image[plane + i]) * b + q;
    out[3 * i + 2] = static_cast<float>(image[2 * plane + i]) * c + r;
  }
}

FOR_EACH_PROCESSOR
void normalize_three_half(uint16_t *__restrict out, const uint8_t *__restrict image, size_t plane,
                          const float *__restrict scale, const float *__restrict shift) {
  const float a = scale[0], b = scale[1], c = scale[2], p = shift[0], q = shift[1], r = shift[2];
  for (size_t i = 0; i < plane; ++i) {
    out[3 * i] = bfloat16_bits(static_cast<float>(image[i]) * a + p);
    out[3 * i + 1] = bfloat16_bits(static_cast<float>(image[plane + i]) * b + q);
    out[3 * i + 2] = bfloat16_bits(static_cast<float>(image[2 * plane + i]) * c + r);
  }
}

/// One of any number of channels side by side; for every processor, since one that multiplies and adds at once
/// rounds otherwise, and both layouts must hold the same numbers.
FOR_EACH_PROCESSOR
void normalize_apart(float *wide, uint16_t *narrow, bool half, const uint8_t *image, size_t plane,
                     size_t channels, float scale, float shift) {
  for (size_t i = 0; i < plane; ++i) {
    const float value = static_cast<float>(image[i]) * scale + shift;
    if (half) {
      narrow[i * channels] = bfloat16_bits(value);
    } else {
      wide[i * channels] = value;
    }
  }
}

/// Bytes of the window of one plane; what lies outside of the image is black.
void cut(uint8_t *out, const uint8_t *plane, int64_t height, int64_t width, ck_window window) {
  std::memset(out, 0, static_cast<size_t>(height * width));
  const int64_t first = std::max<int64_t>(0, -window.left);
  const int64_t last = std::min<int64_t>(width, width - window.left);
  if (first >= last) return;
  for (int64_t row = 0; row < height; ++row) {
    const int64_t source = row + window.top;
    if (source < 0 || source >= height) continue;
    const uint8_t *from = plane + source * width;
    uint8_t *to = out + row * width;
    if (window.flip) {
      for (int64_t column = first; column < last; ++column) {
        to[column] = from[width - 1 - column - window.left];
      }
    } else {
      std::memcpy(to + first, from + first + window.left, static_cast<size_t>(last - first));
    }
  }
}

}  // namespace

void ck_gather_images(ck_batch out, const uint8_t *images, const int32_t *indices, size_t count,
                      const float *scale, const float *shift, size_t constants,
                      const ck_window *windows) {
  const size_t area = out.height * out.width, size = out.channels * area;
  const size_t plane = size / constants;
  std::vector<uint8_t> augmented(windows ? size : 0);
  for (size_t row = 0; row < count; ++row) {
    const uint8_t *from = images + static_cast<size_t>(indices[row]) * size;
    if (windows) {
      for (size_t channel = 0; channel < out.channels; ++channel)
        cut(augmented.data() + channel * area, from + channel * area,
            static_cast<int64_t>(out.height), static_cast<int64_t>(out.width), windows[row]);
      from = augmented.data();
    }
    float *wide = static_cast<float *>(out.memory) + (out.half ? 0 : row * size);
    uint16_t *narrow = static_cast<uint16_t *>(out.memory) + (out.half ? row * size : 0);
    if (out.channels_last && constants == 3) {
      if (out.half)
        normalize_three_half(narrow, from, plane, scale, shift);
      else
        normalize_three(wide, from, plane, scale, shift);
      continue;
    }
    for (size_t i = 0; i < constants; ++i) {
      const uint8_t *bytes = from + i * plane;
      if (out.channels_last)
        normalize_apart(wide + i, narrow + i, out.half, bytes, plane, constants, scale[i], shift[i]);
      else if (out.half)
        normalize_half(narrow + i * plane, bytes, plane, scale[i], shift[i]);
      else
        normalize(wide + i * plane, bytes, plane, scale[i], shift[i]);
    }
  }
}
