import Suites

/// Further keys of a conservation suite.
enum ConservationKey: String, SuiteKey {
  case methods, steps, units
}
