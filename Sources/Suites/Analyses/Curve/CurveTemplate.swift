extension SuiteTemplate {
  /// A curve suite on the embedded digits.
  package static let curve = """
    # A curve suite: is there a path of low error between two trained networks where the straight segment
    # has none? Keys that every suite has are explained by `espalier new ablation`.

    analysis: curve
    question: Are two trained networks joined by a path of low error?
    seed: 1
    # Independent pairs of networks.
    replicates: 3
    network: lenet-300-100
    dataset: digits
    initializer: kaiming-normal
    training: {duration: 20ep}

    # independent: two initializations and orders of the data. Or {children-of: 2ep}: two copies of one
    # network after that step, trained on under orders of their own.
    ends: independent

    # Needed. Names are yours. A Bezier curve or a chain of straight segments, with so many bends.
    curves:
      bezier: {bezier: 1}
      chain: {chain: 1}

    # Needed. How bends are trained: the keys of `training:` without `precision`, `device` and
    # `evaluate-every`. Each batch draws one point of the curve; weight decay acts on that point.
    curve-training:
      duration: 40ep
      learning-rate: 0.05
      momentum: 0.9
      weight-decay: 0.0005
      schedule: {linear-decay: {from: 0.5, to: 0.9, final: 0.01}}

    # Points on every path, evenly spaced, both ends included.
    points: 61
    # Training error is measured on so many training examples, always the same: 10000 by default, or all
    # where there are fewer; 0 for none.
    training-examples: 1296
    # For networks with batch norm. Its statistics at the points: recompute them on `statistics-examples`
    # training examples (5000 by default), or interpolate those of the ends and bends; the first alone by
    # default.
    # batch-norm: [interpolate, recompute]
    # statistics-examples: 1296
    # Also tell the ensembles of the start with every point, and of start, middle and end.
    ensembles: true
    # A map of the plane through both ends and the bend, for curves with one bend, in the first replicate:
    # `side` x `side` points, reaching beyond the three by `margin` of their extent. `true` for these
    # values; none by default.
    plane: {side: 21, margin: 0.2}
    # Points of error above the worse end that a path may reach and still connect.
    connected-below: 2

    # Sparse networks beside the dense ones, found by these methods at these densities. Keys as in an
    # ablation suite, without those of training on: subnetworks train from initialization, or from the
    # step at which children part.
    densities: [20%]
    methods:
      magnitude after training: {criterion: magnitude, mask-from: last}
    # shared: both ends have the first network's mask, and curves stay in that subnetwork. own: each has
    # its own, and curves stay in their union.
    masks: shared

    """
}
