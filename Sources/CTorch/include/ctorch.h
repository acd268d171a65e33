/// A C interface to libtorch: ATen and autograd.
///
/// Every function that can fail returns 0, or -1 after writing a sentence into the caller's
/// `ct_error`; no C++ exception crosses this header. Tensors are handles that the caller frees with
/// `ct_free`; `ct_live_handles` counts those not yet freed.
#ifndef CTORCH_H
#define CTORCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ct_tensor_s *ct_tensor;

/// Where a failing function leaves its message, cut to fit and always terminated.
typedef struct {
  char message[1024];
} ct_error;

typedef enum {
  CT_FLOAT32 = 0,
  CT_FLOAT64 = 1,
  CT_FLOAT16 = 2,
  CT_BFLOAT16 = 3,
  CT_INT64 = 4,
  CT_UINT8 = 5,
  CT_BOOL = 6
} ct_dtype;

typedef enum { CT_CPU = 0, CT_CUDA = 1 } ct_device;

// MARK: Library (library.cpp)

/// Version of the libtorch that this was compiled against, "1.13.1".
const char *ct_version(void);
/// What the loaded matrix-product library says of itself, or "unknown".
const char *ct_blas(void);
/// Number of tensor handles alive in this process.
int64_t ct_live_handles(void);
/// Threads that one operation may use.
int ct_set_threads(int count, ct_error *error);
int ct_get_threads(void);
/// Rounds subnormal results to zero from here on, on the calling thread.
bool ct_flush_subnormals(bool flush);

// MARK: Devices (device.cpp)

/// Fails with a sentence where no GPU can be used; loads libtorch's CUDA half.
int ct_require_cuda(ct_error *error);
int ct_to_device(ct_tensor *out, ct_tensor tensor, ct_device device, ct_error *error);
ct_device ct_get_device(ct_tensor tensor);

// MARK: Handles, creation, contents (tensor.cpp)

void ct_free(ct_tensor tensor);
int ct_full(ct_tensor *out, ct_dtype dtype, const int64_t *shape, size_t dimensions, double value,
            ct_error *error);
/// Zeros `[N, C, H, W]`, whose memory is NCHW or NHWC.
int ct_image_batch(ct_tensor *out, ct_dtype dtype, const int64_t *shape, bool channels_last,
                   ct_error *error);
/// Copies `bytes` bytes of row-major contents.
int ct_from_bytes(ct_tensor *out, ct_dtype dtype, const int64_t *shape, size_t dimensions,
                  const void *contents, size_t bytes, ct_error *error);
/// A contiguous copy that shares nothing with `tensor` and is outside of every graph.
int ct_copy(ct_tensor *out, ct_tensor tensor, ct_error *error);
/// The same elements channels-last where there are four dimensions; `tensor` itself where they are so.
int ct_channels_last(ct_tensor *out, ct_tensor tensor, ct_error *error);
/// The same memory, outside of every graph.
int ct_detach(ct_tensor *out, ct_tensor tensor, ct_error *error);
int ct_to(ct_tensor *out, ct_tensor tensor, ct_dtype dtype, ct_error *error);
int64_t ct_dimensions(ct_tensor tensor);
int64_t ct_extent(ct_tensor tensor, int64_t dimension);
int64_t ct_count(ct_tensor tensor);
int ct_get_dtype(ct_dtype *out, ct_tensor tensor, ct_error *error);
/// The memory of a CPU tensor without gaps, row-major or, of four dimensions, channels-last; false for any other.
bool ct_memory(void **out, bool *channels_last, ct_tensor tensor);
/// The value of a tensor of one element.
int ct_item(double *out, ct_tensor tensor, ct_error *error);

// MARK: Arithmetic (arithmetic.cpp)

int ct_add(ct_tensor *out, ct_tensor a, ct_tensor b, ct_error *error);
int ct_subtract(ct_tensor *out, ct_tensor a, ct_tensor b, ct_error *error);
int ct_multiply(ct_tensor *out, ct_tensor a, ct_tensor b, ct_error *error);
int ct_divide(ct_tensor *out, ct_tensor a, ct_tensor b, ct_error *error);
int ct_scale(ct_tensor *out, ct_tensor a, double factor, ct_error *error);
int ct_absolute(ct_tensor *out, ct_tensor a, ct_error *error);
int ct_relu(ct_tensor *out, ct_tensor a, ct_error *error);
int ct_sum(ct_tensor *out, ct_tensor a, ct_error *error);
int ct_not_equal(ct_tensor *out, ct_tensor a, ct_tensor b, ct_error *error);
int ct_all_finite(bool *out, ct_tensor a, ct_error *error);
int ct_matmul(ct_tensor *out, ct_tensor a, ct_tensor b, ct_error *error);
int ct_transpose(ct_tensor *out, ct_tensor a, ct_error *error);
int ct_reshape(ct_tensor *out, ct_tensor a, const int64_t *shape, size_t dimensions,
               ct_error *error);
int ct_narrow(ct_tensor *out, ct_tensor a, int64_t dimension, int64_t start, int64_t length,
              ct_error *error);
