// Loss and gradients of a fully connected ReLU network without a graph: the matrix products are
// ATen's, everything between them is one pass over an activation that is still in the cache.
#include <ATen/core/LegacyTypeDispatch.h>

#include <vector>

#include "cprograms.h"
#include "ctorch.hpp"
#include "dense_loops.hpp"
#include "loss.hpp"

using namespace espalier;

namespace {

at::Tensor rows_of(ct_tensor buffer, int64_t rows) { return buffer->tensor.narrow(0, 0, rows); }

}  // namespace

int cp_dense_gradients(float *loss, const ct_tensor *parameters, const ct_tensor *gradients,
                       const ct_tensor *outputs, const ct_tensor *deltas, size_t layers,
                       ct_tensor inputs, ct_tensor labels, ct_error *error) {
  return guarded(error, [&] {
    at::AutoDispatchBelowAutograd below_autograd;
    const int64_t rows = inputs->tensor.size(0);
    TORCH_CHECK(labels->tensor.numel() == rows, labels->tensor.numel(), " labels for ", rows,
                " inputs");
    const size_t count = static_cast<size_t>(rows);
    const at::Tensor x = inputs->tensor.reshape({rows, -1});
    std::vector<at::Tensor> y;
    for (size_t layer = 0; layer < layers; ++layer) {
      at::Tensor out = rows_of(outputs[layer], rows);
      at::mm_out(out, layer == 0 ? x : y.back(), parameters[2 * layer]->tensor.t());
      const float *bias = elements<float>(parameters[2 * layer + 1], "the bias");
      const size_t units = static_cast<size_t>(out.size(1));
      TORCH_CHECK(static_cast<size_t>(parameters[2 * layer + 1]->tensor.numel()) == units, units,
                  " units with ", parameters[2 * layer + 1]->tensor.numel(), " biases");
      add_bias(out.data_ptr<float>(), bias, count, units, layer + 1 < layers);
      y.push_back(std::move(out));
    }
    const size_t classes = static_cast<size_t>(y.back().size(1));
    *loss = cross_entropy_in_place(y.back().data_ptr<float>(),
                                   elements<int64_t>(labels, "labels"), count, classes);
    at::Tensor delta = y.back();
    for (size_t layer = layers; layer-- > 0;) {
      at::mm_out(gradients[2 * layer]->tensor, delta.t(), layer == 0 ? x : y[layer - 1]);
      sum_rows(elements<float>(gradients[2 * layer + 1], "the bias gradient"),
               delta.data_ptr<float>(), count, static_cast<size_t>(delta.size(1)));
      if (layer == 0) break;
      at::Tensor below = rows_of(deltas[layer - 1], rows);
      at::mm_out(below, delta, parameters[2 * layer]->tensor);
      mask_by_activation(below.data_ptr<float>(), y[layer - 1].data_ptr<float>(),
                         count * static_cast<size_t>(below.size(1)));
      delta = std::move(below);
    }
  });
}
