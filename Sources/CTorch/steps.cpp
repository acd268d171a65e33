// Steps of optimizers by libtorch's operations: what GPUs have.
#include <ATen/core/grad_mode.h>

#include "ctorch.hpp"

using namespace espalier;

namespace {

void require_like(ct_tensor weight, ct_tensor other, at::ScalarType type, const char *role) {
  if (!other) return;
  TORCH_CHECK(other->tensor.sizes() == weight->tensor.sizes(), "a weight of shape ",
              weight->tensor.sizes(), " meets ", role, " of shape ", other->tensor.sizes());
  TORCH_CHECK(other->tensor.device() == weight->tensor.device(), "a weight on ",
              weight->tensor.device(), " meets ", role, " on ", other->tensor.device());
  TORCH_CHECK(other->tensor.scalar_type() == type, role, " has elements of type ",
              other->tensor.scalar_type());
}

void keep(at::Tensor tensor, ct_tensor mask) {
  if (mask) tensor.masked_fill_(mask->tensor.eq(0), 0);
}

}  // namespace

int ct_require_step(ct_tensor weight, ct_tensor gradient, ct_tensor first_moment,
                    ct_tensor second_moment, ct_tensor mask, ct_error *error) {
  return guarded(error, [&] {
    TORCH_CHECK(weight->tensor.scalar_type() == at::kFloat, "the weight must be float32");
    require_like(weight, gradient, at::kFloat, "a gradient");
    require_like(weight, first_moment, at::kFloat, "a moment");
    require_like(weight, second_moment, at::kFloat, "a moment");
    require_like(weight, mask, at::kByte, "a mask");
  });
}

int ct_sgd_step(ct_tensor weight, ct_tensor gradient, ct_tensor velocity, ct_tensor mask,
                float learning_rate, float momentum, float weight_decay, bool nesterov,
                ct_error *error) {
  return guarded(error, [&] {
    const at::NoGradGuard no_graph;
    at::Tensor w = weight->tensor, step = gradient->tensor.add(w, weight_decay);
    if (velocity) {
      at::Tensor v = velocity->tensor;
      v.mul_(momentum).add_(step);
      step = nesterov ? step.add(v, momentum) : v;
    }
    w.sub_(step, learning_rate);
    if (velocity) keep(velocity->tensor, mask);
    keep(w, mask);
  });
}

int ct_adam_step(ct_tensor weight, ct_tensor gradient, ct_tensor first_moment,
                 ct_tensor second_moment, ct_tensor mask, ct_adam c, ct_error *error) {
  return guarded(error, [&] {
    const at::NoGradGuard no_graph;
    at::Tensor w = weight->tensor, m = first_moment->tensor, s = second_moment->tensor;
    const at::Tensor slope =
        c.decoupled ? gradient->tensor : gradient->tensor.add(w, c.weight_decay);
    m.mul_(c.beta1).add_(slope, 1 - c.beta1);
    s.mul_(c.beta2).addcmul_(slope, slope, 1 - c.beta2);
    if (c.decoupled) w.mul_(1 - c.learning_rate * c.weight_decay);
    w.addcdiv_(m, s.div(c.correction2).sqrt_().add_(c.epsilon), -c.learning_rate / c.correction1);
    for (const at::Tensor &tensor : {m, s, w}) keep(tensor, mask);
  });
}
