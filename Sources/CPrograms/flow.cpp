// Synaptic flow of a program on one all-ones example, in float64. Every number is a sum of products of
// non-negative numbers, so the order of summation costs no digits. ReLU and batch norm's centering do
// nothing; pruned weights are not gone through.
#include <ATen/core/LegacyTypeDispatch.h>

#include <memory>

#include "operations.hpp"

using namespace espalier;

namespace {

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
      const at::Tensor other = op.inputs[1] < 0 ? at::Tensor() : values[op.inputs[1]];
      values[op.output] =
          operation(op.kind).push(op, flow, values[op.inputs[0]], other, backs[i]);
    }
    const at::Tensor &logits = values[flow.ops.back().output];
    const double sum = logits.sum().item<double>();
    slopes[flow.ops.back().output] = at::ones_like(logits);
    for (size_t i = flow.ops.size(); i-- > 0;) {
      const cp_op &op = flow.ops[i];
      const at::Tensor slope = std::move(slopes[op.output]);
      if (slope.defined()) {
        const at::Tensor below =
            operation(op.kind).pull(op, flow, slope, values[op.inputs[0]], backs[i]);
        for (int32_t value : op.inputs) add_slope(value, below);
      } else if (operation(op.kind).weighs) {
        flow.weight(op).scores().zero_();
      }
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

  void add_slope(int32_t value, const at::Tensor &slope) {
    if (value <= 0) return;
    slopes[value] = slopes[value].defined() ? at::add(slopes[value], slope) : slope;
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
    for (const cp_op &op : flow->ops) {
      const Operation &kind = operation(op.kind);
      TORCH_CHECK(kind.push && kind.pull, kind.name, " has no synaptic flow");
      if (kind.weighs) flow->weights[op.weight].emplace(flow->tensors[op.weight]);
    }
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
