// max(x, 0) in synaptic flow, where nothing is negative.
#include "../operations.hpp"

namespace espalier {

namespace {

at::Tensor push(const cp_op &, cp_flow_s &, const at::Tensor &x, const at::Tensor &,
                at::Tensor &) {
  return x;
}

at::Tensor pull(const cp_op &, cp_flow_s &, const at::Tensor &dy, const at::Tensor &,
                const at::Tensor &) {
  return dy;
}

}  // namespace

extern const Operation relu{.name = "ReLU", .push = push, .pull = pull};

}  // namespace espalier
