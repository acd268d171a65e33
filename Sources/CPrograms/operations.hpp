// The operations of a program that are ATen's, forward and backward.
#pragma once

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

}  // namespace espalier
