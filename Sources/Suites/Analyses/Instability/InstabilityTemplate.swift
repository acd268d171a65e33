extension SuiteTemplate {
  /// An instability suite on the embedded digits.
  package static let instability = """
    # An instability suite: copies of a network after k steps are trained to the end under different
    # orders of the data. Does the error rise on the segment between them? Keys that every suite has are
    # explained by `espalier new ablation`.

    analysis: instability
    question: From which step on is training stable to the noise of its data order?
    seed: 1
    # Independent initializations, each with a parent of its own; intervals are over them.
    replicates: 5
    network: lenet-300-100
    dataset: digits
    initializer: kaiming-normal
    training: {duration: 20ep}

    # Needed. The steps k at which copies part from the parent; each before the end of training.
    steps: [0it, 1ep, 4ep]
    # Copies of every parent, 2 or more; all pairs of them are joined by segments.
    orders: 3
    # Points on every segment, evenly spaced, both ends included.
    points: 30
    # Training error is measured on so many training examples, always the same: 10000 by default, or all
    # where there are fewer; 0 for none.
    training-examples: 1296
    # For networks with batch norm. Its statistics between two networks: interpolate those of the ends,
    # or recompute them on `statistics-examples` training examples (5000 by default); both by default.
    # batch-norm: [interpolate, recompute]
    # statistics-examples: 1296
    # Points of error below which a network is stable.
    stable-below: 2

    # Sparse subnetworks beside the dense network, by a ladder or methods or both, at these densities;
    # copies then train under the mask.
    densities: [0.8^3]
    # Tickets of iterative magnitude pruning, each rewound to the step at which copies part: keys as in
    # `espalier new lottery`, whose densities are all that the list above may hold.
    ladder: {levels: 3, rate: 20%}
    # Methods that find one mask for all steps: keys as in an ablation suite, without those of training
    # on.
    methods:
      random: random
      magnitude after training: {criterion: magnitude, mask-from: last}

    """
}
