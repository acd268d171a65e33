// Loss and gradients of a program. The convolutions are oneDNN's; what lies between them passes over
// memory twice forward (statistics, then all else) and twice backward.
#include <ATen/core/LegacyTypeDispatch.h>

#include <algorithm>
#include <cmath>

#include "loss.hpp"
#include "operations.hpp"
#include "pointwise.hpp"

using namespace espalier;

namespace {

/// What a batch-norm node keeps for the backward pass.
struct Saved {
  std::unique_ptr<Lanes> norm;
  at::Tensor places;
};

size_t count_of(const at::Tensor &tensor) { return static_cast<size_t>(tensor.numel()); }

float *channel_values(const ct_tensor *tensors, int32_t position, size_t channels,
                      const char *role) {
  if (position < 0 || !tensors[position]) return nullptr;
  float *values = elements<float>(tensors[position], role);
  TORCH_CHECK(count_of(tensors[position]->tensor) == channels, role, " has ",
              tensors[position]->tensor.numel(), " elements for ", channels, " channels");
  return values;
}

class Training {
 public:
  Training(const cp_program_s &program, const ct_tensor *tensors, const ct_tensor *gradients)
      : program(program),
        tensors(tensors),
        parameter_gradients(gradients),
        values(program.reads.size()),
        saved(program.nodes.size()),
        slopes(program.reads.size()) {}

  float run(const at::Tensor &inputs, ct_tensor labels) {
    values[0] = arranged(inputs);
    weights = weights_in(inputs.scalar_type(), program, tensors);
    for (size_t i = 0; i < program.nodes.size(); ++i) {
      const Node &node = program.nodes[i];
      values[node.y] = node.pointwise ? normalize(node, saved[i])
                                      : forward(*node.op, values[node.x], weights,
                                                &saved[i].places);
    }
    const at::Tensor logits = values[program.logits].to(at::kFloat);
    TORCH_CHECK(labels->tensor.numel() == logits.size(0), labels->tensor.numel(), " labels for ",
                logits.size(0), " inputs");
    at::Tensor slope = flattened(logits).clone();
    const float loss = cross_entropy_in_place(
        slope.data_ptr<float>(), elements<int64_t>(labels, "labels"),
        static_cast<size_t>(slope.size(0)), static_cast<size_t>(slope.size(1)));
    slopes[program.logits].push_back(
        arranged(slope.reshape(logits.sizes()).to(values[program.logits].scalar_type())));
    slope.reset();
    for (size_t i = program.nodes.size(); i-- > 0;) {
      const Node &node = program.nodes[i];
      // An output that leads to no logits.
      if (slopes[node.y].empty()) {
        clear_gradients(node);
      } else if (node.pointwise) {
        pull_back(node, saved[i]);
      } else {
        const at::Tensor dy = whole_slope(node.y);
        at::Tensor dx = backward(*node.op, dy, values[node.x], saved[i].places, weights,
                                 parameter_gradients, node.x != 0);
        if (dx.defined()) slopes[node.x].push_back(std::move(dx));
      }
      values[node.y].reset();
      saved[i] = {};
    }
    return loss;
  }

 private:
  const cp_program_s &program;
  const ct_tensor *tensors, *parameter_gradients;
  std::vector<at::Tensor> weights, values;
  std::vector<Saved> saved;
  /// Gradients with respect to each value, one per reader, not yet added.
  std::vector<std::vector<at::Tensor>> slopes;

  at::Tensor normalize(const Node &node, Saved &kept) {
    at::Tensor x = values[node.x];
    if (node.residual >= 0)
      TORCH_CHECK(x.sizes() == values[node.residual].sizes(), "an addition of shapes ", x.sizes(),
                  " and ", values[node.residual].sizes());
    if (node.norm) kept.norm = statistics(*node.norm, x);
    at::Tensor y = node.in_place ? x : fresh_like(x);
    pointwise(numbers(y), numbers(x),
              node.residual < 0 ? Numbers() : numbers(values[node.residual]), kept.norm.get(),
              node.relu, count_of(x));
    return y;
  }

  /// Statistics of the batch; the running ones move towards them.
  std::unique_ptr<Lanes> statistics(const cp_op &op, const at::Tensor &x) {
    const size_t channels = static_cast<size_t>(x.size(1)), count = count_of(x);
    const double rows = static_cast<double>(count / channels);
    TORCH_CHECK(rows > 1, "batch norm needs more than one value per channel to train, not shape ",
                x.sizes());
    auto norm = std::make_unique<Lanes>(channels);
    const float *gamma = channel_values(tensors, op.weight, channels, "batch norm's weight");
    const float *beta = channel_values(tensors, op.bias, channels, "batch norm's bias");
    float *mean = channel_values(tensors, op.mean, channels, "the running mean");
    float *variance = channel_values(tensors, op.variance, channels, "the running variance");
    // Squares of differences from the first row, so that a large mean cancels nothing.
    for (size_t c = 0; c < channels; ++c) norm->set(norm->mean, c, numbers(x).at(c));
    const ChannelSums sums = moments(numbers(x), count, channels, norm->mean.data());
    for (size_t c = 0; c < channels; ++c) {
      const double off = sums.first[c] / rows, center = norm->mean[c] + off;
      const double squares = sums.second[c] - sums.first[c] * off;
      // Written so that NaN stays NaN.
      const double spread = (squares < 0 ? 0 : squares) / rows;
      const double inverse = 1 / std::sqrt(spread + norm_epsilon);
      norm->set(norm->mean, c, static_cast<float>(center));
      norm->set(norm->inverse, c, static_cast<float>(inverse));
      norm->set(norm->scale, c, static_cast<float>(inverse * (gamma ? gamma[c] : 1.0f)));
      norm->set(norm->shift, c, beta ? beta[c] : 0.0f);
      const double unbiased = spread * rows / (rows - 1);
      mean[c] = static_cast<float>((1 - norm_momentum) * mean[c] + norm_momentum * center);
      variance[c] =
          static_cast<float>((1 - norm_momentum) * variance[c] + norm_momentum * unbiased);
    }
    if (op.batches >= 0) elements<int64_t>(tensors[op.batches], "the count of batches")[0] += 1;
    return norm;
  }

