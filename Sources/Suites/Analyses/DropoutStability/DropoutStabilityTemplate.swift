extension SuiteTemplate {
  /// A dropout-stability suite on the embedded digits.
  package static let dropoutStability = """
    # A dropout-stability suite: how much does the loss rise as half of each hidden layer is dropped,
    # and does the path through half-width networks, which that rise bounds, join two independently
    # trained networks? Plain ReLU networks without batch norm or shortcuts only. Keys that every suite
    # has are explained by `espalier new ablation`.

    analysis: dropout-stability
    question: Are independently trained networks joined by a path through networks of half their width?
    seed: 1
    # Pairs of networks, each with initializations and orders of its own.
    replicates: 3
    network: lenet-300-100
    dataset: digits
    initializer: kaiming-normal
    training: {duration: 20ep}

    # In each hidden layer, from the top one down, so many random halves compete with the half of the
    # largest norms; the one of the least training loss is kept.
    draws: 20
    # Points between every two knots of the path.
    points-within: 4
    # Points of the straight segment that the path stands against, both ends included.
    points: 30
    # Training examples that measure ε and the losses on the path, always the same: 10000 by default, or
    # all where there are fewer.
    training-examples: 1296

    """
}
