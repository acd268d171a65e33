import Recipes

extension Field {
  /// Reads `training: precision:` and checks `training: device:`.
  func precision() -> Precision? {
    // What is no mapping, and keys that are unknown, ``training(_:)`` notes.
    guard isMapping, let fields = fields(TrainingKey.self, beside: nil) else { return nil }
    if let field = fields[.device],
      let device = field.name("device", as: SuiteName.Device.self), device != .cpu
    {
      field.report(.unsupportedDevice(device.rawValue))
    }
    return fields[.precision]?.name("precision", as: Precision.self)
  }
}
