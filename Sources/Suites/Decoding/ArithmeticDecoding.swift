package import Recipes

extension Field {
  /// Reads `training: precision:`.
  package func precision() -> Precision? {
    arithmetic?[.precision]?.name("precision", as: Precision.self)
  }

  /// Reads `training: device:`; whether there is such a device only the machine that runs knows.
  package func device() -> DeviceKind? {
    arithmetic?[.device]?.name("device", as: DeviceKind.self)
  }

  /// Reads `training: evaluate-every:`.
  package func evaluateEvery() -> Step? { arithmetic?[.evaluateEvery]?.duration() }

  /// What is no mapping, and keys that are unknown, ``training(_:)`` notes.
  private var arithmetic: Fields<TrainingKey>? {
    isMapping ? fields(TrainingKey.self, beside: nil) : nil
  }
}
