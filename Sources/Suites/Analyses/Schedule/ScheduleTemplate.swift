extension SuiteTemplate {
  /// A schedule suite that reads no data.
  package static let schedule = """
    # A schedule suite: does SynFlow prune less than a cut in every iteration? Keys that every suite has
    # are explained by `espalier new ablation`; no network is trained.

    analysis: schedule
    question: Which schedules of SynFlow prune less than a cut in every iteration?
    seed: 1
    replicates: 1
    network: lenet-300-100
    dataset: {name: none, channels: 1, height: 28, width: 28, classes: 10}
    initializer: kaiming-normal

    # The families of schedules, both by default.
    schedules: [linear, exponential]
    # Compressions are 10^e; densities are rounded to twelve decimals.
    exponents: [0, 0.5, 1, 1.5, 2, 2.5, 3]
    # Iterations of each schedule.
    iterations: [1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]

    """
}
