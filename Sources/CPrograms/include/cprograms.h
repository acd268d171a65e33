/// Networks as lists of operations: training gradients, logits and synaptic flow without a graph, on the CPU.
#ifndef CPROGRAMS_H
#define CPROGRAMS_H

#include "ctorch.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Mean cross-entropy of a fully connected ReLU network, and its gradients, without a list of operations
/// (dense.cpp). `parameters` and `gradients` hold weight and bias of each layer in turn; `outputs` and
/// `deltas` are `[rows or more, units]` float32 buffers, one per layer (no delta for the last).
int cp_dense_gradients(float *loss, const ct_tensor *parameters, const ct_tensor *gradients,
                       const ct_tensor *outputs, const ct_tensor *deltas, size_t layers,
                       ct_tensor inputs, ct_tensor labels, ct_error *error);

// MARK: Lists of operations

typedef enum {
  CP_CONVOLUTION = 0,
  CP_BATCH_NORM = 1,
  CP_RELU = 2,
  CP_MAX_POOL = 3,
  /// Padding counts as zeros, as in PyTorch.
  CP_AVERAGE_POOL = 4,
  CP_GLOBAL_AVERAGE_POOL = 5,
  CP_FLATTEN = 6,
  CP_LINEAR = 7,
  CP_ADD = 8,
  /// Row and column `kernel` are repeated `stride` and `padding` times more. Synaptic flow alone has it.
  CP_REPEAT = 9,
  /// How many there are.
  CP_KINDS
} cp_op_kind;

/// One operation. Values are numbered from 0, the input; every other value is the output of exactly one
/// operation before its first use, and the last operation's output is the logits. Tensors (parameters
/// and batch norm's buffers) are positions in the lists given to the functions below, -1 for none.
typedef struct {
  cp_op_kind kind;
  /// The second one is -1 but for an addition.
  int32_t inputs[2];
  int32_t output;
  int32_t weight, bias, mean, variance, batches;
  int32_t kernel, stride, padding;
} cp_op;

typedef struct cp_program_s *cp_program;

int cp_program_create(cp_program *out, const cp_op *ops, size_t count, ct_error *error);
void cp_program_free(cp_program program);

// MARK: Training and inference (training.cpp, inference.cpp)

/// Mean cross-entropy in training mode, written to `loss`, and its gradients, written to `gradients`
/// (null for buffers, and for those not wanted). Float32; parameters best channels-last. Batch norm uses the
/// batch's statistics and updates the running ones in place with momentum 0.1 (epsilon 1e-5).
/// The inputs' type decides the arithmetic: with bfloat16 ones, activations, their gradients and the
/// factors of convolutions and linear operations are bfloat16 (weights rounded once per call); tensors,
/// batch norm's statistics, loss and `gradients` stay float32.
int cp_program_gradients(float *loss, cp_program program, const ct_tensor *tensors,
                         const ct_tensor *gradients, size_t count, ct_tensor inputs,
                         ct_tensor labels, ct_error *error);

/// Logits `[N, classes]`, float32, by the running statistics; the inputs' type decides as above.
int cp_program_logits(ct_tensor *out, cp_program program, const ct_tensor *tensors, size_t count,
                      ct_tensor inputs, ct_error *error);

// MARK: Synaptic flow (flow.cpp)

/// Synaptic flow: a program with lists of the magnitudes of its kept weights.
typedef struct cp_flow_s *cp_flow;

/// Weights of convolutions and linear operations are float32; none is kept at first.
int cp_flow_create(cp_flow *out, cp_program program, const ct_tensor *tensors, size_t count,
                   ct_error *error);
void cp_flow_free(cp_flow flow);

/// Lists the elements of weight `index` where `kept` is 1 and not 0; all of them where it is null.
int cp_flow_take(cp_flow flow, size_t index, const uint8_t *kept, size_t size, ct_error *error);

/// Computes SynFlow's |w · ∂R/∂w| of every kept weight in float64 and writes R to `output`, the summed
/// output for one all-ones example `[1, channels, height, width]` of the network with absolute
/// parameters, batch norm the identity with running mean 0 and variance 1.
int cp_flow_run(double *output, cp_flow flow, int64_t channels, int64_t height, int64_t width,
                ct_error *error);

/// The scores of weight `index`, `[kept]`, in an order of the flow's; the next run writes over them.
int cp_flow_scores(ct_tensor *out, cp_flow flow, size_t index, ct_error *error);

/// The same where their elements are in the weight, in its shape, zero where pruned.
int cp_flow_spread_scores(ct_tensor *out, cp_flow flow, size_t index, ct_error *error);

/// Drops those elements of weight `index` whose scores' keys (CKernels) are below `threshold`. Of
/// those that equal it the first `equal_left` in the weight stay, which is counted down; INT64_MAX keeps
/// all and saves looking for them. The scores are gone.
int cp_flow_keep(cp_flow flow, size_t index, bool complemented, uint64_t threshold,
                 int64_t *equal_left, ct_error *error);

/// How many elements of weight `index` are kept.
int cp_flow_count(size_t *count, cp_flow flow, size_t index, ct_error *error);

/// Writes to `kept` which elements of weight `index` are.
int cp_flow_mark(cp_flow flow, size_t index, uint8_t *kept, size_t size, ct_error *error);

#ifdef __cplusplus
}
#endif
#endif
