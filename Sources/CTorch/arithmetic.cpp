#include <cmath>

#include "ctorch.hpp"

using namespace espalier;

int ct_add(ct_tensor *out, ct_tensor a, ct_tensor b, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::add(a->tensor, b->tensor)); });
}

int ct_subtract(ct_tensor *out, ct_tensor a, ct_tensor b, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::sub(a->tensor, b->tensor)); });
}

int ct_multiply(ct_tensor *out, ct_tensor a, ct_tensor b, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::mul(a->tensor, b->tensor)); });
}

int ct_divide(ct_tensor *out, ct_tensor a, ct_tensor b, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::div(a->tensor, b->tensor)); });
}

int ct_scale(ct_tensor *out, ct_tensor a, double factor, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::mul(a->tensor, factor)); });
}

int ct_absolute(ct_tensor *out, ct_tensor a, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::abs(a->tensor)); });
}

int ct_relu(ct_tensor *out, ct_tensor a, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::relu(a->tensor)); });
}

int ct_sum(ct_tensor *out, ct_tensor a, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::sum(a->tensor)); });
}

int ct_not_equal(ct_tensor *out, ct_tensor a, ct_tensor b, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::ne(a->tensor, b->tensor)); });
}

int ct_all_finite(bool *out, ct_tensor a, ct_error *error) {
  return guarded(error, [&] { *out = at::isfinite(a->tensor).all().item<bool>(); });
}

int ct_matmul(ct_tensor *out, ct_tensor a, ct_tensor b, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::matmul(a->tensor, b->tensor)); });
}

int ct_transpose(ct_tensor *out, ct_tensor a, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::transpose(a->tensor, -2, -1)); });
}

int ct_reshape(ct_tensor *out, ct_tensor a, const int64_t *shape, size_t dimensions,
               ct_error *error) {
  return guarded(error, [&] {
    *out = wrap(at::reshape(a->tensor, at::IntArrayRef(shape, dimensions)));
  });
}

int ct_narrow(ct_tensor *out, ct_tensor a, int64_t dimension, int64_t start, int64_t length,
              ct_error *error) {
  return guarded(error,
                 [&] { *out = wrap(at::narrow(a->tensor, dimension, start, length)); });
}

int ct_linear(ct_tensor *out, ct_tensor x, ct_tensor weight, ct_tensor bias, ct_error *error) {
  return guarded(error, [&] {
    *out = wrap(bias ? at::addmm(bias->tensor, x->tensor, weight->tensor.t())
                     : at::mm(x->tensor, weight->tensor.t()));
  });
}

int ct_cross_entropy(ct_tensor *out, ct_tensor logits, ct_tensor labels, ct_error *error) {
  return guarded(error,
                 [&] { *out = wrap(at::cross_entropy_loss(logits->tensor, labels->tensor)); });
}

int ct_evaluate(int64_t *correct, double *loss_sum, ct_tensor logits, ct_tensor labels,
                ct_error *error) {
  return guarded(error, [&] {
    const at::Tensor scores = logits->tensor.detach().to(at::kDouble);
    *correct = at::eq(scores.argmax(1), labels->tensor).sum().item<int64_t>();
    *loss_sum = -at::log_softmax(scores, 1)
                     .gather(1, labels->tensor.unsqueeze(1))
                     .sum()
                     .item<double>();
  });
}

int ct_qr(ct_tensor *q, ct_tensor *r, ct_tensor a, ct_error *error) {
  return guarded(error, [&] {
    auto [orthogonal, triangular] = at::linalg_qr(a->tensor);
    *q = wrap(orthogonal.contiguous());
    *r = wrap(triangular.contiguous());
  });
}

int ct_singular_values(ct_tensor *out, ct_tensor a, ct_error *error) {
  return guarded(error, [&] { *out = wrap(at::linalg_svdvals(a->tensor).contiguous()); });
}
