#include <torch/csrc/autograd/autograd.h>

#include <ATen/core/grad_mode.h>

#include "ctorch.hpp"

using namespace espalier;

int ct_set_requires_grad(ct_tensor tensor, bool requires_grad, ct_error *error) {
  return guarded(error, [&] { tensor->tensor.set_requires_grad(requires_grad); });
}

bool ct_set_recording(bool recording) {
  const bool former = at::GradMode::is_enabled();
  at::GradMode::set_enabled(recording);
  return former;
}

int ct_gradients(ct_tensor *out, ct_tensor output, const ct_tensor *inputs, size_t count,
                 bool create_graph, ct_error *error) {
  return guarded(error, [&] {
    std::vector<at::Tensor> variables;
    variables.reserve(count);
    for (size_t i = 0; i < count; ++i) variables.push_back(inputs[i]->tensor);
    auto gradients = torch::autograd::grad({output->tensor}, variables, /*grad_outputs=*/{},
                                           /*retain_graph=*/create_graph, create_graph,
                                           /*allow_unused=*/true);
    for (size_t i = 0; i < count; ++i) {
      // An input that the output does not depend on has gradient zero, not none.
      if (!gradients[i].defined()) gradients[i] = at::zeros_like(variables[i]);
    }
    for (size_t i = 0; i < count; ++i) out[i] = wrap(std::move(gradients[i]));
  });
}

int ct_vector_jacobian(ct_tensor *out, const ct_tensor *outputs, const ct_tensor *vectors,
                       size_t output_count, const ct_tensor *inputs, size_t input_count,
                       ct_error *error) {
  return guarded(error, [&] {
    std::vector<at::Tensor> recorded, cotangents, variables;
    for (size_t i = 0; i < output_count; ++i) {
      // An output that depends on nothing adds nothing, and autograd would refuse it.
      if (!outputs[i]->tensor.requires_grad()) continue;
      recorded.push_back(outputs[i]->tensor);
      cotangents.push_back(vectors[i]->tensor);
    }
    for (size_t i = 0; i < input_count; ++i) variables.push_back(inputs[i]->tensor);
    std::vector<at::Tensor> products(input_count);
    if (!recorded.empty()) {
      products = torch::autograd::grad(recorded, variables, cotangents, /*retain_graph=*/true,
                                       /*create_graph=*/false, /*allow_unused=*/true);
    }
    for (size_t i = 0; i < input_count; ++i) {
      if (!products[i].defined()) products[i] = at::zeros_like(variables[i]);
    }
    for (size_t i = 0; i < input_count; ++i) out[i] = wrap(std::move(products[i]));
  });
}
