// The loops of a training step that ATen would spread over many passes through memory.
#include "ckernels.h"

#include <cmath>

#include "processor.hpp"

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
                  size_t count, ck_sgd c) {
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
                         const uint8_t *__restrict mask, size_t count, ck_sgd c) {
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

adam_factors factors(const ck_adam &c) {
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
INLINED void adam_element(float &w, float g, float &m, float &s, bool kept,
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

}  // namespace

void ck_sgd_step(float *weight, const float *gradient, float *velocity, const uint8_t *mask,
                 size_t count, ck_sgd constants) {
  if (velocity && mask) return sgd_momentum_masked(weight, gradient, velocity, mask, count, constants);
  if (velocity) return sgd_momentum(weight, gradient, velocity, count, constants);
  const float rate = constants.learning_rate, decay = constants.weight_decay;
  if (mask) return sgd_masked(weight, gradient, mask, count, rate, decay);
  sgd_plain(weight, gradient, count, rate, decay);
}

void ck_adam_step(float *weight, const float *gradient, float *first_moment, float *second_moment,
                  const uint8_t *mask, size_t count, ck_adam constants) {
  const adam_factors f = factors(constants);
  if (mask) return adam_masked(weight, gradient, first_moment, second_moment, mask, count, f);
  adam(weight, gradient, first_moment, second_moment, count, f);
}
