// Synaptic flow of a program on one all-ones example, in float64. Every number is a sum of products of
// non-negative numbers, so the order of summation costs no digits. ReLU and batch norm's centering do
// nothing; pruned weights are not gone through.
#include <ATen/core/LegacyTypeDispatch.h>

#include <cmath>
#include <memory>
#include <optional>

#include "convolution_flow.hpp"
#include "program.hpp"

using namespace espalier;

struct cp_flow_s {
  std::vector<cp_op> ops;
  std::vector<at::Tensor> tensors;
  /// Of convolutions and linear operations, by their position.
  std::vector<std::optional<FlowWeight>> weights;

  FlowWeight &listed(size_t index) {
    TORCH_CHECK(weights.at(index), "tensor ", index, " is no weight");
    return *weights[index];
  }
};

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

class Pass {
 public:
  explicit Pass(cp_flow_s &flow)
      : flow(flow),
        values(flow.ops.size() + 1),
        slopes(flow.ops.size() + 1),
        backs(flow.ops.size()) {}

  /// Leaves the scores with the weights; returns R.
  double run(at::Tensor ones) {
    values[0] = std::move(ones);
    for (size_t i = 0; i < flow.ops.size(); ++i) {
      const cp_op &op = flow.ops[i];
      values[op.output] = push(op, values[op.inputs[0]], backs[i]);
    }
    const at::Tensor &logits = values[flow.ops.back().output];
    const double sum = logits.sum().item<double>();
    slopes[flow.ops.back().output] = at::ones_like(logits);
    for (size_t i = flow.ops.size(); i-- > 0;) {
      const cp_op &op = flow.ops[i];
      at::Tensor slope = std::move(slopes[op.output]);
      if (slope.defined())
        pull(op, slope, values[op.inputs[0]], backs[i]);
      else if (op.kind == CP_CONVOLUTION || op.kind == CP_LINEAR)
        weight(op).scores().zero_();
      values[op.output].reset();
      backs[i].reset();
    }
    return sum;
  }

 private:
  cp_flow_s &flow;
  std::vector<at::Tensor> values, slopes;
  /// What an operation's way back needs: where maxima were, or columns.
  std::vector<at::Tensor> backs;

  FlowWeight &weight(const cp_op &op) const { return *flow.weights[op.weight]; }
  at::Tensor wide(int32_t position) const { return flow.tensors[position].to(at::kDouble).abs(); }

  /// Per channel, γ / √(1 + ε).
  at::Tensor scale(const cp_op &op, const at::Tensor &x) const {
    const double inverse = 1 / std::sqrt(1 + norm_epsilon);
    at::Tensor factor = op.weight < 0 ? at::full({x.size(1)}, inverse, x.options())
                                      : wide(op.weight).mul_(inverse);
    return x.dim() == 4 ? factor.reshape({1, -1, 1, 1}) : factor;
  }

  at::Tensor push(const cp_op &op, const at::Tensor &x, at::Tensor &back) {
    switch (op.kind) {
      case CP_CONVOLUTION: {
        at::Tensor y = flow_forward(weight(op), x, {op.kernel, op.stride, op.padding}, back);
        if (op.bias >= 0) y.add_(wide(op.bias).reshape({1, -1, 1, 1}));
        return y;
      }
      case CP_LINEAR: {
        at::Tensor y =
            flow_forward(weight(op), x.reshape({1, -1, 1, 1}), {1, 1, 0}, back)
                .reshape({1, -1});
        if (op.bias >= 0) y.add_(wide(op.bias));
        return y;
      }
      case CP_BATCH_NORM: {
        at::Tensor y = at::mul(x, scale(op, x));
        if (op.bias >= 0) y.add_(wide(op.bias).reshape(x.dim() == 4 ? at::IntArrayRef{1, x.size(1), 1, 1}
                                                                    : at::IntArrayRef{x.size(1)}));
        return y;
      }
      case CP_RELU: return x;
      case CP_ADD: return at::add(x, values[op.inputs[1]]);
      case CP_MAX_POOL: {
        const int64_t k[2] = {op.kernel, op.kernel}, s[2] = {op.stride, op.stride},
                      p[2] = {op.padding, op.padding};
        auto found = at::max_pool2d_with_indices(x, k, s, p);
        back = std::get<1>(found);
        return std::get<0>(found);
      }
      case CP_AVERAGE_POOL: {
        const int64_t k[2] = {op.kernel, op.kernel}, s[2] = {op.stride, op.stride},
                      p[2] = {op.padding, op.padding};
        return at::avg_pool2d(x, k, s, p);
      }
      case CP_GLOBAL_AVERAGE_POOL: return x.mean(at::IntArrayRef{2, 3}, true);
      case CP_FLATTEN: return x.reshape({1, -1});
      case CP_REPEAT:
        return repeated(repeated(x, 2, op.kernel, op.stride), 3, op.kernel, op.padding);
    }
    return {};
  }

  void add_slope(int32_t value, const at::Tensor &slope) {
    if (value == 0) return;
    slopes[value] = slopes[value].defined() ? at::add(slopes[value], slope) : slope;
  }

