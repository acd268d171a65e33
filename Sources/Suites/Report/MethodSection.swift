package import Recipes
import Reports
import Wording

/// How a method finds its masks, in words.
package struct MethodWords: Hashable, Codable, Sendable {
  /// The method's name.
  package let name: String
  /// What scores weights, over what they are ranked and in how many steps, on which examples, in which mode of batch
  /// norm, and the weights that are scored and trained on.
  package let criterion, ranked, schedule, scoredOn, batchNorm, maskFrom, weightsFrom: String

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
    let kind = ranking.criterion.descriptor
    criterion = ranking.criterion.words
    ranked = Self.ranked(ranking)
    schedule = Self.words(ranking.schedule)
    scoredOn = kind.readsData ? Self.words(ranking.scoring) : Format.missing
    batchNorm = kind.mode.standard == nil ? Format.missing : ranking.scoring.mode.rawValue
    self.maskFrom = Self.words(maskFrom)
  }

  private static func ranked(_ ranking: RankingSpecification) -> String {
    let scope =
      switch ranking.scope {
      case .global: "all layers together"
      case .layerwise: "within layers, uniform density"
      case .erdosRenyi: "within layers, Erdős–Rényi density"
      case .erdosRenyiKernel: "within layers, Erdős–Rényi-Kernel density"
      case .row: "within rows, uniform density"
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
  package static func methods(_ methods: [MethodWords]) -> ReportSection {
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
    return ReportSection(
      "Methods",
      .paragraph(
        """
        Batch norm's mode is that while scoring: statistics of the batch (train), running statistics \
        (eval), or mean 0 and variance 1 (identity); \(Format.missing) where scoring runs no network.
        """),
      .table(table))
  }
}

extension Described {
  /// What it is and its options, as reports tell them.
  package var words: String {
    ([descriptor.words] + descriptor.options.compactMap { $0.told(options[$0.name]) })
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }
}

extension CheckedOption {
  /// What reports say of this option where it is `value`; `nil` for nothing.
  fileprivate func told(_ value: OptionValue?) -> String? {
    guard let words, let value else { return nil }
    switch value {
    case .flag(let isSet): return isSet ? words : nil
    case .number(let number):
      // Whole: it may be 0.9999.
      return words.replacing("{}", with: Format.significant(number, digits: 12))
    case .name(let name): return words.replacing("{}", with: name)
    case .command(let command):
      return words.replacing("{}", with: command.arguments.joined(separator: " "))
    case .integer(let count):
      return count == 0
        ? nil : words.replacing(/{(.*)}/) { Format.count(count, String($0.1)) }
    case .folder, .examples: return nil
    }
  }
}
