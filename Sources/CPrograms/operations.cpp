// The list of operations, and what is done alike for all of them.
#include "operations.hpp"

#include <iterator>

namespace espalier {

// Each is a file of its own below `operations`. A new one joins here and by its kind in cprograms.h.
extern const Operation convolution, batch_norm, relu, max_pooling, average_pooling,
    global_average_pooling, flatten, linear, addition, repetition;

namespace {

/// In the order of `cp_op_kind`.
const Operation *const table[] = {
    &convolution,     &batch_norm,             &relu,    &max_pooling,
    &average_pooling, &global_average_pooling, &flatten, &linear,
    &addition,        &repetition,
};
static_assert(std::size(table) == CP_KINDS, "each kind of operation needs its place in the table");

/// Whether libtorch's convolutions and matrix products take bfloat16 here; below that they fall back to
/// loops that are many times slower.
bool computes_bfloat16() {
#if defined(__x86_64__)
  return at::Context::hasMKLDNN() && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
#else
  return false;
#endif
}

}  // namespace

bool is_known(cp_op_kind kind) {
  return kind >= CP_CONVOLUTION && kind < CP_KINDS;
}

const Operation &operation(cp_op_kind kind) { return *table[kind]; }

void check_image(const at::Tensor &x, const char *role) {
  TORCH_CHECK(x.dim() == 4, role, " needs an input [N, C, H, W], not one of shape ", x.sizes());
}

void check_inputs(const at::Tensor &inputs) {
  const bool half = inputs.scalar_type() == at::kBFloat16;
  TORCH_CHECK(half || inputs.scalar_type() == at::kFloat,
              "inputs must be float32 or bfloat16, not ", inputs.scalar_type());
  TORCH_CHECK(!half || computes_bfloat16(),
              "bfloat16 needs an x86 processor with AVX-512 (BW, VL, DQ) and a libtorch with oneDNN; "
              "use float32");
}

std::vector<at::Tensor> weights_in(at::ScalarType type, const cp_program_s &program,
                                   const ct_tensor *tensors) {
  std::vector<at::Tensor> weights(program.tensors);
  for (const cp_op &op : program.ops)
    if (operation(op.kind).weighs)
      for (int32_t position : {op.weight, op.bias})
        if (at::Tensor weight = tensor_at(tensors, position); weight.defined())
          weights[static_cast<size_t>(position)] = weight.to(type);
  return weights;
}

at::Tensor forward(const cp_op &op, const at::Tensor &x, const std::vector<at::Tensor> &weights,
                   at::Tensor *places) {
  const Operation &kind = operation(op.kind);
  TORCH_CHECK(kind.forward, kind.name, " does not go forward by itself");
  return kind.forward(op, x, weights, places);
}

at::Tensor backward(const cp_op &op, const at::Tensor &dy, const at::Tensor &x,
                    const at::Tensor &places, const std::vector<at::Tensor> &weights,
                    const ct_tensor *gradients, bool wants_input) {
  const Operation &kind = operation(op.kind);
  TORCH_CHECK(kind.backward, kind.name, " does not go back by itself");
  if (!kind.weighs && !wants_input) return {};
  return kind.backward(op, dy, x, places, {weights, gradients, wants_input});
}

}  // namespace espalier
