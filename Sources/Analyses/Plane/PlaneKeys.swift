import Suites

/// Further keys of a plane suite.
enum PlaneKey: String, SuiteKey {
  case networks, side, margin
  case trainingExamples = "training-examples"
  case batchNorm = "batch-norm"
  case statisticsExamples = "statistics-examples"
}
