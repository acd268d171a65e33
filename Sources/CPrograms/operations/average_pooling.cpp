// The mean of each window.
#include "../operations.hpp"

namespace espalier {

namespace {

at::Tensor means(const cp_op &op, const at::Tensor &x) {
  return at::avg_pool2d(x, pair(op.kernel), pair(op.stride), pair(op.padding));
}

at::Tensor gradient(const cp_op &op, const at::Tensor &dy, const at::Tensor &x) {
  return at::avg_pool2d_backward(dy, x, pair(op.kernel), pair(op.stride), pair(op.padding), false,
                                 true, c10::nullopt);
}

at::Tensor outputs(const cp_op &op, const at::Tensor &x, const std::vector<at::Tensor> &,
                   at::Tensor *) {
  check_image(x, "average pooling");
  return arranged(means(op, x));
}

at::Tensor gradients(const cp_op &op, const at::Tensor &dy, const at::Tensor &x,
                     const at::Tensor &, const Slopes &) {
  return arranged(gradient(op, dy, x));
}

at::Tensor push(const cp_op &op, cp_flow_s &, const at::Tensor &x, const at::Tensor &,
                at::Tensor &) {
  return means(op, x);
}

at::Tensor pull(const cp_op &op, cp_flow_s &, const at::Tensor &dy, const at::Tensor &x,
                const at::Tensor &) {
  return gradient(op, dy, x);
}

}  // namespace

extern const Operation average_pooling{
    .name = "average pooling",
    .has_windows = true,
    .forward = outputs,
    .backward = gradients,
    .push = push,
    .pull = pull,
};

}  // namespace espalier
