extension SuiteTemplate {
  /// An alignment suite on the embedded digits.
  package static let alignment = """
    # An alignment suite: is the barrier between two independently trained networks real, or do their
    # hidden units only stand in another order? One network's units are relabelled to match the other's
    # (weight matching), and the line between them is walked before and after. Keys that every suite has
    # are explained by `espalier new ablation`.

    analysis: alignment
    question: Does weight matching lower the barrier between independently trained networks?
    seed: 1
    # Pairs of networks, each with initializations and orders of its own.
    replicates: 5
    network: lenet-300-100
    dataset: digits
    initializer: kaiming-normal
    training: {duration: 20ep}

    # Ascents of the matching, the first from the units as they are, others from random orders; the best
    # one is kept.
    attempts: 1
    # Points on every line, evenly spaced, both ends included.
    points: 30
    # Training error is measured on so many training examples, always the same: 10000 by default, or all
    # where there are fewer; 0 for none.
    training-examples: 1296
    # For networks with batch norm. Its statistics between two networks: interpolate those of the
    # ends, or recompute them on `statistics-examples` training examples (5000 by default), which
    # aligned networks need; both by default.
    # batch-norm: [interpolate, recompute]
    # statistics-examples: 1296

    """
}
