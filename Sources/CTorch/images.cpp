// From the bytes of a dataset to the inputs of a batch, in one pass.
#include <algorithm>
#include <vector>

#include "processor.hpp"
#include "shim.hpp"

using namespace espalier;

namespace {

/// Rounds to nearest, ties to even; the inputs are finite.
inline uint16_t bfloat16_bits(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return static_cast<uint16_t>((bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16);
}

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
void cut(uint8_t *out, const uint8_t *plane, int64_t height, int64_t width, ct_window window) {
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

int ct_gather_images(ct_tensor out, const uint8_t *images, size_t image_count, size_t image_bytes,
                     const int32_t *indices, size_t count, const float *scale, const float *shift,
                     size_t channels, const ct_window *windows, ct_error *error) {
  return guarded(error, [&] {
    const at::Tensor &batch = out->tensor;
    const bool half = batch.scalar_type() == at::kBFloat16;
    TORCH_CHECK(half || batch.scalar_type() == at::kFloat,
                "the batch must be float32 or bfloat16, not ", batch.scalar_type());
    const bool planar = batch.is_contiguous();
    TORCH_CHECK(batch.device().is_cpu() &&
                    (planar || (batch.dim() == 4 &&
                                batch.is_contiguous(at::MemoryFormat::ChannelsLast))),
                "the batch must be on the CPU, contiguous or channels-last");
    TORCH_CHECK(static_cast<size_t>(batch.numel()) == count * image_bytes, "a batch of shape ",
                batch.sizes(), " cannot hold ", count, " images of ", image_bytes, " bytes");
    TORCH_CHECK(channels > 0 && image_bytes % channels == 0, image_bytes,
                " bytes do not divide into ", channels, " channels");
    TORCH_CHECK(planar || batch.size(1) == static_cast<int64_t>(channels), "a batch of shape ",
                batch.sizes(), " meets constants of ", channels, " channels");
    TORCH_CHECK(!windows || (batch.dim() == 4 && batch.size(0) == static_cast<int64_t>(count)),
                "windows need a batch [", count, ", C, H, W], not ", batch.sizes());
    const size_t plane = image_bytes / channels;
    const int64_t area = windows ? batch.size(2) * batch.size(3) : 0;
    std::vector<uint8_t> augmented(windows ? image_bytes : 0);
    for (size_t row = 0; row < count; ++row) {
      TORCH_CHECK(indices[row] >= 0 && static_cast<size_t>(indices[row]) < image_count, "image ",
                  indices[row], " of ", image_count);
      const uint8_t *from = images + static_cast<size_t>(indices[row]) * image_bytes;
      if (windows) {
        for (int64_t channel = 0; channel < batch.size(1); ++channel) {
          cut(augmented.data() + channel * area, from + channel * area, batch.size(2),
              batch.size(3), windows[row]);
        }
        from = augmented.data();
      }
      float *wide = static_cast<float *>(batch.data_ptr()) + (half ? 0 : row * image_bytes);
      uint16_t *narrow = static_cast<uint16_t *>(batch.data_ptr()) + (half ? row * image_bytes : 0);
      if (!planar && channels == 3) {
        if (half) {
          normalize_three_half(narrow, from, plane, scale, shift);
        } else {
          normalize_three(wide, from, plane, scale, shift);
        }
        continue;
      }
      for (size_t channel = 0; channel < channels; ++channel) {
        const uint8_t *bytes = from + channel * plane;
        if (!planar) {
          normalize_apart(wide + channel, narrow + channel, half, bytes, plane, channels,
                          scale[channel], shift[channel]);
        } else if (half) {
          normalize_half(narrow + channel * plane, bytes, plane, scale[channel], shift[channel]);
        } else {
          normalize(wide + channel * plane, bytes, plane, scale[channel], shift[channel]);
        }
      }
    }
  });
}

int ct_image_batch(ct_tensor *out, ct_dtype dtype, const int64_t *shape, bool channels_last,
                   ct_error *error) {
  return guarded(error, [&] {
    *out = wrap(at::zeros(at::IntArrayRef(shape, 4), scalar_type(dtype))
                    .contiguous(channels_last ? at::MemoryFormat::ChannelsLast
                                              : at::MemoryFormat::Contiguous));
  });
}