  /// Gradients of a value as at most two tensors, the first one this training's alone.
  std::pair<at::Tensor, at::Tensor> slope_pair(int32_t value) {
    auto &parts = slopes[value];
    while (parts.size() > 2) {
      at::Tensor last = std::move(parts.back());
      parts.pop_back();
      parts.back() = at::add(parts.back(), last);
    }
    if (parts.size() == 2 && parts[0].use_count() > 1) std::swap(parts[0], parts[1]);
    at::Tensor first = std::move(parts[0]);
    at::Tensor second = parts.size() == 2 ? std::move(parts[1]) : at::Tensor();
    parts.clear();
    return {first, second};
  }

  at::Tensor whole_slope(int32_t value) {
    auto [first, second] = slope_pair(value);
    if (!second.defined()) return first;
    at::Tensor sum = alone(first) ? first : fresh_like(first);
    relu_gradient(numbers(sum), numbers(first), numbers(second), Numbers(), count_of(first));
    return sum;
  }

  /// Whether nothing else sees this memory.
  static bool alone(const at::Tensor &tensor) {
    return tensor.use_count() == 1 && tensor.storage().use_count() == 1;
  }

  void pull_back(const Node &node, Saved &kept) {
    auto [dy, dy2] = slope_pair(node.y);
    const at::Tensor &x = values[node.x], &y = values[node.y];
    const size_t count = count_of(dy);
    const Numbers second = dy2.defined() ? numbers(dy2) : Numbers();
    if (!node.norm) {
      if (second || node.relu) {
        at::Tensor dz = alone(dy) ? dy : fresh_like(dy);
        relu_gradient(numbers(dz), numbers(dy), second, node.relu ? numbers(y) : Numbers(),
                      count);
        dy = std::move(dz);
      }
      if (node.residual > 0) slopes[node.residual].push_back(dy);
      if (node.x > 0) slopes[node.x].push_back(std::move(dy));
      return;
    }
    const Lanes &norm = *kept.norm;
    const bool splits = node.residual >= 0;
    Mask mask = !node.relu ? Mask::none : splits ? Mask::output : Mask::input;
    at::Tensor dz = dy;
    dy.reset();
    if (second || mask == Mask::output) {
      at::Tensor to = alone(dz) ? dz : fresh_like(dz);
      const ChannelSums sums = gradient_sums(numbers(to), numbers(dz), second, numbers(x),
                                             numbers(y), mask, norm, count);
      dz = std::move(to);
      finish(node, norm, x, dz, Mask::none, sums);
    } else {
      const ChannelSums sums =
          gradient_sums({}, numbers(dz), {}, numbers(x), {}, mask, norm, count);
      finish(node, norm, x, dz, mask, sums);
    }
  }

  void finish(const Node &node, const Lanes &norm, const at::Tensor &x, at::Tensor &dz, Mask mask,
              const ChannelSums &sums) {
    const size_t channels = norm.channels;
    const double rows = static_cast<double>(count_of(x) / channels);
    std::vector<float> mean_dz(norm.width), mean_product(norm.width);
    for (size_t c = 0; c < channels; ++c) {
      norm.set(mean_dz, c, static_cast<float>(sums.first[c] / rows));
      norm.set(mean_product, c, static_cast<float>(sums.second[c] / rows));
    }
    if (float *gamma =
            channel_values(parameter_gradients, node.norm->weight, channels, "the gradient"))
      std::copy(sums.second.begin(), sums.second.end(), gamma);
    if (float *beta =
            channel_values(parameter_gradients, node.norm->bias, channels, "the gradient"))
      std::copy(sums.first.begin(), sums.first.end(), beta);
    if (node.x > 0) {
      at::Tensor dx = node.residual <= 0 && alone(dz) ? dz : fresh_like(dz);
      norm_gradient(numbers(dx), numbers(dz), numbers(x), mask, norm, mean_dz,
                    mean_product, count_of(x));
      slopes[node.x].push_back(std::move(dx));
    }
    if (node.residual > 0) slopes[node.residual].push_back(std::move(dz));
  }

  void clear_gradients(const Node &node) {
    const cp_op &op = node.norm ? *node.norm : *node.op;
    for (int32_t position : {op.weight, op.bias})
      if (at::Tensor gradient = tensor_at(parameter_gradients, position); gradient.defined())
        gradient.zero_();
  }
};

}  // namespace

int cp_program_gradients(float *loss, cp_program program, const ct_tensor *tensors,
                         const ct_tensor *gradients, size_t count, ct_tensor inputs,
                         ct_tensor labels, ct_error *error) {
  return guarded(error, [&] {
    at::AutoDispatchBelowAutograd below_autograd;
    TORCH_CHECK(count >= program->tensors, "a program of ", program->tensors, " tensors gets ",
                count);
    check_inputs(inputs->tensor);
    *loss = Training(*program, tensors, gradients).run(inputs->tensor, labels);
  });
}
