// The mean of each channel.
#include "../operations.hpp"

namespace espalier {

namespace {

at::Tensor outputs(const cp_op &, const at::Tensor &x, const std::vector<at::Tensor> &,
                   at::Tensor *) {
  check_image(x, "global average pooling");
  at::Tensor y =
      at::empty({x.size(0), x.size(1), 1, 1}, x.options(), at::MemoryFormat::ChannelsLast);
  spatial_means(numbers(y), numbers(x), extent(x, 0), extent(x, 2) * extent(x, 3), extent(x, 1));
  return y;
}

at::Tensor gradients(const cp_op &, const at::Tensor &dy, const at::Tensor &x, const at::Tensor &,
                     const Slopes &) {
  at::Tensor dx = fresh_like(x);
  spatial_spread(numbers(dx), numbers(dy), extent(x, 0), extent(x, 2) * extent(x, 3),
                 extent(x, 1));
  return dx;
}

at::Tensor push(const cp_op &, cp_flow_s &, const at::Tensor &x, const at::Tensor &,
                at::Tensor &) {
  return x.mean(at::IntArrayRef{2, 3}, true);
}

at::Tensor pull(const cp_op &, cp_flow_s &, const at::Tensor &dy, const at::Tensor &x,
                const at::Tensor &) {
  const double rows = static_cast<double>(x.size(2) * x.size(3));
  return at::div(dy, rows).expand(x.sizes()).contiguous();
}

}  // namespace

extern const Operation global_average_pooling{
    .name = "global average pooling",
    .forward = outputs,
    .backward = gradients,
    .push = push,
    .pull = pull,
};

}  // namespace espalier
