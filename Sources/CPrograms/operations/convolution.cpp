// Cross-correlation, by oneDNN on channels-last memory as it is.
#include "../operations.hpp"

namespace espalier {

namespace {

at::Tensor outputs(const cp_op &op, const at::Tensor &x, const std::vector<at::Tensor> &weights,
                   at::Tensor *) {
  check_image(x, "a convolution");
  return arranged(at::convolution(x, at_position(weights, op.weight),
                                  at_position(weights, op.bias), pair(op.stride),
                                  pair(op.padding), pair(1), false, pair(0), 1));
}

at::Tensor gradients(const cp_op &op, const at::Tensor &dy, const at::Tensor &x,
                     const at::Tensor &, const Slopes &slopes) {
  at::Tensor dw = tensor_at(slopes.gradients, op.weight), db = tensor_at(slopes.gradients, op.bias);
  const std::array<int64_t, 1> bias_shape{dy.size(1)};
  auto found = at::convolution_backward(
      dy, x, at_position(slopes.weights, op.weight),
      op.bias < 0 ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(bias_shape),
      pair(op.stride), pair(op.padding), pair(1), false, pair(0), 1,
      {slopes.wants_input, dw.defined(), db.defined()});
  if (dw.defined()) dw.copy_(std::get<1>(found));
  if (db.defined()) db.copy_(std::get<2>(found));
  return slopes.wants_input ? arranged(std::get<0>(found)) : at::Tensor();
}

at::Tensor push(const cp_op &op, cp_flow_s &flow, const at::Tensor &x, const at::Tensor &,
                at::Tensor &back) {
  at::Tensor y = flow_forward(flow.weight(op), x, {op.kernel, op.stride, op.padding}, back);
  if (op.bias >= 0) y.add_(flow.wide(op.bias).reshape({1, -1, 1, 1}));
  return y;
}

at::Tensor pull(const cp_op &op, cp_flow_s &flow, const at::Tensor &dy, const at::Tensor &x,
                const at::Tensor &back) {
  return flow_backward(flow.weight(op), x, back, dy, {op.kernel, op.stride, op.padding});
}

}  // namespace

extern const Operation convolution{
    .name = "a convolution",
    .weighs = true,
    .has_windows = true,
    .forward = outputs,
    .backward = gradients,
    .push = push,
    .pull = pull,
};

}  // namespace espalier
