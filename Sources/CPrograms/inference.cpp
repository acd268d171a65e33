// Logits of a program by its running statistics: no graph, and every activation is freed after its
// last reader.
#include <ATen/core/LegacyTypeDispatch.h>

#include <cmath>

#include "operations.hpp"
#include "pointwise.hpp"

using namespace espalier;

namespace {

std::unique_ptr<Lanes> running(const cp_op &op, const ct_tensor *tensors, size_t channels) {
  const auto values = [&](int32_t position, const char *role) -> const float * {
    if (position < 0) return nullptr;
    TORCH_CHECK(static_cast<size_t>(tensors[position]->tensor.numel()) == channels, role, " has ",
                tensors[position]->tensor.numel(), " elements for ", channels, " channels");
    return elements<float>(tensors[position], role);
  };
  const float *gamma = values(op.weight, "batch norm's weight");
  const float *beta = values(op.bias, "batch norm's bias");
  const float *mean = values(op.mean, "the running mean");
  const float *variance = values(op.variance, "the running variance");
  auto norm = std::make_unique<Lanes>(channels);
  for (size_t c = 0; c < channels; ++c) {
    const double inverse = 1 / std::sqrt(variance[c] + norm_epsilon);
    norm->set(norm->mean, c, mean[c]);
    norm->set(norm->scale, c, static_cast<float>(inverse * (gamma ? gamma[c] : 1.0f)));
    norm->set(norm->shift, c, beta ? beta[c] : 0.0f);
  }
  return norm;
}

at::Tensor elementwise(const Node &node, const at::Tensor &x, const at::Tensor &residual,
                       const ct_tensor *tensors) {
  if (node.residual >= 0)
    TORCH_CHECK(x.sizes() == residual.sizes(), "an addition of shapes ", x.sizes(), " and ",
                residual.sizes());
  const auto norm =
      node.norm ? running(*node.norm, tensors, static_cast<size_t>(x.size(1))) : nullptr;
  at::Tensor y = node.evaluates_in_place ? x : fresh_like(x);
  pointwise(numbers(y), numbers(x),
            node.residual < 0 ? Numbers() : numbers(residual), norm.get(), node.relu,
            static_cast<size_t>(x.numel()));
  return y;
}

}  // namespace

int cp_program_logits(ct_tensor *out, cp_program program, const ct_tensor *tensors, size_t count,
                      ct_tensor inputs, ct_error *error) {
  return guarded(error, [&] {
    at::AutoDispatchBelowAutograd below_autograd;
    TORCH_CHECK(count >= program->tensors, "a program of ", program->tensors, " tensors gets ",
                count);
    check_inputs(inputs->tensor);
    const std::vector<at::Tensor> weights =
        weights_in(inputs->tensor.scalar_type(), *program, tensors);
    std::vector<at::Tensor> values(program->reads.size());
    std::vector<int> left = program->reads;
    values[0] = arranged(inputs->tensor);
    for (const Node &node : program->nodes) {
      values[node.y] =
          node.pointwise
              ? elementwise(node, values[node.x],
                            node.residual < 0 ? at::Tensor() : values[node.residual], tensors)
              : forward(*node.op, values[node.x], weights, nullptr);
      for (int32_t value : {node.x, node.residual})
        if (value >= 0 && --left[value] == 0) values[value].reset();
    }
    *out = wrap(flattened(values[program->logits]).to(at::kFloat));
  });
}