/// x · wᵀ + b; `bias` may be null.
int ct_linear(ct_tensor *out, ct_tensor x, ct_tensor weight, ct_tensor bias, ct_error *error);
/// Mean cross-entropy of `[N, C]` logits with `[N]` int64 labels.
int ct_cross_entropy(ct_tensor *out, ct_tensor logits, ct_tensor labels, ct_error *error);
/// Rows whose largest logit is at the label, and the sum of their cross-entropies in float64.
int ct_evaluate(int64_t *correct, double *loss_sum, ct_tensor logits, ct_tensor labels,
                ct_error *error);
/// Q and R of a reduced QR decomposition.
int ct_qr(ct_tensor *q, ct_tensor *r, ct_tensor a, ct_error *error);
/// The singular values of a matrix of finite numbers, falling.
int ct_singular_values(ct_tensor *out, ct_tensor a, ct_error *error);

// MARK: Layers (layers.cpp)

/// Square convolution of `[N, in, H, W]` by `[out, in / groups, k, k]`; `bias` may be null.
int ct_convolution(ct_tensor *out, ct_tensor x, ct_tensor weight, ct_tensor bias, int64_t stride,
                   int64_t padding, int64_t groups, ct_error *error);
/// With statistics of the batch (`mean` and `variance`, where not null, are moved towards them), or with
/// these.
int ct_batch_norm(ct_tensor *out, ct_tensor x, ct_tensor scale, ct_tensor shift, ct_tensor mean,
                  ct_tensor variance, bool of_batch, double momentum, double epsilon,
                  ct_error *error);
/// Over dimension 1, of each example and position by itself.
int ct_layer_norm(ct_tensor *out, ct_tensor x, ct_tensor weight, ct_tensor bias, double epsilon,
                  ct_error *error);
/// Over the positions of each of `groups` groups of dimension 1, of each example by itself.
int ct_group_norm(ct_tensor *out, ct_tensor x, int64_t groups, ct_tensor weight, ct_tensor bias,
                  double epsilon, ct_error *error);
/// x · Φ(x), exactly.
int ct_gelu(ct_tensor *out, ct_tensor x, ct_error *error);
/// x · sigmoid(x).
int ct_silu(ct_tensor *out, ct_tensor x, ct_error *error);
int ct_sigmoid(ct_tensor *out, ct_tensor x, ct_error *error);
int ct_tanh(ct_tensor *out, ct_tensor x, ct_error *error);
int ct_max_pool(ct_tensor *out, ct_tensor x, int64_t kernel, int64_t stride, int64_t padding,
                ct_error *error);
int ct_average_pool(ct_tensor *out, ct_tensor x, int64_t kernel, int64_t stride, ct_error *error);
int ct_global_average_pool(ct_tensor *out, ct_tensor x, ct_error *error);
int ct_sign(ct_tensor *out, ct_tensor x, ct_error *error);

// MARK: Autograd (autograd.cpp)

int ct_set_requires_grad(ct_tensor tensor, bool requires_grad, ct_error *error);
/// Sets whether operations on this thread are recorded; returns the former setting.
bool ct_set_recording(bool recording);
/// d output / d inputs; with `create_graph` the gradients can be differentiated again.
int ct_gradients(ct_tensor *out, ct_tensor output, const ct_tensor *inputs, size_t count,
                 bool create_graph, ct_error *error);
/// Sum over outputs of vectorᵀ · d output / d inputs; the recording stays for further calls.
int ct_vector_jacobian(ct_tensor *out, const ct_tensor *outputs, const ct_tensor *vectors,
                       size_t output_count, const ct_tensor *inputs, size_t input_count,
                       ct_error *error);

// MARK: Steps of optimizers (steps.cpp)

/// Fails unless the gradient, the moments and the mask, which may be null, have the shape of `weight`, lie on its
/// device and are float32, the mask bytes.
int ct_require_step(ct_tensor weight, ct_tensor gradient, ct_tensor first_moment,
                    ct_tensor second_moment, ct_tensor mask, ct_error *error);

/// One step of stochastic gradient descent in place, on any device and memory. `velocity` may be null without
/// momentum; `mask` (bytes, 1 = kept) may be null. Pruned weights and velocities become exactly zero.
int ct_sgd_step(ct_tensor weight, ct_tensor gradient, ct_tensor velocity, ct_tensor mask,
                float learning_rate, float momentum, float weight_decay, bool nesterov,
                ct_error *error);

typedef struct {
  float learning_rate, beta1, beta2, epsilon, weight_decay;
  /// 1 − beta1^t and 1 − beta2^t of this step t = 1, 2, …
  float correction1, correction2;
  /// Weight decay on the weight instead of in the gradient (AdamW).
  bool decoupled;
} ct_adam;

/// The same for Adam.
int ct_adam_step(ct_tensor weight, ct_tensor gradient, ct_tensor first_moment,
                 ct_tensor second_moment, ct_tensor mask, ct_adam constants, ct_error *error);

#ifdef __cplusplus
}
#endif
#endif
