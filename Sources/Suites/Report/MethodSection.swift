import Recipes
import Reports

/// How a method finds its masks, in words.
package struct MethodWords: Hashable, Codable, Sendable {
  /// The method's name.
  package let name: String
  let criterion, ranked, schedule, scoredOn, batchNorm, maskFrom, weightsFrom: String

  /// What `method` does.
  package init(_ method: Method) {
    name = method.name
    weightsFrom = Self.words(method.continuation)
    guard case .ranking(let ranking, let maskFrom) = method.source else {
      criterion = "masks from files"
      (ranked, schedule, scoredOn) = (Format.missing, Format.missing, Format.missing)
      (batchNorm, self.maskFrom) = (Format.missing, Format.missing)
      return
    }
    criterion = ranking.criterion.words
    ranked = Self.ranked(ranking)
    schedule = Self.words(ranking.schedule)
    scoredOn = ranking.criterion.readsData ? Self.words(ranking.scoring) : Format.missing
    let runsNetwork = ranking.criterion.defaultMode != nil
    batchNorm = runsNetwork ? ranking.scoring.mode.rawValue : Format.missing
    self.maskFrom = Self.words(maskFrom)
  }

  private static func ranked(_ ranking: RankingSpecification) -> String {
    let scope =
      switch ranking.scope {
      case .global: "all layers together"
      case .layerwise: "within layers, uniform density"
      case .erdosRenyi: "within layers, Erdős–Rényi density"
      case .erdosRenyiKernel: "within layers, Erdős–Rényi-Kernel density"
      }
    return ranking.excluded.isEmpty ? scope : "\(scope), without \(ranking.excluded.sentence)"
  }

  private static func words(_ schedule: PruningSchedule) -> String {
    switch schedule {
    case .oneShot: "one shot"
    case .linear(let iterations): "\(Format.count(iterations, "iteration")), linear"
    case .exponential(let iterations): "\(Format.count(iterations, "iteration")), exponential"
    }
  }

  private static func words(_ scoring: ScoringSpecification) -> String {
    let examples =
      switch scoring.examples {
      case .perClass(let count): "\(Format.count(count, "example")) per class"
      case .total(let count): Format.count(count, "example")
      }
    return "\(examples), batches of up to \(scoring.batchSize)"
  }

  private static func words(_ continuation: Continuation) -> String {
    switch continuation.length {
    case .fineTuning(let duration): "\(words(continuation.weights)), fine-tuned for \(duration)"
    case .schedule(let from):
      continuation.weights == .step(from)
        ? words(continuation.weights)
        : "\(words(continuation.weights)), schedule from \(words(.step(from)))"
    }
  }

  private static func words(_ point: TrainingPoint) -> String {
    switch point {
    case .step(let step): step == .zero ? "initialization" : "step \(step)"
    case .last: "the end of training"
    }
  }
}

extension ReportSection {
  /// How each method finds its masks: criterion, ranking, schedule, scoring set, batch norm's mode.
  static func methods(_ methods: [MethodWords]) -> ReportSection {
    var table = Markdown.Table(
      [
        "method", "criterion", "ranked", "schedule", "scored on", "batch norm", "mask from",
        "weights from",
      ].map { .text($0) })
    for method in methods {
      table.append(
        [
          method.name, method.criterion, method.ranked, method.schedule, method.scoredOn,
          method.batchNorm, method.maskFrom, method.weightsFrom,
        ].map { Markdown.Text($0) })
    }
    return ReportSection(blocks: [
      .heading(2, "Methods"),
      .paragraph(
        """
        Batch norm's mode is that while scoring: statistics of the batch (train), running statistics \
        (eval), or mean 0 and variance 1 (identity); \(Format.missing) where scoring runs no network.
        """),
      .table(table),
    ])
  }
}

extension CriterionSpecification {
  /// The criterion and its options, as reports tell them.
  var words: String {
    switch self {
    case .random: "random scores"
    case .magnitude: "|w|"
    case .gradient: "|∂L/∂w|"
    case .gradientMagnitude: "|w · ∂L/∂w|"
    case .taylorFO: "(w · ∂L/∂w)² per batch"
    case .snip(let reading): "SNIP, \(reading.rawValue)"
    case .grasp(let temperature, let absolute):
      "GraSP, temperature \(Format.significant(temperature))\(absolute ? ", absolute" : "")"
    case .obd(let diagonal, let absolute):
      "OBD, \(diagonal.words)\(absolute ? ", absolute" : "")"
    case .synflow: "SynFlow"
    case .command(let command): "command \(command.arguments.joined(separator: " "))"
    }
  }
}

extension HessianDiagonal {
  fileprivate var words: String {
    switch self {
    case .exact: "exact diagonal"
    case .hutchinson(let probes, let exactUpTo):
      "diagonal from \(Format.count(probes, "Hutchinson probe"))"
        + (exactUpTo == 0 ? "" : ", tensors up to \(Format.count(exactUpTo, "weight")) exactly")
    }
  }
}
