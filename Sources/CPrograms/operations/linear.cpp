// Products with the rows of a weight.
#include "../operations.hpp"

namespace espalier {

namespace {

at::Tensor outputs(const cp_op &op, const at::Tensor &x, const std::vector<at::Tensor> &weights,
                   at::Tensor *) {
  return at::linear(flattened(x), at_position(weights, op.weight), at_position(weights, op.bias));
}

at::Tensor gradients(const cp_op &op, const at::Tensor &dy, const at::Tensor &x,
                     const at::Tensor &, const Slopes &slopes) {
  if (at::Tensor dw = tensor_at(slopes.gradients, op.weight); dw.defined()) {
    if (x.scalar_type() == at::kFloat)
      at::mm_out(dw, dy.t(), flattened(x));
    else
      dw.copy_(at::mm(dy.t(), flattened(x)));
  }
  if (at::Tensor db = tensor_at(slopes.gradients, op.bias); db.defined()) at::sum_out(db, dy, {0});
  if (!slopes.wants_input) return {};
  return arranged(at::mm(dy, at_position(slopes.weights, op.weight)).reshape(x.sizes()));
}

at::Tensor push(const cp_op &op, cp_flow_s &flow, const at::Tensor &x, const at::Tensor &,
                at::Tensor &back) {
  at::Tensor y =
      flow_forward(flow.weight(op), x.reshape({1, -1, 1, 1}), {1, 1, 0}, back).reshape({1, -1});
  if (op.bias >= 0) y.add_(flow.wide(op.bias));
  return y;
}

at::Tensor pull(const cp_op &op, cp_flow_s &flow, const at::Tensor &dy, const at::Tensor &x,
                const at::Tensor &back) {
  return flow_backward(flow.weight(op), x.reshape({1, -1, 1, 1}), back, dy.reshape({1, -1, 1, 1}),
                       {1, 1, 0})
      .reshape(x.sizes());
}

}  // namespace

extern const Operation linear{
    .name = "a linear operation",
    .weighs = true,
    .forward = outputs,
    .backward = gradients,
    .push = push,
    .pull = pull,
};

}  // namespace espalier
