// The operations of a program that are ATen's: oneDNN convolves and pools channels-last memory as it is.
#include "operations.hpp"

#include <array>

namespace espalier {

namespace {

using Pair = std::array<int64_t, 2>;

Pair pair(int32_t extent) { return {extent, extent}; }

size_t extent(const at::Tensor &tensor, int64_t dimension) {
  return static_cast<size_t>(tensor.size(dimension));
}

void check_image(const at::Tensor &x, const char *role) {
  TORCH_CHECK(x.dim() == 4, role, " needs an input [N, C, H, W], not one of shape ", x.sizes());
}

at::Tensor at_position(const std::vector<at::Tensor> &weights, int32_t position) {
  return position < 0 ? at::Tensor() : weights[static_cast<size_t>(position)];
}

/// Whether libtorch's convolutions and matrix products take bfloat16 here; below that they fall back to
/// loops that are many times slower.
bool computes_bfloat16() {
#if defined(__x86_64__)
  return at::Context::hasMKLDNN() && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
#else
  return false;
#endif
}

at::Tensor global_means(const at::Tensor &x) {
  check_image(x, "global average pooling");
  at::Tensor y = at::empty({x.size(0), x.size(1), 1, 1}, x.options(),
                           at::MemoryFormat::ChannelsLast);
  spatial_means(numbers(y), numbers(x), extent(x, 0),
                extent(x, 2) * extent(x, 3), extent(x, 1));
  return y;
}

at::Tensor linear_backward(const cp_op &op, const at::Tensor &dy, const at::Tensor &x,
                           const std::vector<at::Tensor> &weights,
                           const ct_tensor *gradients,
                           bool wants_input) {
  if (at::Tensor dw = tensor_at(gradients, op.weight); dw.defined()) {
    if (x.scalar_type() == at::kFloat)
      at::mm_out(dw, dy.t(), flattened(x));
    else
      dw.copy_(at::mm(dy.t(), flattened(x)));
  }
  if (at::Tensor db = tensor_at(gradients, op.bias); db.defined()) at::sum_out(db, dy, {0});
  if (!wants_input) return {};
  return arranged(at::mm(dy, at_position(weights, op.weight)).reshape(x.sizes()));
}

at::Tensor convolution_backward(const cp_op &op, const at::Tensor &dy, const at::Tensor &x,
                                const std::vector<at::Tensor> &weights,
                           const ct_tensor *gradients,
                                bool wants_input) {
  at::Tensor dw = tensor_at(gradients, op.weight), db = tensor_at(gradients, op.bias);
  const std::array<int64_t, 1> bias_shape{dy.size(1)};
  auto found = at::convolution_backward(
      dy, x, at_position(weights, op.weight),
      op.bias < 0 ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(bias_shape),
      pair(op.stride), pair(op.padding), pair(1), false, pair(0), 1,
      {wants_input, dw.defined(), db.defined()});
  if (dw.defined()) dw.copy_(std::get<1>(found));
  if (db.defined()) db.copy_(std::get<2>(found));
  return wants_input ? arranged(std::get<0>(found)) : at::Tensor();
}

}  // namespace

void check_inputs(const at::Tensor &inputs) {
  const bool half = inputs.scalar_type() == at::kBFloat16;
  TORCH_CHECK(half || inputs.scalar_type() == at::kFloat,
              "inputs must be float32 or bfloat16, not ", inputs.scalar_type());
  TORCH_CHECK(!half || computes_bfloat16(),
              "bfloat16 needs an x86 processor with AVX-512 (BW, VL, DQ) and a libtorch with oneDNN; "
              "use float32");
}

std::vector<at::Tensor> weights_in(at::ScalarType type, const cp_program_s &program,
                                   const ct_tensor *tensors) {
  std::vector<at::Tensor> weights(program.tensors);
  for (const cp_op &op : program.ops)
    if (op.kind == CP_CONVOLUTION || op.kind == CP_LINEAR)
      for (int32_t position : {op.weight, op.bias})
        if (at::Tensor weight = tensor_at(tensors, position); weight.defined())
          weights[static_cast<size_t>(position)] = weight.to(type);
  return weights;
}

at::Tensor forward(const cp_op &op, const at::Tensor &x, const std::vector<at::Tensor> &weights,
                   at::Tensor *places) {
  switch (op.kind) {
    case CP_CONVOLUTION: {
      check_image(x, "a convolution");
      return arranged(at::convolution(x, at_position(weights, op.weight),
                                      at_position(weights, op.bias), pair(op.stride),
                                      pair(op.padding), pair(1), false, pair(0), 1));
    }
    case CP_MAX_POOL: {
      check_image(x, "max pooling");
      auto found = at::max_pool2d_with_indices(x, pair(op.kernel), pair(op.stride),
                                               pair(op.padding));
      if (places) *places = std::get<1>(found);
      return arranged(std::get<0>(found));
    }
    case CP_AVERAGE_POOL:
      check_image(x, "average pooling");
      return arranged(at::avg_pool2d(x, pair(op.kernel), pair(op.stride), pair(op.padding)));
    case CP_GLOBAL_AVERAGE_POOL: return global_means(x);
    case CP_FLATTEN: return flattened(x);
    case CP_LINEAR:
      return at::linear(flattened(x), at_position(weights, op.weight), at_position(weights, op.bias));
    // Elsewhere: elementwise runs with whoever runs the program, repetitions in flow.cpp.
    case CP_BATCH_NORM:
    case CP_RELU:
    case CP_ADD:
    case CP_REPEAT: break;
  }
  TORCH_CHECK(false, "an operation of kind ", op.kind, " does not go forward by itself");
  return {};
}

at::Tensor backward(const cp_op &op, const at::Tensor &dy, const at::Tensor &x,
                    const at::Tensor &places, const std::vector<at::Tensor> &weights,
                    const ct_tensor *gradients, bool wants_input) {
  if (op.kind == CP_CONVOLUTION)
    return convolution_backward(op, dy, x, weights, gradients, wants_input);
  if (op.kind == CP_LINEAR) return linear_backward(op, dy, x, weights, gradients, wants_input);
  if (!wants_input) return {};
  switch (op.kind) {
    case CP_MAX_POOL:
      return arranged(at::max_pool2d_with_indices_backward(dy, x, pair(op.kernel),
                                                           pair(op.stride), pair(op.padding),
                                                           pair(1), false, places));
    case CP_AVERAGE_POOL:
      return arranged(at::avg_pool2d_backward(dy, x, pair(op.kernel), pair(op.stride),
                                              pair(op.padding), false, true, c10::nullopt));
    case CP_GLOBAL_AVERAGE_POOL: {
      at::Tensor dx = fresh_like(x);
      spatial_spread(numbers(dx), numbers(dy), extent(x, 0),
                     extent(x, 2) * extent(x, 3), extent(x, 1));
      return dx;
    }
    case CP_FLATTEN: return arranged(dy.reshape(x.sizes()));
    case CP_CONVOLUTION:
    case CP_LINEAR:
    case CP_BATCH_NORM:
    case CP_RELU:
    case CP_ADD:
    case CP_REPEAT: break;
  }
  TORCH_CHECK(false, "an operation of kind ", op.kind, " does not go back by itself");
  return {};
}

}  // namespace espalier
