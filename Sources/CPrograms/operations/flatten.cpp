// Channels, rows and columns as one vector.
#include "../operations.hpp"

namespace espalier {

namespace {

at::Tensor outputs(const cp_op &, const at::Tensor &x, const std::vector<at::Tensor> &,
                   at::Tensor *) {
  return flattened(x);
}

at::Tensor gradients(const cp_op &, const at::Tensor &dy, const at::Tensor &x, const at::Tensor &,
                     const Slopes &) {
  return arranged(dy.reshape(x.sizes()));
}

at::Tensor push(const cp_op &, cp_flow_s &, const at::Tensor &x, const at::Tensor &,
                at::Tensor &) {
  return x.reshape({1, -1});
}

at::Tensor pull(const cp_op &, cp_flow_s &, const at::Tensor &dy, const at::Tensor &x,
                const at::Tensor &) {
  return dy.reshape(x.sizes());
}

}  // namespace

extern const Operation flatten{
    .name = "flatten",
    .forward = outputs,
    .backward = gradients,
    .push = push,
    .pull = pull,
};

}  // namespace espalier
