// Layers of convolutional networks as differentiable operations.
#include "ctorch.hpp"

using namespace espalier;

namespace {

c10::optional<at::Tensor> optional(ct_tensor tensor) {
  return tensor ? c10::optional<at::Tensor>(tensor->tensor) : c10::nullopt;
}

}  // namespace

int ct_convolution(ct_tensor *out, ct_tensor x, ct_tensor weight, ct_tensor bias, int64_t stride,
                   int64_t padding, int64_t groups, ct_error *error) {
  return guarded(error, [&] {
    *out = wrap(at::conv2d(x->tensor, weight->tensor, optional(bias), {stride, stride},
                           {padding, padding}, {1, 1}, groups));
  });
}

int ct_batch_norm(ct_tensor *out, ct_tensor x, ct_tensor scale, ct_tensor shift, ct_tensor mean,
                  ct_tensor variance, bool of_batch, double momentum, double epsilon,
                  ct_error *error) {
  return guarded(error, [&] {
    TORCH_CHECK(of_batch || (mean && variance), "batch norm without statistics");
    *out = wrap(at::batch_norm(x->tensor, scale->tensor, shift->tensor, optional(mean),
                               optional(variance), of_batch, momentum, epsilon,
                               /*cudnn_enabled=*/true));
  });
}

int ct_layer_norm(ct_tensor *out, ct_tensor x, ct_tensor weight, ct_tensor bias, double epsilon,
                  ct_error *error) {
  return guarded(error, [&] {
    // Channels come last, where libtorch normalizes.
    const at::Tensor last = x->tensor.movedim(1, -1);
    *out = wrap(
        at::layer_norm(last, {last.size(-1)}, weight->tensor, bias->tensor, epsilon).movedim(-1, 1));
  });
}

int ct_group_norm(ct_tensor *out, ct_tensor x, int64_t groups, ct_tensor weight, ct_tensor bias,
                  double epsilon, ct_error *error) {
  return guarded(error, [&] {
    *out = wrap(at::group_norm(x->tensor, groups, weight->tensor, bias->tensor, epsilon));
  });
}

int ct_gelu(ct_tensor *out, ct_tensor x, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::gelu(x->tensor)); });
}

int ct_silu(ct_tensor *out, ct_tensor x, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::silu(x->tensor)); });
}

int ct_sigmoid(ct_tensor *out, ct_tensor x, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::sigmoid(x->tensor)); });
}

int ct_tanh(ct_tensor *out, ct_tensor x, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::tanh(x->tensor)); });
}

int ct_max_pool(ct_tensor *out, ct_tensor x, int64_t kernel, int64_t stride, int64_t padding,
                ct_error *error) {
  return guarded(error, [&] {
    *out = wrap(at::max_pool2d(x->tensor, {kernel, kernel}, {stride, stride}, {padding, padding}));
  });
}

int ct_average_pool(ct_tensor *out, ct_tensor x, int64_t kernel, int64_t stride, ct_error *error) {
  return guarded(error,
                 [&] { *out = wrap(at::avg_pool2d(x->tensor, {kernel, kernel}, {stride, stride})); });
}

int ct_global_average_pool(ct_tensor *out, ct_tensor x, ct_error *error) {
  return guarded(error, [&] { *out = wrap(x->tensor.mean(at::IntArrayRef({2, 3}))); });
}

int ct_sign(ct_tensor *out, ct_tensor x, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::sign(x->tensor)); });
}
