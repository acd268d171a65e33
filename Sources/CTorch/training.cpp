// The loops of a training step that ATen would spread over many passes through memory.
#include <ATen/core/grad_mode.h>

#include <cmath>

#include "processor.hpp"
#include "shim.hpp"

using namespace espalier;

namespace {

FOR_EACH_PROCESSOR
void sgd_plain(float *__restrict w, const float *__restrict g, size_t count, float rate,
               float decay) {
  for (size_t i = 0; i < count; ++i) w[i] -= rate * (g[i] + decay * w[i]);
}

FOR_EACH_PROCESSOR
void sgd_masked(float *__restrict w, const float *__restrict g, const uint8_t *__restrict mask,
                size_t count, float rate, float decay) {
  for (size_t i = 0; i < count; ++i) {
    const float next = w[i] - rate * (g[i] + decay * w[i]);
    w[i] = mask[i] ? next : 0.0f;
  }
}

FOR_EACH_PROCESSOR
void sgd_momentum(float *__restrict w, const float *__restrict g, float *__restrict v,
                  size_t count, ct_sgd c) {
  const float ahead = c.nesterov ? c.momentum : 1.0f;
  const float now = c.nesterov ? 1.0f : 0.0f;
  for (size_t i = 0; i < count; ++i) {
    const float slope = g[i] + c.weight_decay * w[i];
    const float velocity = c.momentum * v[i] + slope;
    v[i] = velocity;
    w[i] -= c.learning_rate * (now * slope + ahead * velocity);
  }
}

FOR_EACH_PROCESSOR
void sgd_momentum_masked(float *__restrict w, const float *__restrict g, float *__restrict v,
                         const uint8_t *__restrict mask, size_t count, ct_sgd c) {
  const float ahead = c.nesterov ? c.momentum : 1.0f;
  const float now = c.nesterov ? 1.0f : 0.0f;
  for (size_t i = 0; i < count; ++i) {
    const float slope = g[i] + c.weight_decay * w[i];
    const float velocity = c.momentum * v[i] + slope;
    const float next = w[i] - c.learning_rate * (now * slope + ahead * velocity);
    v[i] = mask[i] ? velocity : 0.0f;
    w[i] = mask[i] ? next : 0.0f;
  }
}

/// Adam's constants as its loops use them.
struct adam_factors {
  float beta1, beta2, epsilon, coupled, shrink, step, root;
};

adam_factors factors(const ct_adam &c) {
  return {c.beta1,
          c.beta2,
          c.epsilon,
          c.decoupled ? 0.0f : c.weight_decay,
          c.decoupled ? 1.0f - c.learning_rate * c.weight_decay : 1.0f,
          c.learning_rate / c.correction1,
          1.0f / std::sqrt(c.correction2)};
}

/// One weight's step; a pruned weight and its moments become zero.
///
/// The elementwise root knows no errno, without which the compiler would take one weight at a time.
[[gnu::always_inline]] inline void adam_element(float &w, float g, float &m, float &s, bool kept,
                                                const adam_factors &f) {
  const float slope = g + f.coupled * w;
  const float first = f.beta1 * m + (1.0f - f.beta1) * slope;
  const float second = f.beta2 * s + (1.0f - f.beta2) * slope * slope;
  const float next =
      f.shrink * w - f.step * first / (__builtin_elementwise_sqrt(second) * f.root + f.epsilon);
  m = kept ? first : 0.0f;
  s = kept ? second : 0.0f;
  w = kept ? next : 0.0f;
}

FOR_EACH_PROCESSOR
void adam(float *__restrict w, const float *__restrict g, float *__restrict m,
          float *__restrict s, size_t count, adam_factors f) {
  for (size_t i = 0; i < count; ++i) adam_element(w[i], g[i], m[i], s[i], true, f);
}

FOR_EACH_PROCESSOR
void adam_masked(float *__restrict w, const float *__restrict g, float *__restrict m,
                 float *__restrict s, const uint8_t *__restrict mask, size_t count,
                 adam_factors f) {
  for (size_t i = 0; i < count; ++i) adam_element(w[i], g[i], m[i], s[i], mask[i], f);
}

/// Whether the loops above can run on `weight`; the operations below run on any memory of any device.
bool is_plain(ct_tensor weight) {
  const at::Tensor &tensor = weight->tensor;
  return tensor.device().is_cpu() && tensor.is_contiguous(layout(tensor));
}

/// The elements of a tensor that lie as the weight's do; null without a tensor.
template <typename Element>
Element *elements_like(ct_tensor weight, ct_tensor handle, const char *role) {
  if (!handle) return nullptr;
  const at::Tensor &tensor = handle->tensor;
  TORCH_CHECK(tensor.is_contiguous(layout(weight->tensor)), role,
              " does not lie in memory as its weight does");
  TORCH_CHECK(tensor.element_size() == sizeof(Element), role, " has elements of type ",
              tensor.scalar_type());
  return static_cast<Element *>(tensor.data_ptr());
}

void keep(at::Tensor &tensor, ct_tensor mask) {
  if (mask) tensor.masked_fill_(mask->tensor.eq(0), 0);
}

void sgd_elsewhere(at::Tensor w, const at::Tensor &gradient, ct_tensor velocity, ct_tensor mask,
                   ct_sgd c) {
  const at::NoGradGuard no_graph;
  at::Tensor step = gradient.add(w, c.weight_decay);
  if (velocity) {
    at::Tensor v = velocity->tensor;
    v.mul_(c.momentum).add_(step);
    step = c.nesterov ? step.add(v, c.momentum) : v;
    w.sub_(step, c.learning_rate);
    keep(v, mask);
  } else {
    w.sub_(step, c.learning_rate);
  }
  keep(w, mask);
}

void adam_elsewhere(at::Tensor w, const at::Tensor &gradient, at::Tensor m, at::Tensor s,
                    ct_tensor mask, ct_adam c) {
  const at::NoGradGuard no_graph;
  const at::Tensor slope = c.decoupled ? gradient : gradient.add(w, c.weight_decay);
  m.mul_(c.beta1).add_(slope, 1 - c.beta1);
  s.mul_(c.beta2).addcmul_(slope, slope, 1 - c.beta2);
  if (c.decoupled) w.mul_(1 - c.learning_rate * c.weight_decay);
  w.addcdiv_(m, s.div(c.correction2).sqrt_().add_(c.epsilon), -c.learning_rate / c.correction1);
  for (at::Tensor *tensor : {&m, &s, &w}) keep(*tensor, mask);
}

size_t checked_count(ct_tensor weight, std::initializer_list<ct_tensor> others) {
  TORCH_CHECK(weight->tensor.scalar_type() == at::kFloat, "the weight must be float32");
  for (ct_tensor other : others) {
    TORCH_CHECK(!other || other->tensor.sizes() == weight->tensor.sizes(), "a weight of shape ",
                weight->tensor.sizes(), " meets a gradient, moment or mask of shape ",
                other->tensor.sizes());
    TORCH_CHECK(!other || other->tensor.device() == weight->tensor.device(), "a weight on ",
                weight->tensor.device(), " meets a gradient, moment or mask on ",
                other->tensor.device());
  }
  return static_cast<size_t>(weight->tensor.numel());
}

}  // namespace

