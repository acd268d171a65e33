extension SuiteTemplate {
  /// A conservation suite along training on the embedded digits.
  package static let conservation = """
    # A conservation suite: are scores conserved from layer to layer, and through hidden units? Keys
    # that every suite has are explained by `espalier new ablation`.

    analysis: conservation
    question: Which scores are conserved from layer to layer?
    seed: 1
    replicates: 3
    network: lenet-300-100
    # {name: none, channels: 1, height: 28, width: 28, classes: 10} is enough for random, magnitude and
    # synflow at initialization.
    dataset: digits
    initializer: kaiming-normal
    # Needed where `steps` names trained weights.
    training: {duration: 8ep}

    # Needed. Names are yours. Keys of a criterion and its scoring set, as in an ablation suite.
    methods:
      random: random
      magnitude: magnitude
      snip: snip
      grasp: grasp
      synflow: synflow

    # The steps of training whose weights are scored: [0it] by default.
    steps: [0it, 1ep, 2ep, 4ep, last]
    # Also total the scores into and out of every hidden unit, where the network does not branch.
    units: true

    """
}
