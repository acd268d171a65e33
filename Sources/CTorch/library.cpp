#include <ATen/Parallel.h>
#if __has_include(<torch/csrc/api/include/torch/version.h>)
#include <torch/csrc/api/include/torch/version.h>
#else
#include <torch/version.h>
#endif

#include <dlfcn.h>

#include "ctorch.hpp"

namespace espalier {

std::atomic<int64_t> live_handles{0};

at::ScalarType scalar_type(ct_dtype dtype) {
  switch (dtype) {
    case CT_FLOAT32: return at::kFloat;
    case CT_FLOAT64: return at::kDouble;
    case CT_FLOAT16: return at::kHalf;
    case CT_BFLOAT16: return at::kBFloat16;
    case CT_INT64: return at::kLong;
    case CT_UINT8: return at::kByte;
    case CT_BOOL: return at::kBool;
  }
  TORCH_CHECK(false, "unknown element type ", static_cast<int>(dtype));
}

ct_dtype dtype_of(const at::Tensor &tensor) {
  switch (tensor.scalar_type()) {
    case at::kFloat: return CT_FLOAT32;
    case at::kDouble: return CT_FLOAT64;
    case at::kHalf: return CT_FLOAT16;
    case at::kBFloat16: return CT_BFLOAT16;
    case at::kLong: return CT_INT64;
    case at::kByte: return CT_UINT8;
    case at::kBool: return CT_BOOL;
    default: TORCH_CHECK(false, "element type ", tensor.scalar_type(), " has no counterpart here");
  }
}

}  // namespace espalier

using namespace espalier;

const char *ct_version(void) { return TORCH_VERSION; }

const char *ct_blas(void) {
  // libtorch is linked with whatever the system's BLAS alternative is, so only the process can tell.
  using Config = char *(*)(void);
  auto config = reinterpret_cast<Config>(dlsym(RTLD_DEFAULT, "openblas_get_config"));
  return config ? config() : "unknown";
}

int64_t ct_live_handles(void) { return live_handles.load(std::memory_order_relaxed); }

int ct_set_threads(int count, ct_error *error) {
  return guarded(error, [&] { at::set_num_threads(count); });
}

int ct_get_threads(void) { return at::get_num_threads(); }

bool ct_flush_subnormals(bool flush) { return at::globalContext().setFlushDenormal(flush); }
