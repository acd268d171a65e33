/// The keys that one mapping of a suite may have: every spelling is written here and nowhere else.
protocol SuiteKey: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}

/// Keys that suites of every analysis have.
enum SharedKey: String, SuiteKey {
  case analysis, question, seed, replicates, network, dataset, initializer, training
}

/// Keys below `network:`.
enum NetworkKey: String, SuiteKey {
  case layers
}

/// Keys below `conv:`.
enum ConvolutionKey: String, SuiteKey {
  case outputs, kernel, stride, padding, bias, name
}

/// Keys below `batch-norm:`.
enum BatchNormKey: String, SuiteKey {
  case name
}

/// Keys below `max-pool:` and `average-pool:`.
enum PoolKey: String, SuiteKey {
  case kernel, stride, padding
}

/// Keys below `linear:`.
enum LinearKey: String, SuiteKey {
  case outputs, bias, name
}

/// Keys below `residual:`.
enum ResidualKey: String, SuiteKey {
  case body, shortcut
}

/// Keys of a ladder of tickets.
enum LadderKey: String, SuiteKey {
  case levels, rate
  case outputRate = "output-rate"
  case scope, criterion, exclude, schedule
  case dataOrder = "data-order"
}

/// Keys below `dataset:`; the second line belongs to synthetic data, the third,
/// with `classes`, to `none`.
enum DatasetKey: String, SuiteKey {
  case name, validation, normalization, augmentation, folder
  case classes, dimension, train, test, separation, seed
  case channels, height, width
}

/// Keys below `dataset: normalization:`.
enum NormalizationKey: String, SuiteKey {
  case fullScale = "full-scale"
  case mean
  case standardDeviation = "standard-deviation"
}

/// Keys below `dataset: augmentation:`.
enum AugmentationKey: String, SuiteKey {
  case flip, crop
}

/// Keys below `initializer:`.
enum InitializerKey: String, SuiteKey {
  case weights, biases
  case scales = "batch-norm"
}

/// Keys below `training:`.
enum TrainingKey: String, SuiteKey {
  case optimizer
  case learningRate = "learning-rate"
  case momentum, nesterov
  case weightDecay = "weight-decay"
  case beta1, beta2, epsilon
  case batchSize = "batch-size"
  case duration, schedule, warmup
  case evaluateEvery = "evaluate-every"
  case precision, device
}

/// Keys below `training: schedule: cosine:`.
enum CosineKey: String, SuiteKey {
  case final
}

/// Keys below `training: schedule: linear-decay:`.
enum LinearDecayKey: String, SuiteKey {
  case from, to, final
}

/// Keys below `training: schedule: steps:`.
enum MilestonesKey: String, SuiteKey {
  case at, factor
}

/// Keys below a method's name.
enum MethodKey: String, SuiteKey {
  case criterion, masks
  case reading, temperature, absolute, probes, exact
  case exactUpTo = "exact-up-to"
  case examplesPerClass = "examples-per-class"
  case examples
  case batchSize = "batch-size"
  case batchNorm = "batch-norm"
  case scope, schedule, exclude
  case maskFrom = "mask-from"
  case continueFrom = "continue-from"
  case scheduleFrom = "schedule-from"
  case fineTune = "fine-tune"
  case ablations
}

/// Keys below `criterion:` where it is a command.
enum CommandKey: String, SuiteKey {
  case command, timeout
  case dependsOn = "depends-on"
}

/// Keys below `statistics:`.
enum StatisticsKey: String, SuiteKey {
  case margin, alpha, split
  case primaryDensities = "primary-densities"
}
