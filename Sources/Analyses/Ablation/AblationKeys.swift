import Suites

/// Further keys of an ablation suite.
enum AblationKey: String, SuiteKey {
  case densities, methods, ablations, dense, statistics
}
