// The largest of each window.
#include "../operations.hpp"

namespace espalier {

namespace {

at::Tensor outputs(const cp_op &op, const at::Tensor &x, const std::vector<at::Tensor> &,
                   at::Tensor *places) {
  check_image(x, "max pooling");
  auto found = at::max_pool2d_with_indices(x, pair(op.kernel), pair(op.stride), pair(op.padding));
  if (places) *places = std::get<1>(found);
  return arranged(std::get<0>(found));
}

at::Tensor gradient(const cp_op &op, const at::Tensor &dy, const at::Tensor &x,
                    const at::Tensor &places) {
  return at::max_pool2d_with_indices_backward(dy, x, pair(op.kernel), pair(op.stride),
                                              pair(op.padding), pair(1), false, places);
}

at::Tensor gradients(const cp_op &op, const at::Tensor &dy, const at::Tensor &x,
                     const at::Tensor &places, const Slopes &) {
  return arranged(gradient(op, dy, x, places));
}

at::Tensor push(const cp_op &op, cp_flow_s &, const at::Tensor &x, const at::Tensor &,
                at::Tensor &back) {
  auto found = at::max_pool2d_with_indices(x, pair(op.kernel), pair(op.stride), pair(op.padding));
  back = std::get<1>(found);
  return std::get<0>(found);
}

at::Tensor pull(const cp_op &op, cp_flow_s &, const at::Tensor &dy, const at::Tensor &x,
                const at::Tensor &back) {
  return gradient(op, dy, x, back);
}

}  // namespace

extern const Operation max_pooling{
    .name = "max pooling",
    .has_windows = true,
    .forward = outputs,
    .backward = gradients,
    .push = push,
    .pull = pull,
};

}  // namespace espalier
