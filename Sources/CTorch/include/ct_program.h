/// Networks given as flat programs: training gradients, logits and synaptic flow without a graph.
#ifndef CT_PROGRAM_H
#define CT_PROGRAM_H

#include "ctorch.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  CT_CONVOLUTION = 0,
  CT_BATCH_NORM = 1,
  CT_RELU = 2,
  CT_MAX_POOL = 3,
  /// Padding counts as zeros, as in PyTorch.
  CT_AVERAGE_POOL = 4,
  CT_GLOBAL_AVERAGE_POOL = 5,
  CT_FLATTEN = 6,
  CT_LINEAR = 7,
  CT_ADD = 8,
  /// Row and column `kernel` are repeated `stride` and `padding` times more. Synaptic flow alone has it.
  CT_REPEAT = 9
} ct_op_kind;

/// One operation. Values are numbered from 0, the input; every other value is the output of exactly one
/// operation before its first use, and the last operation's output is the logits. Tensors (parameters
/// and batch norm's buffers) are positions in the lists given to the functions below, -1 for none.
typedef struct {
  ct_op_kind kind;
  /// The second one is -1 but for an addition.
  int32_t inputs[2];
  int32_t output;
  int32_t weight, bias, mean, variance, batches;
  int32_t kernel, stride, padding;
} ct_op;

typedef struct ct_program_s *ct_program;

int ct_program_create(ct_program *out, const ct_op *ops, size_t count, ct_error *error);
void ct_program_free(ct_program program);

/// Mean cross-entropy in training mode, written to `loss`, and its gradients, written to `gradients`
/// (null for buffers, and for those not wanted). Float32; parameters best channels-last. Batch norm uses the
/// batch's statistics and updates the running ones in place with momentum 0.1 (epsilon 1e-5).
/// The inputs' type decides the arithmetic: with bfloat16 ones, activations, their gradients and the
/// factors of convolutions and linear operations are bfloat16 (weights rounded once per call); tensors,
/// batch norm's statistics, loss and `gradients` stay float32.
int ct_program_gradients(float *loss, ct_program program, const ct_tensor *tensors,
                         const ct_tensor *gradients, size_t count, ct_tensor inputs,
                         ct_tensor labels, ct_error *error);

/// Logits `[N, classes]`, float32, by the running statistics; the inputs' type decides as above.
int ct_program_logits(ct_tensor *out, ct_program program, const ct_tensor *tensors, size_t count,
                      ct_tensor inputs, ct_error *error);

/// Synaptic flow: a program with lists of the magnitudes of its kept weights.
typedef struct ct_flow_s *ct_flow;

/// Weights of convolutions and linear operations are float32; none is kept at first.
int ct_flow_create(ct_flow *out, ct_program program, const ct_tensor *tensors, size_t count,
                   ct_error *error);
void ct_flow_free(ct_flow flow);

/// Lists the elements of weight `index` where `kept` is 1 and not 0; all of them where it is null.
int ct_flow_take(ct_flow flow, size_t index, const uint8_t *kept, size_t size, ct_error *error);

/// Computes SynFlow's |w · ∂R/∂w| of every kept weight in float64 and writes R to `output`, the summed
/// output for one all-ones example `[1, channels, height, width]` of the network with absolute
/// parameters, batch norm the identity with running mean 0 and variance 1.
int ct_flow_run(double *output, ct_flow flow, int64_t channels, int64_t height, int64_t width,
                ct_error *error);

/// The scores of weight `index`, `[kept]`, in an order of the flow's; the next run writes over them.
int ct_flow_scores(ct_tensor *out, ct_flow flow, size_t index, ct_error *error);

/// The same where their elements are in the weight, in its shape, zero where pruned.
int ct_flow_spread_scores(ct_tensor *out, ct_flow flow, size_t index, ct_error *error);

/// Drops those elements of weight `index` whose scores' keys (ct_selection.h) are below `threshold`. Of
/// those that equal it the first `equal_left` in the weight stay, which is counted down; INT64_MAX keeps
/// all and saves looking for them. The scores are gone.
int ct_flow_keep(ct_flow flow, size_t index, bool complemented, uint64_t threshold,
                 int64_t *equal_left, ct_error *error);

/// How many elements of weight `index` are kept.
int ct_flow_count(size_t *count, ct_flow flow, size_t index, ct_error *error);

/// Writes to `kept` which elements of weight `index` are.
int ct_flow_mark(ct_flow flow, size_t index, uint8_t *kept, size_t size, ct_error *error);

#ifdef __cplusplus
}
#endif
#endif
