package import Recipes

extension Field {
  /// Reads `training:`.
  package func training(_ dataset: DatasetSpecification?) -> TrainingSpecification? {
    guard let fields = trainingFields() else { return nil }
    let optimizer = optimizer(fields)
    let batchSize = fields[.batchSize]?.integer(1...(dataset?.trainCount ?? .max))
    let duration = fields.required(.duration, example: "duration: 8ep")?.duration()
    // The whole training split where that is smaller than a usual batch.
    let batch = batchSize ?? min(128, dataset?.trainCount ?? 128)
    let timeline = Timeline(
      stepsPerEpoch: dataset?.stepsPerEpoch(batchSize: batch), duration: duration)
    let schedule = LearningRateSchedule(
      warmup: fields[.warmup].flatMap { timeline.beforeEnd($0.step(), at: $0) } ?? .zero,
      shape: fields[.schedule]?.learningRateSchedule(timeline) ?? .constant)
    guard let optimizer, let duration else { return nil }
    return TrainingSpecification(
      optimizer: optimizer, schedule: schedule, batchSize: batch, duration: duration)
  }

  /// Reads a training's mapping: its own keys, and any optimizer's options.
  private func trainingFields() -> Fields<TrainingKey>? {
    fields(TrainingKey.self, beside: UpdateRule.options.map(\.name))
  }

  private func optimizer(_ fields: Fields<TrainingKey>) -> OptimizerSpecification? {
    fields[.optimizer]?.described(as: UpdateRule.self, options: fields.others)
      ?? described(.sgd, options: fields.others)
  }

  private func learningRateSchedule(_ timeline: Timeline) -> LearningRateSchedule.Shape? {
    guard
      let (name, options) = choice("learning-rate schedule", as: SuiteName.LearningRate.self)
    else { return nil }
    switch name {
    case .constant:
      options?.report(.inapplicable(owner: name.rawValue, remedy: "write `schedule: constant`"))
      return .constant
    case .cosine:
      let fields = options?.fields(CosineKey.self)
      return .cosine(
        final: fields?[.final]?.number("a number from 0 to 1") { $0 >= 0 && $0 <= 1 } ?? 0)
    case .linearDecay:
      let fields = options?.fields(LinearDecayKey.self)
      func part(_ key: LinearDecayKey, _ value: Double) -> Double {
        fields?[key]?.number("a number from 0 to 1") { $0 >= 0 && $0 <= 1 } ?? value
      }
      let (from, to) = (part(.from, 0.5), part(.to, 0.9))
      guard from < to else {
        (fields?[.to] ?? fields?[.from] ?? self).report(
          .unexpected(
            found: "a decay from \(from) to \(to) of training", expected: "`from` below `to`"))
        return nil
      }
      return .linearDecay(from: from, to: to, final: part(.final, 0.01))
    case .steps:
      guard let options else {
        report(
          .unexpected(
            found: "`steps`", expected: "its milestones too: {steps: {at: [4ep, 6ep], factor: 0.1}}"
          ))
        return nil
      }
      guard let fields = options.fields(MilestonesKey.self) else { return nil }
      let factor = fields[.factor]?.number("a number above 0") { $0 > 0 }
      let milestones = fields.required(.at, example: "at: [4ep, 6ep]")?
        .distinct("a list of steps, such as [4ep, 6ep]") { entry in
          timeline.beforeEnd(entry.duration(), at: entry)
        }
      guard let milestones else { return nil }
      return .steps(milestones: timeline.sorted(milestones), factor: factor ?? 0.1)
    }
  }
}

extension Field {
  /// Reads `training: precision:`.
  package func precision() -> Precision? {
    arithmetic?[.precision]?.name("precision", as: Precision.self)
  }

  /// Reads `training: device:`; whether there is such a device only the machine that runs knows.
  package func device() -> DeviceKind? {
    arithmetic?[.device]?.name("device", as: DeviceKind.self)
  }

  /// Notes a `precision:` that `network` cannot be computed in on `device`.
  package func checkPrecision(
    _ precision: Precision, on device: DeviceKind, of network: NetworkSpecification
  ) {
    guard case .custom(let layers) = network, precision != .float32, device == .cpu,
      let layer = layers.first(where: { !$0.hasProgram })
    else { return }
    arithmetic?[.precision]?.report(
      .inapplicable(
        owner:
          "networks with a \(layer.label)\(layer.kind == .convolution ? " in groups" : ""), which the CPU computes in float32 alone",
        remedy: "remove it, or write `device: cuda`"))
  }

  /// Reads `training: evaluate-every:`.
  package func evaluateEvery() -> Step? { arithmetic?[.evaluateEvery]?.duration() }

  /// What is no mapping, and keys that are unknown, ``training(_:)`` notes.
  private var arithmetic: Fields<TrainingKey>? {
    isMapping ? fields(TrainingKey.self, beside: nil) : nil
  }
}
