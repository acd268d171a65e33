// GPUs: libtorch's CUDA half is loaded where it exists, so that one build serves machines with and
// without.
#include <ATen/detail/CUDAHooksInterface.h>
#include <dlfcn.h>

#include <string>

#include "ctorch.hpp"

using namespace espalier;

namespace {

/// The folder of the libtorch that this process computes with, with a slash at the end.
std::string library_folder() {
  Dl_info info;
  if (!dladdr(reinterpret_cast<const void *>(&at::globalContext), &info) || !info.dli_fname)
    return "";
  const std::string path = info.dli_fname;
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

/// Loads libtorch's CUDA half, once; an empty string, or why it cannot be loaded.
const std::string &load_failure() {
  static const std::string failure = [] {
    if (at::hasCUDA()) return std::string();
    // Beside the loaded libtorch: another version's would not fit.
    const std::string path = library_folder() + "libtorch_cuda.so";
    if (dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL)) return std::string();
    const char *reason = dlerror();
    return std::string(reason ? reason : "libtorch_cuda.so cannot be loaded");
  }();
  return failure;
}

at::Device device_of(ct_device device) {
  switch (device) {
    case CT_CPU: return at::Device(at::kCPU);
    case CT_CUDA: return at::Device(at::kCUDA, 0);
  }
  TORCH_CHECK(false, "unknown device ", static_cast<int>(device));
}

}  // namespace

int ct_require_cuda(ct_error *error) {
  return guarded(error, [&] {
    TORCH_CHECK(load_failure().empty(), "this libtorch has no CUDA half (", load_failure(), ")");
    TORCH_CHECK(at::hasCUDA() && at::detail::getCUDAHooks().getNumGPUs() > 0,
                "libtorch's CUDA half finds no GPU that it can use");
  });
}

int ct_to_device(ct_tensor *out, ct_tensor tensor, ct_device device, ct_error *error) {
  return guarded(error, [&] {
    // From pinned memory the copy overlaps with what the device still computes.
    const bool to_gpu = device == CT_CUDA && tensor->tensor.device().is_cpu();
    const at::Tensor source = to_gpu ? tensor->tensor.pin_memory() : tensor->tensor;
    *out = wrap(source.to(device_of(device), /*non_blocking=*/to_gpu));
  });
}

ct_device ct_get_device(ct_tensor tensor) {
  return tensor->tensor.device().is_cuda() ? CT_CUDA : CT_CPU;
}
