// The operations of a program that are ATen's, forward and backward.
#pragma once

#include "program.hpp"

namespace espalier {

/// The tensor at a position of a program's list; undefined for -1.
inline at::Tensor tensor_at(const ct_tensor *tensors, int32_t position) {
  return position < 0 || !tensors[position] ? at::Tensor() : tensors[position]->tensor;
}

/// Output of any operation that is not elementwise; max pooling writes where its maxima lie to `places`.
at::Tensor forward(const ct_op &op, const at::Tensor &x, const ct_tensor *tensors,
                   at::Tensor *places);

/// Gradient with respect to the input, undefined unless `wants_input`; those of the parameters are
/// written to `gradients`.
at::Tensor backward(const ct_op &op, const at::Tensor &dy, const at::Tensor &x,
                    const at::Tensor &places, const ct_tensor *tensors,
                    const ct_tensor *gradients, bool wants_input);

}  // namespace espalier
