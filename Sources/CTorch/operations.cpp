// The operations of a program that are ATen's: oneDNN convolves and pools channels-last memory as it is.
#include "operations.hpp"

#include <array>

#include "pointwise.hpp"

namespace espalier {

namespace {

using Pair = std::array<int64_t, 2>;

Pair pair(int32_t extent) { return {extent, extent}; }

size_t extent(const at::Tensor &tensor, int64_t dimension) {
  return static_cast<size_t>(tensor.size(dimension));
}

void check_image(const at::Tensor &x, const char *role) {
  TORCH_CHECK(x.dim() == 4, role, " needs an input [N, C, H, W], not one of shape ", x.sizes());
}

at::Tensor global_means(const at::Tensor &x) {
  check_image(x, "global average pooling");
  at::Tensor y = at::empty({x.size(0), x.size(1), 1, 1}, x.options(),
                           at::MemoryFormat::ChannelsLast);
  spatial_means(y.data_ptr<float>(), x.data_ptr<float>(), extent(x, 0),
                extent(x, 2) * extent(x, 3), extent(x, 1));
  return y;
}

at::Tensor linear_backward(const ct_op &op, const at::Tensor &dy, const at::Tensor &x,
                           const ct_tensor *tensors, const ct_tensor *gradients,
                           bool wants_input) {
  if (at::Tensor dw = tensor_at(gradients, op.weight); dw.defined())
    at::mm_out(dw, dy.t(), flattened(x));
  if (at::Tensor db = tensor_at(gradients, op.bias); db.defined()) at::sum_out(db, dy, {0});
  if (!wants_input) return {};
  return arranged(at::mm(dy, tensor_at(tensors, op.weight)).reshape(x.sizes()));
}

at::Tensor convolution_backward(const ct_op &op, const at::Tensor &dy, const at::Tensor &x,
                                const ct_tensor *tensors, const ct_tensor *gradients,
                                bool wants_input) {
  at::Tensor dw = tensor_at(gradients, op.weight), db = tensor_at(gradients, op.bias);
  const std::array<int64_t, 1> bias_shape{dy.size(1)};
  auto found = at::convolution_backward(
      dy, x, tensor_at(tensors, op.weight),
      op.bias < 0 ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(bias_shape),
      pair(op.stride), pair(op.padding), pair(1), false, pair(0), 1,
      {wants_input, dw.defined(), db.defined()});
  if (dw.defined()) dw.copy_(std::get<1>(found));
  if (db.defined()) db.copy_(std::get<2>(found));
  return wants_input ? arranged(std::get<0>(found)) : at::Tensor();
}

}  // namespace

at::Tensor forward(const ct_op &op, const at::Tensor &x, const ct_tensor *tensors,
                   at::Tensor *places) {
  switch (op.kind) {
    case CT_CONVOLUTION: {
      check_image(x, "a convolution");
      return arranged(at::convolution(x, tensor_at(tensors, op.weight),
                                      tensor_at(tensors, op.bias), pair(op.stride),
                                      pair(op.padding), pair(1), false, pair(0), 1));
    }
    case CT_MAX_POOL: {
      check_image(x, "max pooling");
      auto found = at::max_pool2d_with_indices(x, pair(op.kernel), pair(op.stride),
                                               pair(op.padding));
      if (places) *places = std::get<1>(found);
      return arranged(std::get<0>(found));
    }
    case CT_AVERAGE_POOL:
      check_image(x, "average pooling");
      return arranged(at::avg_pool2d(x, pair(op.kernel), pair(op.stride), pair(op.padding)));
    case CT_GLOBAL_AVERAGE_POOL: return global_means(x);
    case CT_FLATTEN: return flattened(x);
    case CT_REPEAT: TORCH_CHECK(false, "a repetition is for synaptic flow alone");
    default:
      return at::linear(flattened(x), tensor_at(tensors, op.weight), tensor_at(tensors, op.bias));
  }
}

at::Tensor backward(const ct_op &op, const at::Tensor &dy, const at::Tensor &x,
                    const at::Tensor &places, const ct_tensor *tensors,
                    const ct_tensor *gradients, bool wants_input) {
  if (op.kind == CT_CONVOLUTION)
    return convolution_backward(op, dy, x, tensors, gradients, wants_input);
  if (op.kind == CT_LINEAR) return linear_backward(op, dy, x, tensors, gradients, wants_input);
  if (!wants_input) return {};
  switch (op.kind) {
    case CT_MAX_POOL:
      return arranged(at::max_pool2d_with_indices_backward(dy, x, pair(op.kernel),
                                                           pair(op.stride), pair(op.padding),
                                                           pair(1), false, places));
    case CT_AVERAGE_POOL:
      return arranged(at::avg_pool2d_backward(dy, x, pair(op.kernel), pair(op.stride),
                                              pair(op.padding), false, true, c10::nullopt));
    case CT_GLOBAL_AVERAGE_POOL: {
      at::Tensor dx = fresh_like(x);
      spatial_spread(dx.data_ptr<float>(), dy.data_ptr<float>(), extent(x, 0),
                     extent(x, 2) * extent(x, 3), extent(x, 1));
      return dx;
    }
    default: return arranged(dy.reshape(x.sizes()));
  }
}

}  // namespace espalier
