// Convolutions of one example in float64 with float32 magnitudes.
#pragma once

#include <ATen/ATen.h>

namespace espalier {

struct FlowWindow {
  int64_t kernel, stride, padding;
};

/// Output `[1, O, H', W']` of an input `[1, C, H, W]` by a float32 weight `[O, C, k, k]`.
at::Tensor flow_forward(const at::Tensor &weight, const at::Tensor &x, FlowWindow window);

/// Gradient with respect to the input, undefined unless wanted; writes weight · its gradient to `score`
/// (float64, as many elements as the weight) where that is defined.
at::Tensor flow_backward(const at::Tensor &weight, const at::Tensor &x, const at::Tensor &dy,
                         FlowWindow window, const at::Tensor &score, bool wants_input);

}  // namespace espalier
