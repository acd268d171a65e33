// Convolutions of one example in float64 with the kept ones of float32 weights.
#pragma once

#include "ctorch.hpp"
#include "kept_weights.hpp"

namespace espalier {

/// A float32 weight `[O, …]`, the list of what is kept of it, and memory for the list's scores.
struct FlowWeight {
  at::Tensor weight, memory;
  KeptWeights list;

  explicit FlowWeight(const at::Tensor &weight);

  /// Lists the elements where `kept` is 1; all of them without `kept`.
  void take(const uint8_t *kept);
  double *score_memory() { return memory.data_ptr<double>(); }
  /// `[kept]`, float64, in the list's order, of the same memory until more are taken than ever before.
  at::Tensor scores() const { return memory.narrow(0, 0, static_cast<int64_t>(list.count())); }
  /// The scores where their elements are in the weight, float64, zero where pruned.
  at::Tensor spread_scores() const;
  /// `[columns, rows]`, float64, zero where pruned.
  at::Tensor dense() const;
};

struct FlowWindow {
  int64_t kernel, stride, padding;
};

/// Output `[1, O, H', W']` of an input `[1, C, H, W]` by a weight `[O, C·k·k]`; leaves the input's columns
/// in `kept_columns` where one strip holds them all.
at::Tensor flow_forward(const FlowWeight &weight, const at::Tensor &x, FlowWindow window,
                        at::Tensor &kept_columns);

/// Gradient with respect to the input; leaves weight · its gradient in the weight's scores.
at::Tensor flow_backward(FlowWeight &weight, const at::Tensor &x, const at::Tensor &kept_columns,
                         const at::Tensor &dy, FlowWindow window);

}  // namespace espalier
