#include <cstring>

#include "ctorch.hpp"

using namespace espalier;

void ct_free(ct_tensor tensor) {
  if (!tensor) return;
  delete tensor;
  live_handles.fetch_sub(1, std::memory_order_relaxed);
}

int ct_full(ct_tensor *out, ct_dtype dtype, const int64_t *shape, size_t dimensions, double value,
            ct_error *error) {
  return guarded(error, [&] {
    *out = wrap(at::full(at::IntArrayRef(shape, dimensions), value, scalar_type(dtype)));
  });
}

int ct_image_batch(ct_tensor *out, ct_dtype dtype, const int64_t *shape, bool channels_last,
                   ct_error *error) {
  return guarded(error, [&] {
    *out = wrap(at::zeros(at::IntArrayRef(shape, 4), scalar_type(dtype))
                    .contiguous(channels_last ? at::MemoryFormat::ChannelsLast
                                              : at::MemoryFormat::Contiguous));
  });
}

int ct_from_bytes(ct_tensor *out, ct_dtype dtype, const int64_t *shape, size_t dimensions,
                  const void *contents, size_t bytes, ct_error *error) {
  return guarded(error, [&] {
    at::Tensor tensor = at::empty(at::IntArrayRef(shape, dimensions), scalar_type(dtype));
    TORCH_CHECK(tensor.nbytes() == bytes, "a tensor of shape ", tensor.sizes(), " takes ",
                tensor.nbytes(), " bytes, not ", bytes);
    if (bytes > 0) std::memcpy(tensor.data_ptr(), contents, bytes);
    *out = wrap(std::move(tensor));
  });
}

int ct_copy(ct_tensor *out, ct_tensor tensor, ct_error *error) {
  return guarded(error, [&] {
    *out = wrap(tensor->tensor.detach().clone(at::MemoryFormat::Contiguous));
  });
}

int ct_channels_last(ct_tensor *out, ct_tensor tensor, ct_error *error) {
  return guarded(error, [&] {
    const at::Tensor &x = tensor->tensor;
    *out = wrap(x.dim() == 4 ? x.contiguous(at::MemoryFormat::ChannelsLast) : x);
  });
}

int ct_detach(ct_tensor *out, ct_tensor tensor, ct_error *error) {
  return guarded(error, [&] { *out = wrap(tensor->tensor.detach()); });
}

int ct_to(ct_tensor *out, ct_tensor tensor, ct_dtype dtype, ct_error *error) {
  return guarded(error, [&] { *out = wrap(tensor->tensor.to(scalar_type(dtype))); });
}

int64_t ct_dimensions(ct_tensor tensor) { return tensor->tensor.dim(); }

int64_t ct_extent(ct_tensor tensor, int64_t dimension) {
  return tensor->tensor.sizes()[static_cast<size_t>(dimension)];
}

int64_t ct_count(ct_tensor tensor) { return tensor->tensor.numel(); }

int ct_get_dtype(ct_dtype *out, ct_tensor tensor, ct_error *error) {
  return guarded(error, [&] { *out = dtype_of(tensor->tensor); });
}

bool ct_memory(void **out, bool *channels_last, ct_tensor handle) {
  const at::Tensor &tensor = handle->tensor;
  const at::MemoryFormat order = layout(tensor);
  if (!tensor.device().is_cpu() || !tensor.is_contiguous(order)) return false;
  *out = tensor.data_ptr();
  *channels_last = order == at::MemoryFormat::ChannelsLast;
  return true;
}

int ct_item(double *out, ct_tensor tensor, ct_error *error) {
  return guarded(error, [&] { *out = tensor->tensor.item().toDouble(); });
}
