import Suites

/// Further keys of a dropout-stability suite.
enum DropoutStabilityKey: String, SuiteKey {
  case draws
  case pointsWithin = "points-within"
  case points
  case trainingExamples = "training-examples"
}
