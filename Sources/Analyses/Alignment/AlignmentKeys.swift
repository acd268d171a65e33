import Suites

/// Further keys of an alignment suite.
enum AlignmentKey: String, SuiteKey {
  case attempts, points
  case trainingExamples = "training-examples"
  case batchNorm = "batch-norm"
  case statisticsExamples = "statistics-examples"
}
