/// The keys that one mapping of a suite may have: every spelling is written here and nowhere else.
package protocol SuiteKey: Spelled, Hashable, Sendable {}

extension SuiteKey {
  /// The spellings of all.
  package static var names: [String] { allCases.map(\.rawValue) }
}

/// Keys that suites of every analysis have.
package enum SharedKey: String, SuiteKey {
  case analysis, question, seed, replicates, network, dataset, initializer, training, keep
  case engine
}

/// Keys below `engine:`.
enum EngineKey: String, SuiteKey {
  case command, timeout, processes
  case dependsOn = "depends-on"
}

/// What `keep:` may list: files that no other work reads, which are thrown away unless the suite says otherwise.
enum KeptFiles: String, Spelled {
  case weights
}

/// Keys below `replicates:`, where it is no number.
enum LooksKey: String, SuiteKey {
  case looks, until, spending
}

/// Keys below `network:`.
enum NetworkKey: String, SuiteKey {
  case layers
}

/// Keys below `dataset:`, beside the dataset's options.
enum DatasetKey: String, SuiteKey {
  case name, validation, normalization, augmentation
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

/// Keys below `training:`, beside its optimizer's options.
package enum TrainingKey: String, SuiteKey {
  case optimizer
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

/// Keys below a method's name, beside its criterion's options.
package enum MethodKey: String, SuiteKey {
  case criterion, masks, rename
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
  case margin, alpha, split, family
  case primaryDensities = "primary-densities"
}