int ct_sgd_step(ct_tensor weight, ct_tensor gradient, ct_tensor velocity, ct_tensor mask,
                ct_sgd constants, ct_error *error) {
  return guarded(error, [&] {
    const size_t count = checked_count(weight, {gradient, velocity, mask});
    TORCH_CHECK(velocity || constants.momentum == 0.0f, "momentum needs a velocity");
    if (!is_plain(weight))
      return sgd_elsewhere(weight->tensor, gradient->tensor, velocity, mask, constants);
    float *w = elements_like<float>(weight, weight, "the weight");
    const at::Tensor slope = gradient->tensor.contiguous(layout(weight->tensor));
    const float *g = slope.data_ptr<float>();
    float *v = elements_like<float>(weight, velocity, "the velocity");
    const uint8_t *kept = elements_like<uint8_t>(weight, mask, "the mask");
    if (v && kept) {
      sgd_momentum_masked(w, g, v, kept, count, constants);
    } else if (v) {
      sgd_momentum(w, g, v, count, constants);
    } else if (kept) {
      sgd_masked(w, g, kept, count, constants.learning_rate, constants.weight_decay);
    } else {
      sgd_plain(w, g, count, constants.learning_rate, constants.weight_decay);
    }
  });
}

int ct_adam_step(ct_tensor weight, ct_tensor gradient, ct_tensor first_moment,
                 ct_tensor second_moment, ct_tensor mask, ct_adam constants, ct_error *error) {
  return guarded(error, [&] {
    const size_t count = checked_count(weight, {gradient, first_moment, second_moment, mask});
    if (!is_plain(weight))
      return adam_elsewhere(weight->tensor, gradient->tensor, first_moment->tensor,
                            second_moment->tensor, mask, constants);
    float *w = elements_like<float>(weight, weight, "the weight");
    const at::Tensor slope = gradient->tensor.contiguous(layout(weight->tensor));
    const float *g = slope.data_ptr<float>();
    float *m = elements_like<float>(weight, first_moment, "the first moment");
    float *s = elements_like<float>(weight, second_moment, "the second moment");
    if (const uint8_t *kept = elements_like<uint8_t>(weight, mask, "the mask")) {
      adam_masked(w, g, m, s, kept, count, factors(constants));
    } else {
      adam(w, g, m, s, count, factors(constants));
    }
  });
}
