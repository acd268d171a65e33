import Suites

/// Further keys of a curve suite.
enum CurveKey: String, MeasurementKey {
  case ends, curves, points, ensembles, plane, densities, methods, masks
  case curveTraining = "curve-training"
  case trainingExamples = "training-examples"
  case batchNorm = "batch-norm"
  case statisticsExamples = "statistics-examples"
  case connectedBelow = "connected-below"
}

/// Keys below a curve suite's `plane:`.
enum PlaneGridKey: String, SuiteKey {
  case side, margin
}

extension SuiteName {
  /// What a curve may be.
  enum CurveShape: String, CaseIterable {
    case bezier, chain
  }
}
