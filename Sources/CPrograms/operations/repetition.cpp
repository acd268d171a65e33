// Row and column `kernel`, `stride` and `padding` times more. Synaptic flow alone has it.
#include "../operations.hpp"

namespace espalier {

namespace {

/// Position `at` of a dimension, `more` times more.
at::Tensor repeated(const at::Tensor &x, int64_t dimension, int64_t at, int64_t more) {
  if (more == 0) return x;
  const int64_t after = x.size(dimension) - at - 1;
  std::vector<at::Tensor> parts(static_cast<size_t>(more) + 1, x.narrow(dimension, at, 1));
  parts.insert(parts.begin(), x.narrow(dimension, 0, at));
  parts.push_back(x.narrow(dimension, at + 1, after));
  return at::cat(parts, dimension);
}

/// The gradient of `repeated`: what was repeated gets the sum.
at::Tensor gathered(const at::Tensor &dy, int64_t dimension, int64_t at, int64_t more) {
  if (more == 0) return dy;
  const int64_t after = dy.size(dimension) - at - 1 - more;
  return at::cat({dy.narrow(dimension, 0, at),
                  dy.narrow(dimension, at, more + 1).sum(at::IntArrayRef{dimension}, true),
                  dy.narrow(dimension, at + more + 1, after)},
                 dimension);
}

at::Tensor push(const cp_op &op, cp_flow_s &, const at::Tensor &x, const at::Tensor &,
                at::Tensor &) {
  return repeated(repeated(x, 2, op.kernel, op.stride), 3, op.kernel, op.padding);
}

at::Tensor pull(const cp_op &op, cp_flow_s &, const at::Tensor &dy, const at::Tensor &,
                const at::Tensor &) {
  return gathered(gathered(dy, 3, op.kernel, op.padding), 2, op.kernel, op.stride);
}

}  // namespace

extern const Operation repetition{.name = "a repetition", .push = push, .pull = pull};

}  // namespace espalier
