// Checks a program and fuses what lies between its convolutions.
#include "operations.hpp"

using namespace espalier;

namespace {

void check_tensor(cp_program_s &program, int32_t position, bool needed, const cp_op &op,
                  const char *role) {
  TORCH_CHECK(position >= 0 || !needed, operation(op.kind).name, " needs ", role);
  if (position >= 0)
    program.tensors = std::max(program.tensors, static_cast<size_t>(position) + 1);
}

void check_op(cp_program_s &program, cp_op &op, std::vector<int> &producers, int place) {
  TORCH_CHECK(is_known(op.kind), "operation ", place, " is of no known kind");
  const Operation &kind = operation(op.kind);
  if (kind.inputs < 2) op.inputs[1] = -1;
  for (int side = 0; side < kind.inputs; ++side)
    TORCH_CHECK(op.inputs[side] >= 0 && op.inputs[side] < static_cast<int>(producers.size()) &&
                    (op.inputs[side] == 0 || producers[op.inputs[side]] >= 0),
                "operation ", place, ", ", kind.name, ", reads value ", op.inputs[side],
                " that no earlier operation writes");
  TORCH_CHECK(op.output > 0 && op.output < static_cast<int>(producers.size()) &&
                  producers[op.output] < 0,
              "operation ", place, ", ", kind.name, ", writes value ", op.output,
              ", which must be one of 1 to ", producers.size() - 1, " written nowhere else");
  producers[op.output] = place;
  check_tensor(program, op.weight, kind.weighs, op, "a weight");
  check_tensor(program, op.bias, false, op, "a bias");
  check_tensor(program, op.mean, kind.normalizes, op, "a running mean");
  check_tensor(program, op.variance, kind.normalizes, op, "a running variance");
  check_tensor(program, op.batches, false, op, "a count of batches");
  if (kind.has_windows)
    TORCH_CHECK(op.kernel > 0 && op.stride > 0 && op.padding >= 0, kind.name,
                " with kernel ", op.kernel, ", stride ", op.stride, ", padding ", op.padding);
}

/// The elementwise run that ends in `ops[place]`; marks the operations it takes over.
Node fused(const cp_program_s &program, const std::vector<int> &uses,
           const std::vector<int> &producers, std::vector<bool> &taken, int place) {
  const std::vector<cp_op> &ops = program.ops;
  const cp_op *op = &ops[place];
  Node node;
  node.pointwise = true;
  node.op = op;
  node.y = op->output;
  const auto only_read_here = [&](int32_t value, cp_op_kind kind) -> const cp_op * {
    const int producer = producers[value];
    if (producer < 0 || uses[value] != 1 || ops[producer].kind != kind || taken[producer])
      return nullptr;
    return &ops[producer];
  };
  const auto take = [&](const cp_op *other) { taken[other - ops.data()] = true; };
  node.x = op->inputs[0];
  if (op->kind == CP_RELU) {
    node.relu = true;
    if (const cp_op *sum = only_read_here(node.x, CP_ADD)) {
      take(sum);
      op = sum;
    } else if (const cp_op *norm = only_read_here(node.x, CP_BATCH_NORM)) {
      take(norm);
      op = norm;
    }
  }
  if (op->kind == CP_ADD) {
    node.x = op->inputs[0];
    node.residual = op->inputs[1];
    for (int side = 0; side < 2 && !node.norm; ++side)
      if (const cp_op *norm = only_read_here(op->inputs[side], CP_BATCH_NORM)) {
        take(norm);
        node.norm = norm;
        node.residual = op->inputs[1 - side];
      }
  } else if (op->kind == CP_BATCH_NORM) {
    node.norm = op;
  }
  if (node.norm) node.x = node.norm->inputs[0];
  return node;
}

void plan(cp_program_s &program, const std::vector<int> &producers) {
  std::vector<int> uses(producers.size(), 0);
  for (const cp_op &op : program.ops)
    for (int32_t value : op.inputs)
      if (value >= 0) ++uses[value];
  ++uses[program.logits];
  std::vector<bool> taken(program.ops.size(), false);
  // From the end, so that a run is seen whole; its node stands where its last operation stood.
  std::vector<Node> reversed;
  for (int place = static_cast<int>(program.ops.size()); place-- > 0;) {
    if (taken[place]) continue;
    const cp_op &op = program.ops[place];
    if (op.kind == CP_BATCH_NORM || op.kind == CP_RELU || op.kind == CP_ADD) {
      reversed.push_back(fused(program, uses, producers, taken, place));
    } else {
      Node node;
      node.op = &op;
      node.x = op.inputs[0];
      node.y = op.output;
      reversed.push_back(node);
    }
  }
  program.nodes.assign(reversed.rbegin(), reversed.rend());
  program.reads.assign(producers.size(), 0);
  for (const Node &node : program.nodes) {
    ++program.reads[node.x];
    if (node.residual >= 0) ++program.reads[node.residual];
  }
  ++program.reads[program.logits];
  for (Node &node : program.nodes) {
    if (!node.pointwise || producers[node.x] < 0 || program.reads[node.x] != 1) continue;
    const cp_op_kind source = program.ops[producers[node.x]].kind;
    // Flatten may share memory with a value that is read elsewhere.
    node.evaluates_in_place = source != CP_FLATTEN;
    node.in_place = !node.norm && operation(source).weighs;
  }
}

}  // namespace

int cp_program_create(cp_program *out, const cp_op *ops, size_t count, ct_error *error) {
  return guarded(error, [&] {
    TORCH_CHECK(count > 0, "a program needs an operation");
    auto program = std::make_unique<cp_program_s>();
    program->ops.assign(ops, ops + count);
    std::vector<int> producers(count + 1, -1);
    for (size_t place = 0; place < count; ++place)
      check_op(*program, program->ops[place], producers, static_cast<int>(place));
    program->logits = program->ops.back().output;
    plan(*program, producers);
    *out = program.release();
    live_handles.fetch_add(1, std::memory_order_relaxed);
  });
}

void cp_program_free(cp_program program) {
  delete program;
  live_handles.fetch_sub(1, std::memory_order_relaxed);
}
