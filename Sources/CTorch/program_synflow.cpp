// Synaptic flow of a program on one all-ones example, in float64. Every number is a sum of products of
// non-negative numbers, so the order of summation costs no digits. ReLU and batch norm's centering do
// nothing; the weight's gradient is never stored, only its product with the weight.
#include <ATen/core/LegacyTypeDispatch.h>

#include <cmath>

#include "convolution_flow.hpp"
#include "operations.hpp"

using namespace espalier;

namespace {

/// Position `at` of a dimension, `more` times more.
at::Tensor repeated(const at::Tensor &x, int64_t dimension, int64_t at, int64_t more) {
  if (more == 0) return x;
  const int64_t after = x.size(dimension) - at - 1;
  std::vector<at::Tensor> parts(static_cast<size_t>(more) + 1, x.narrow(dimension, at, 1));
  parts.insert(parts.begin(), x.narrow(dimension, 0, at));
  parts.push_back(x.narrow(dimension, at + 1, after));
  return at::cat(parts, dimension);
}

/// The gradient of `repeated`: what was repeated gets the sum.
at::Tensor gathered(const at::Tensor &dy, int64_t dimension, int64_t at, int64_t more) {
  if (more == 0) return dy;
  const int64_t after = dy.size(dimension) - at - 1 - more;
  return at::cat({dy.narrow(dimension, 0, at),
                  dy.narrow(dimension, at, more + 1).sum(at::IntArrayRef{dimension}, true),
                  dy.narrow(dimension, at + more + 1, after)},
                 dimension);
}

class Flow {
 public:
  Flow(const ct_program_s &program, const ct_tensor *tensors, const ct_tensor *scores)
      : program(program),
        tensors(tensors),
        scores(scores),
        values(program.ops.size() + 1),
        slopes(program.ops.size() + 1),
        places(program.ops.size()) {}

  void run(at::Tensor ones) {
    values[0] = std::move(ones);
    for (size_t i = 0; i < program.ops.size(); ++i) {
      const ct_op &op = program.ops[i];
      values[op.output] = push(op, values[op.inputs[0]], places[i]);
    }
    slopes[program.logits] = at::ones_like(values[program.logits]);
    for (size_t i = program.ops.size(); i-- > 0;) {
      const ct_op &op = program.ops[i];
      at::Tensor slope = std::move(slopes[op.output]);
      if (!slope.defined()) {
        if (at::Tensor score = tensor_at(scores, op.weight); score.defined()) score.zero_();
      } else {
        pull(op, slope, values[op.inputs[0]], places[i]);
      }
      values[op.output].reset();
    }
  }

 private:
  const ct_program_s &program;
  const ct_tensor *tensors, *scores;
  std::vector<at::Tensor> values, slopes, places;

  at::Tensor wide(int32_t position) const {
    return tensor_at(tensors, position).to(at::kDouble);
  }

  /// Per channel, γ / √(1 + ε).
  at::Tensor scale(const ct_op &op, const at::Tensor &x) const {
    const double inverse = 1 / std::sqrt(1 + norm_epsilon);
    at::Tensor factor = op.weight < 0 ? at::full({x.size(1)}, inverse, x.options())
                                      : wide(op.weight).mul_(inverse);
    return x.dim() == 4 ? factor.reshape({1, -1, 1, 1}) : factor;
  }

  at::Tensor push(const ct_op &op, const at::Tensor &x, at::Tensor &where) {
    switch (op.kind) {
      case CT_CONVOLUTION: {
        at::Tensor y = flow_forward(tensor_at(tensors, op.weight), x, window(op));
        if (op.bias >= 0) y.add_(wide(op.bias).reshape({1, -1, 1, 1}));
        return y;
      }
      case CT_LINEAR: {
        at::Tensor y = flow_forward(tensor_at(tensors, op.weight).unsqueeze(2).unsqueeze(3),
                                    x.reshape({1, -1, 1, 1}), {1, 1, 0})
                           .reshape({1, -1});
        if (op.bias >= 0) y.add_(wide(op.bias));
        return y;
      }
      case CT_BATCH_NORM: {
        at::Tensor y = at::mul(x, scale(op, x));
        if (op.bias >= 0) y.add_(wide(op.bias).reshape(x.dim() == 4 ? at::IntArrayRef{1, x.size(1), 1, 1}
                                                                    : at::IntArrayRef{x.size(1)}));
        return y;
      }
      case CT_RELU: return x;
      case CT_ADD: return at::add(x, values[op.inputs[1]]);
      case CT_MAX_POOL: {
        const int64_t k[2] = {op.kernel, op.kernel}, s[2] = {op.stride, op.stride},
                      p[2] = {op.padding, op.padding};
        auto found = at::max_pool2d_with_indices(x, k, s, p);
        where = std::get<1>(found);
        return std::get<0>(found);
      }
      case CT_AVERAGE_POOL: {
        const int64_t k[2] = {op.kernel, op.kernel}, s[2] = {op.stride, op.stride},
                      p[2] = {op.padding, op.padding};
        return at::avg_pool2d(x, k, s, p);
      }
      case CT_GLOBAL_AVERAGE_POOL: return x.mean(at::IntArrayRef{2, 3}, true);
      case CT_FLATTEN: return x.reshape({1, -1});
      case CT_REPEAT:
        return repeated(repeated(x, 2, op.kernel, op.stride), 3, op.kernel, op.padding);
    }
    return {};
  }

