import Suites

/// Further keys of an instability suite.
enum InstabilityKey: String, SuiteKey {
  case steps, orders, points, densities, ladder, methods
  case trainingExamples = "training-examples"
  case batchNorm = "batch-norm"
  case statisticsExamples = "statistics-examples"
  case stableBelow = "stable-below"
}
