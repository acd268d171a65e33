// One pass over an activation whose memory is rows of channels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace espalier {

/// Memory of float32 numbers, or of bfloat16 ones: widened when read, rounded to nearest when written. All
/// of one call are alike, and what is between is float32 and float64.
struct Numbers {
  void *memory = nullptr;
  bool half = false;
  explicit operator bool() const { return memory; }
  /// The number at `place`, widened.
  float at(size_t place) const;
};

/// Floats handled at once: the per-channel constants are repeated to a multiple of it, so that loops have
/// a fixed length however many channels there are.
constexpr size_t lane_block = 64;

/// The least common multiple of `channels` and `lane_block`.
size_t lane_count(size_t channels);

/// What normalization needs per lane: (x - mean) · scale + shift, and 1 / standard deviation.
struct Lanes {
  explicit Lanes(size_t channels);
  size_t channels, width;
  std::vector<float> mean, inverse, scale, shift;
  /// Writes all of one channel's lanes.
  void set(std::vector<float> &lanes, size_t channel, float value) const;
};

/// Sums over rows, in float64, of what is small against a block's float32 rounding.
struct ChannelSums {
  std::vector<double> first, second;
};

/// Σ (x - pivot) and Σ (x - pivot)² per channel; `pivot` (per lane) near the mean keeps them exact.
ChannelSums moments(Numbers x, size_t count, size_t channels, const float *pivot);

/// y = relu(norm(x) + residual); `norm` and `residual` may be null, and y may be x.
void pointwise(Numbers y, Numbers x, Numbers residual, const Lanes *norm, bool relu, size_t count);

/// Where ReLU's mask comes from: nowhere, the output, or the normalized input computed again.
enum class Mask { none, output, input };

/// The first pass of batch norm's gradient: with dz = mask · (dy + dy2), the sums Σ dz and Σ dz · x̂.
/// Writes dz to `out` where that is not null (it may be dy); `dy2` may be null.
ChannelSums gradient_sums(Numbers out, Numbers dy, Numbers dy2, Numbers x, Numbers y, Mask mask,
                          const Lanes &norm, size_t count);

/// The second: dx = scale · (dz - mean(dz) - x̂ · mean(dz · x̂)), means per lane; dx may be dz. With
/// `Mask::input` dz is masked here.
void norm_gradient(Numbers dx, Numbers dz, Numbers x, Mask mask, const Lanes &norm,
                   const std::vector<float> &mean_dz, const std::vector<float> &mean_product,
                   size_t count);

/// out = (y > 0) · (dy + dy2); `dy2` and `y` may be null, and out may be dy.
void relu_gradient(Numbers out, Numbers dy, Numbers dy2, Numbers y, size_t count);

/// Means over each image's rows, and their gradient.
void spatial_means(Numbers out, Numbers x, size_t images, size_t rows, size_t channels);
void spatial_spread(Numbers dx, Numbers dy, size_t images, size_t rows, size_t channels);

}  // namespace espalier