  void add_slope(int32_t value, const at::Tensor &slope) {
    if (value == 0) return;
    slopes[value] = slopes[value].defined() ? at::add(slopes[value], slope) : slope;
  }

  void pull(const ct_op &op, const at::Tensor &dy, const at::Tensor &x, const at::Tensor &where) {
    const int64_t k[2] = {op.kernel, op.kernel}, s[2] = {op.stride, op.stride},
                  p[2] = {op.padding, op.padding}, one[2] = {1, 1};
    const int32_t source = op.inputs[0];
    switch (op.kind) {
      case CT_CONVOLUTION:
        add_slope(source, flow_backward(tensor_at(tensors, op.weight), x, dy, window(op),
                                        tensor_at(scores, op.weight), source != 0));
        break;
      case CT_LINEAR: {
        at::Tensor score = tensor_at(scores, op.weight);
        at::Tensor dx = flow_backward(
            tensor_at(tensors, op.weight).unsqueeze(2).unsqueeze(3), x.reshape({1, -1, 1, 1}),
            dy.reshape({1, -1, 1, 1}), {1, 1, 0}, score, source != 0);
        if (source != 0) add_slope(source, dx.reshape(x.sizes()));
        break;
      }
      case CT_BATCH_NORM: add_slope(source, at::mul(dy, scale(op, x))); break;
      case CT_RELU: add_slope(source, dy); break;
      case CT_ADD:
        add_slope(source, dy);
        add_slope(op.inputs[1], dy);
        break;
      case CT_MAX_POOL:
        add_slope(source,
                  at::max_pool2d_with_indices_backward(dy, x, k, s, p, one, false, where));
        break;
      case CT_AVERAGE_POOL:
        add_slope(source, at::avg_pool2d_backward(dy, x, k, s, p, false, true, c10::nullopt));
        break;
      case CT_GLOBAL_AVERAGE_POOL: {
        const double rows = static_cast<double>(x.size(2) * x.size(3));
        add_slope(source, at::div(dy, rows).expand(x.sizes()).contiguous());
        break;
      }
      case CT_FLATTEN: add_slope(source, dy.reshape(x.sizes())); break;
      case CT_REPEAT:
        add_slope(source,
                  gathered(gathered(dy, 3, op.kernel, op.padding), 2, op.kernel, op.stride));
        break;
    }
  }

  static FlowWindow window(const ct_op &op) { return {op.kernel, op.stride, op.padding}; }
};

}  // namespace

int ct_program_synflow(ct_program program, const ct_tensor *tensors, const ct_tensor *scores,
                       size_t count, int64_t channels, int64_t height, int64_t width,
                       ct_error *error) {
  return guarded(error, [&] {
    at::AutoDispatchBelowAutograd below_autograd;
    TORCH_CHECK(count >= program->tensors, "a program of ", program->tensors, " tensors gets ",
                count);
    for (size_t i = 0; i < count; ++i)
      if (scores[i])
        TORCH_CHECK(scores[i]->tensor.scalar_type() == at::kDouble &&
                        scores[i]->tensor.sizes() == tensors[i]->tensor.sizes() &&
                        tensors[i]->tensor.scalar_type() == at::kFloat,
                    "scores must be float64 for float32 magnitudes of the same shape");
    Flow(*program, tensors, scores)
        .run(at::ones({1, channels, height, width}, at::TensorOptions().dtype(at::kDouble)));
  });
}
