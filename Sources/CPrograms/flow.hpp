// Synaptic flow: what its operations read beside their inputs.
#pragma once

#include <optional>
#include <vector>

#include "convolution_flow.hpp"
#include "cprograms.h"

struct cp_flow_s {
  std::vector<cp_op> ops;
  std::vector<at::Tensor> tensors;
  /// Of convolutions and linear operations, by their position.
  std::vector<std::optional<espalier::FlowWeight>> weights;

  espalier::FlowWeight &listed(size_t index) {
    TORCH_CHECK(weights.at(index), "tensor ", index, " is no weight");
    return *weights[index];
  }

  espalier::FlowWeight &weight(const cp_op &op) { return *weights[op.weight]; }

  /// The magnitudes of the tensor at `position`.
  at::Tensor wide(int32_t position) const { return tensors[position].to(at::kDouble).abs(); }
};
