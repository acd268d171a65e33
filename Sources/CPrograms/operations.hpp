// The operations of a program: what is said of each, and what each does, by its kind.
#pragma once

#include <array>

#include "flow.hpp"
#include "pointwise.hpp"
#include "program.hpp"

namespace espalier {

/// The tensor at a position of a program's list; undefined for -1.
inline at::Tensor tensor_at(const ct_tensor *tensors, int32_t position) {
  return position < 0 || !tensors[position] ? at::Tensor() : tensors[position]->tensor;
}

/// An activation's memory.
inline Numbers numbers(const at::Tensor &tensor) {
  return {tensor.data_ptr(), tensor.scalar_type() == at::kBFloat16};
}

/// What a backward pass has at hand; gradients of parameters are written to `gradients`.
struct Slopes {
  const std::vector<at::Tensor> &weights;
  const ct_tensor *gradients;
  /// Whether the gradient with respect to the input is wanted.
  bool wants_input;
};

/// One kind of operation.
struct Operation {
  /// What messages call it.
  const char *name;
  /// Whether it multiplies a weight and adds a bias, in the inputs' type.
  bool weighs = false;
  /// Whether it reads running statistics.
  bool normalizes = false;
  /// Whether it needs a kernel, a stride and a padding.
  bool has_windows = false;
  /// Values that it reads.
  int inputs = 1;
  /// The output; `places` is for what the way back needs beside it, where that is wanted. Null for
  /// elementwise runs, which whoever runs the program fuses, and for repetitions.
  at::Tensor (*forward)(const cp_op &op, const at::Tensor &x,
                        const std::vector<at::Tensor> &weights, at::Tensor *places) = nullptr;
  /// The gradient with respect to the input, undefined unless it is wanted.
  at::Tensor (*backward)(const cp_op &op, const at::Tensor &dy, const at::Tensor &x,
                         const at::Tensor &places, const Slopes &slopes) = nullptr;
  /// Synaptic flow's output; `other` is the second value that an addition reads, `back` is for what the
  /// way back needs.
  at::Tensor (*push)(const cp_op &op, cp_flow_s &flow, const at::Tensor &x,
                     const at::Tensor &other, at::Tensor &back) = nullptr;
  /// Synaptic flow's gradient with respect to the input, or to both; scores stay with the weights.
  at::Tensor (*pull)(const cp_op &op, cp_flow_s &flow, const at::Tensor &dy, const at::Tensor &x,
                     const at::Tensor &back) = nullptr;
};

/// Whether there are operations of this kind.
bool is_known(cp_op_kind kind);

/// What there is to say of operations of a kind that is known.
const Operation &operation(cp_op_kind kind);

/// Fails for inputs of a type that programs do not compute in, or not on this processor.
void check_inputs(const at::Tensor &inputs);

/// The weights and biases of convolutions and linear operations by their position, rounded to `type`
/// where that is not theirs.
std::vector<at::Tensor> weights_in(at::ScalarType type, const cp_program_s &program,
                                   const ct_tensor *tensors);

/// Output of any operation that is not elementwise; max pooling writes where its maxima lie to `places`.
at::Tensor forward(const cp_op &op, const at::Tensor &x, const std::vector<at::Tensor> &weights,
                   at::Tensor *places);

/// Gradient with respect to the input, undefined unless `wants_input`; those of the parameters are
/// written to `gradients`.
at::Tensor backward(const cp_op &op, const at::Tensor &dy, const at::Tensor &x,
                    const at::Tensor &places, const std::vector<at::Tensor> &weights,
                    const ct_tensor *gradients, bool wants_input);

// MARK: For those files that say what an operation does

using Pair = std::array<int64_t, 2>;

inline Pair pair(int32_t extent) { return {extent, extent}; }

inline size_t extent(const at::Tensor &tensor, int64_t dimension) {
  return static_cast<size_t>(tensor.size(dimension));
}

inline at::Tensor at_position(const std::vector<at::Tensor> &weights, int32_t position) {
  return position < 0 ? at::Tensor() : weights[static_cast<size_t>(position)];
}

void check_image(const at::Tensor &x, const char *role);

}  // namespace espalier
