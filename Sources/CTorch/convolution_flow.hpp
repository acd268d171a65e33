// Convolutions of one example in float64 with the kept ones of float32 weights.
#pragma once

#include "kept_weights.hpp"

namespace espalier {

struct FlowWindow {
  int64_t kernel, stride, padding;
};

/// Output `[1, O, H', W']` of an input `[1, C, H, W]` by a weight `[O, C·k·k]`; leaves the input's columns
/// in `kept_columns` where one strip holds them all.
at::Tensor flow_forward(const KeptWeights &weight, const at::Tensor &x, FlowWindow window,
                        at::Tensor &kept_columns);

/// Gradient with respect to the input; leaves weight · its gradient in the weight's scores.
at::Tensor flow_backward(KeptWeights &weight, const at::Tensor &x, const at::Tensor &kept_columns,
                         const at::Tensor &dy, FlowWindow window);

}  // namespace espalier
