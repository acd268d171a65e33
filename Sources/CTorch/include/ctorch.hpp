// What C++ that computes with libtorch shares: the handle, and the one place where exceptions end.
#pragma once

#include <ATen/ATen.h>

#include <atomic>
#include <cstdio>
#include <exception>
#include <utility>

#include "ctorch.h"

struct ct_tensor_s {
  at::Tensor tensor;
};

namespace espalier {

extern std::atomic<int64_t> live_handles;

inline ct_tensor wrap(at::Tensor tensor) {
  auto *handle = new ct_tensor_s{std::move(tensor)};
  live_handles.fetch_add(1, std::memory_order_relaxed);
  return handle;
}

inline void report(ct_error *error, const char *message) {
  std::snprintf(error->message, sizeof error->message, "%s", message);
}

/// Runs `body`; whatever it throws becomes a message and -1.
template <typename Body>
int guarded(ct_error *error, Body body) {
  try {
    body();
    return 0;
  } catch (const c10::Error &failure) {
    report(error, failure.what_without_backtrace());
  } catch (const std::exception &failure) {
    report(error, failure.what());
  } catch (...) {
    report(error, "libtorch threw something that is no exception");
  }
  return -1;
}

at::ScalarType scalar_type(ct_dtype dtype);
ct_dtype dtype_of(const at::Tensor &tensor);

/// How the elements of a tensor lie in memory, where they do so without gaps.
inline at::MemoryFormat layout(const at::Tensor &tensor) {
  return tensor.is_contiguous() ? at::MemoryFormat::Contiguous : at::MemoryFormat::ChannelsLast;
}

/// The elements of a contiguous CPU tensor that holds `Element`s.
template <typename Element>
Element *elements(ct_tensor handle, const char *role) {
  const at::Tensor &tensor = handle->tensor;
  TORCH_CHECK(tensor.is_contiguous() && tensor.device().is_cpu(), role,
              " must be a contiguous CPU tensor");
  TORCH_CHECK(tensor.element_size() == sizeof(Element), role, " has elements of type ",
              tensor.scalar_type());
  return static_cast<Element *>(tensor.data_ptr());
}

}  // namespace espalier
