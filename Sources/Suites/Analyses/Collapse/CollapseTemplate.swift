extension SuiteTemplate {
  /// A collapse suite that reads no data.
  package static let collapse = """
    # A collapse suite: at which compression does a method empty a layer? No network is trained unless
    # a method says `mask-from`. Keys that every suite has are explained by `espalier new ablation`.

    analysis: collapse
    question: At which compression does a method empty a layer?
    seed: 1
    # Independent draws of the initialization.
    replicates: 3
    network: lenet-300-100
    # Shapes are enough for random, magnitude and synflow; other criteria need a dataset by name.
    dataset: {name: none, channels: 1, height: 28, width: 28, classes: 10}
    # Magnitude pruning is compared with its closed form where weights are normal or uniform.
    initializer: kaiming-normal
    # Needed where a method scores trained weights (`mask-from: last`), as in an ablation suite:
    # training: {duration: 8ep}

    # Needed. A list such as [1, 10, 100], {powers-of-two: 16} for 1, 2, ..., 2^16, or
    # {powers-of-ten: {to: 5, step: 0.25}}, whose densities are rounded to twelve decimals.
    compressions: {powers-of-two: 16}

    # Needed. Names are yours. Keys as in an ablation suite, without those of training on.
    methods:
      random: random
      magnitude: magnitude
      synflow: {criterion: synflow, schedule: {exponential: 100}}

    # Random rankings drawn for the distribution of random pruning's critical compression.
    draws: 10000

    """
}