  void pull(const cp_op &op, const at::Tensor &dy, const at::Tensor &x, const at::Tensor &back) {
    const int64_t k[2] = {op.kernel, op.kernel}, s[2] = {op.stride, op.stride},
                  p[2] = {op.padding, op.padding}, one[2] = {1, 1};
    const int32_t source = op.inputs[0];
    switch (op.kind) {
      case CP_CONVOLUTION:
        add_slope(source, flow_backward(weight(op), x, back, dy, {op.kernel, op.stride, op.padding}));
        break;
      case CP_LINEAR:
        add_slope(source, flow_backward(weight(op), x.reshape({1, -1, 1, 1}), back,
                                        dy.reshape({1, -1, 1, 1}), {1, 1, 0})
                              .reshape(x.sizes()));
        break;
      case CP_BATCH_NORM: add_slope(source, at::mul(dy, scale(op, x))); break;
      case CP_RELU: add_slope(source, dy); break;
      case CP_ADD:
        add_slope(source, dy);
        add_slope(op.inputs[1], dy);
        break;
      case CP_MAX_POOL:
        add_slope(source,
                  at::max_pool2d_with_indices_backward(dy, x, k, s, p, one, false, back));
        break;
      case CP_AVERAGE_POOL:
        add_slope(source, at::avg_pool2d_backward(dy, x, k, s, p, false, true, c10::nullopt));
        break;
      case CP_GLOBAL_AVERAGE_POOL: {
        const double rows = static_cast<double>(x.size(2) * x.size(3));
        add_slope(source, at::div(dy, rows).expand(x.sizes()).contiguous());
        break;
      }
      case CP_FLATTEN: add_slope(source, dy.reshape(x.sizes())); break;
      case CP_REPEAT:
        add_slope(source,
                  gathered(gathered(dy, 3, op.kernel, op.padding), 2, op.kernel, op.stride));
        break;
    }
  }
};

}  // namespace

int cp_flow_create(cp_flow *out, cp_program program, const ct_tensor *tensors, size_t count,
                   ct_error *error) {
  return guarded(error, [&] {
    TORCH_CHECK(count >= program->tensors, "a program of ", program->tensors, " tensors gets ",
                count);
    auto flow = std::make_unique<cp_flow_s>();
    flow->ops = program->ops;
    flow->weights.resize(count);
    for (size_t i = 0; i < count; ++i) flow->tensors.push_back(tensors[i]->tensor);
    for (const cp_op &op : flow->ops)
      if (op.kind == CP_CONVOLUTION || op.kind == CP_LINEAR)
        flow->weights[op.weight].emplace(flow->tensors[op.weight]);
    *out = flow.release();
    live_handles.fetch_add(1, std::memory_order_relaxed);
  });
}

void cp_flow_free(cp_flow flow) {
  delete flow;
  live_handles.fetch_sub(1, std::memory_order_relaxed);
}

int cp_flow_take(cp_flow flow, size_t index, const uint8_t *kept, size_t size, ct_error *error) {
  return guarded(error, [&] {
    FlowWeight &weight = flow->listed(index);
    TORCH_CHECK(!kept || static_cast<int64_t>(size) == flow->tensors[index].numel(), "a mask of ",
                size, " for ", flow->tensors[index].numel(), " weights");
    weight.take(kept);
  });
}

int cp_flow_run(double *output, cp_flow flow, int64_t channels, int64_t height, int64_t width,
                ct_error *error) {
  return guarded(error, [&] {
    at::AutoDispatchBelowAutograd below_autograd;
    *output = Pass(*flow).run(at::ones({1, channels, height, width}, at::kDouble));
  });
}

int cp_flow_scores(ct_tensor *out, cp_flow flow, size_t index, ct_error *error) {
  return guarded(error, [&] { *out = wrap(flow->listed(index).scores()); });
}

int cp_flow_spread_scores(ct_tensor *out, cp_flow flow, size_t index, ct_error *error) {
  return guarded(error, [&] { *out = wrap(flow->listed(index).spread_scores()); });
}

int cp_flow_keep(cp_flow flow, size_t index, bool complemented, uint64_t threshold,
                 int64_t *equal_left, ct_error *error) {
  return guarded(error, [&] {
    FlowWeight &weight = flow->listed(index);
    weight.list.keep(weight.score_memory(), complemented, threshold, *equal_left);
  });
}

int cp_flow_count(size_t *count, cp_flow flow, size_t index, ct_error *error) {
  return guarded(error, [&] { *count = flow->listed(index).list.count(); });
}

int cp_flow_mark(cp_flow flow, size_t index, uint8_t *kept, size_t size, ct_error *error) {
  return guarded(error, [&] {
    const FlowWeight &weight = flow->listed(index);
    TORCH_CHECK(static_cast<int64_t>(size) == flow->tensors[index].numel(), "a mask of ", size,
                " for ", flow->tensors[index].numel(), " weights");
    weight.list.mark(kept);
  });
}
