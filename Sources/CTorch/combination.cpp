// Weighted sums of weights: points of paths, curves and planes.
#include <algorithm>
#include <vector>

#include "processor.hpp"
#include "shim.hpp"

using namespace espalier;

namespace {

constexpr size_t block = 1024;

FOR_EACH_PROCESSOR
void add(double *__restrict sum, const float *__restrict term, size_t count, double coefficient) {
  for (size_t i = 0; i < count; ++i) sum[i] += coefficient * term[i];
}

FOR_EACH_PROCESSOR
void store(float *__restrict out, const double *__restrict sum, size_t count) {
  for (size_t i = 0; i < count; ++i) out[i] = static_cast<float>(sum[i]);
}

}  // namespace

int ct_combine(ct_tensor out, const ct_tensor *terms, const double *coefficients, size_t count,
               ct_error *error) {
  return guarded(error, [&] {
    TORCH_CHECK(out->tensor.scalar_type() == at::kFloat, "the combination must be float32");
    const at::MemoryFormat order = layout(out->tensor);
    TORCH_CHECK(out->tensor.device().is_cpu() && out->tensor.is_contiguous(order),
                "the combination must be a CPU tensor without gaps");
    float *target = out->tensor.data_ptr<float>();
    std::vector<at::Tensor> parts;
    const size_t size = static_cast<size_t>(out->tensor.numel());
    for (size_t k = 0; k < count; ++k) {
      TORCH_CHECK(terms[k]->tensor.sizes() == out->tensor.sizes(), "a combination of shape ",
                  out->tensor.sizes(), " meets a term of shape ", terms[k]->tensor.sizes());
      TORCH_CHECK(terms[k]->tensor.scalar_type() == at::kFloat, "a term must be float32");
      TORCH_CHECK(terms[k]->tensor.device().is_cpu(), "a term must be a CPU tensor");
      parts.push_back(coefficients[k] == 0.0 ? at::Tensor()
                                             : terms[k]->tensor.contiguous(order));
    }
    double sum[block];
    for (size_t start = 0; start < size; start += block) {
      const size_t length = std::min(block, size - start);
      std::fill_n(sum, length, 0.0);
      for (size_t k = 0; k < count; ++k) {
        if (coefficients[k] == 0.0) continue;
        add(sum, parts[k].data_ptr<float>() + start, length, coefficients[k]);
      }
      store(target + start, sum, length);
    }
  });
}
