// Batch norm in synaptic flow, where its running mean is 0 and its variance 1.
#include <cmath>

#include "../operations.hpp"

namespace espalier {

namespace {

/// Per channel, γ / √(1 + ε).
at::Tensor scale(const cp_op &op, const cp_flow_s &flow, const at::Tensor &x) {
  const double inverse = 1 / std::sqrt(1 + norm_epsilon);
  at::Tensor factor = op.weight < 0 ? at::full({x.size(1)}, inverse, x.options())
                                    : flow.wide(op.weight).mul_(inverse);
  return x.dim() == 4 ? factor.reshape({1, -1, 1, 1}) : factor;
}

at::Tensor push(const cp_op &op, cp_flow_s &flow, const at::Tensor &x, const at::Tensor &,
                at::Tensor &) {
  at::Tensor y = at::mul(x, scale(op, flow, x));
  if (op.bias >= 0)
    y.add_(flow.wide(op.bias).reshape(x.dim() == 4 ? at::IntArrayRef{1, x.size(1), 1, 1}
                                                   : at::IntArrayRef{x.size(1)}));
  return y;
}

at::Tensor pull(const cp_op &op, cp_flow_s &flow, const at::Tensor &dy, const at::Tensor &x,
                const at::Tensor &) {
  return at::mul(dy, scale(op, flow, x));
}

}  // namespace

extern const Operation batch_norm{
    .name = "batch norm", .normalizes = true, .push = push, .pull = pull};

}  // namespace espalier
