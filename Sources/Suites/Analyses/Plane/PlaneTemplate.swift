extension SuiteTemplate {
  /// A plane suite on the embedded digits.
  package static let plane = """
    # A plane suite: what lies between three trained networks? Keys that every suite has are explained by
    # `espalier new ablation`.

    analysis: plane
    question: What lies between three trained networks?
    seed: 1
    # Independent threesomes, each with a map of its own.
    replicates: 1
    network: lenet-300-100
    dataset: digits
    initializer: kaiming-normal
    training: {duration: 20ep}

    # independent: three initializations and orders of the data. Or {children-of: 2ep}: three copies of one
    # network after that step, trained on under orders of their own.
    networks: independent
    # Points along each axis, and how far the map reaches beyond the networks, as a part of their extent.
    side: 21
    margin: 0.2
    # Train loss is measured on so many training examples, always the same: 10000 by default, or all where
    # there are fewer; 0 for none.
    training-examples: 1296
    # For networks with batch norm. Its statistics at the points: recompute them on `statistics-examples`
    # training examples (5000 by default), or interpolate those of the networks.
    # batch-norm: recompute
    # statistics-examples: 1296

    """
}
