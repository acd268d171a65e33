extension SuiteTemplate {
  /// A lottery suite on the embedded digits.
  package static let lottery = """
    # A lottery suite: iterative pruning with rewinding, level by level, against the dense network and
    # controls. Keys that every suite has are explained by `espalier new ablation`. Lines that may be
    # left out show their default, unless they say otherwise.

    analysis: lottery
    question: Does the ticket match the dense network, and do its controls?
    seed: 1
    replicates: 5
    # Needed.
    network: lenet-300-100
    # Needed. Validation examples find the early-stopping step.
    dataset: {name: digits, validation: 144}
    initializer: glorot-normal
    # Needed. Every level is trained with it; `evaluate-every` is the grid of early-stopping steps.
    training: {optimizer: adam, learning-rate: 0.0012, batch-size: 60, duration: 20ep}

    # The step k whose weights every level trains on from, learning rate and batch norm's statistics
    # included: 0it is initialization. A list such as [0it, 40it] climbs one ladder for each.
    rewind: 0it
    # Levels below the dense network.
    levels: 15
    # Fraction of the weights that are left which every level prunes: 20%, 0.2, 1/5. Level l keeps
    # N - floor((1 - 0.8^l) N) of the N original weights.
    rate: 20%
    # The same of the output layer, which is then ranked by itself. No default: without it the output
    # layer is ranked as the others are.
    output-rate: 10%
    # Rank all layers together (global) or each by itself (layer-wise).
    scope: global
    # Scores of the weights at the end of the level before: a criterion's name, or its options as a
    # method has them, such as {criterion: snip, examples-per-class: 10}.
    criterion: magnitude
    # Prunable tensors to leave whole, by name.
    exclude: []
    # iterative, or one-shot: every density straight from the dense network's scores.
    schedule: iterative
    # repeated: every level sees the examples in the dense network's order from step k on. fresh: the
    # order is drawn for every level.
    data-order: repeated

    # What tickets stand against. The short form is a list, such as [random, reinitialize], which is
    # the default.
    controls:
      # A random mask of the same densities, weights at k.
      random: true
      # The ticket's mask permuted within each layer, weights at k.
      shuffle: false
      # So many fresh networks under the ticket's mask, trained from step 0.
      reinitialize: 1
      # The ticket's mask, weights at k of the next replicate's dense network.
      other-seed: false
      # The densities at which controls are run: all, or a list of the ladder's, such as
      # [0.8^3, 0.8^15].
      densities: all

    # Tickets trained on another dataset too, from the weights at k, beside its own dense network. The
    # network's tensors must have the same shapes on it. No default.
    # transfer: {dataset: {name: gaussian-mixture, classes: 10, dimension: 64, train: 1500, test: 500}}

    # Fixed before the run. A ticket matches where its accuracy is shown to drop by less than the
    # margin.
    statistics:
      # Accuracy points, 0.2 by default. One of the 357 test digits is 0.28 points, so take more here.
      margin: 1
      # Level of each one-sided test.
      alpha: 0.05
      # The split that decides: test or validation.
      split: test
      # The densities whose verdicts are corrected for their number, and over which differences from
      # controls are averaged: all, or a list of the ladder's.
      primary-densities: all

    """
}
