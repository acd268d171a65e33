// A program with its elementwise operations fused: what its executors share.
#pragma once

#include <vector>

#include "cprograms.h"
#include "ctorch.hpp"

namespace espalier {

/// One step: an operation, or a run of elementwise ones that passes over memory once,
/// y = relu(norm(x) + residual), each part optional.
struct Node {
  const cp_op *op = nullptr;
  bool pointwise = false;
  const cp_op *norm = nullptr;
  bool relu = false;
  int32_t x = -1, residual = -1, y = -1;
  /// Whether y may overwrite x: nothing else reads x, then or in the backward pass.
  bool in_place = false;
  /// The same for evaluation, where there is no backward pass.
  bool evaluates_in_place = false;
};

constexpr double norm_epsilon = 1e-5;
constexpr double norm_momentum = 0.1;

/// Channels-last memory for images, rows for what is flat.
inline at::Tensor arranged(const at::Tensor &value) {
  return value.dim() == 4 ? value.contiguous(at::MemoryFormat::ChannelsLast) : value.contiguous();
}

inline at::Tensor fresh_like(const at::Tensor &value) {
  return at::empty(value.sizes(), value.options(),
                   value.dim() == 4 ? at::MemoryFormat::ChannelsLast
                                    : at::MemoryFormat::Contiguous);
}

/// `[N, C·H·W]` in the order of the dimensions, whatever the memory's.
inline at::Tensor flattened(const at::Tensor &value) {
  return value.contiguous().reshape({value.size(0), -1});
}

}  // namespace espalier

struct cp_program_s {
  std::vector<cp_op> ops;
  std::vector<espalier::Node> nodes;
  /// How many nodes read each value; the logits count as read.
  std::vector<int> reads;
  /// One more than the largest position of a tensor.
  size_t tensors = 0;
  int32_t logits = -1;
};
