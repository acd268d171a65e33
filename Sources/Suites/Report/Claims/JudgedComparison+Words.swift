import Recipes
package import Reports
package import Statistics
import Wording

extension JudgedComparison {
  private var metric: Metric { verdicts.first?.cell.metric ?? .accuracy }

  /// The verdicts in a cell of a table.
  package var brief: Markdown.Text {
    var parts: [Markdown.Text] = []
    if let last = maintained.last {
      let place = maintained.count == 1 ? "at" : "down to"
      parts.append(
        "\(strong: comparison.sameness.verb) \(place) \(Format.percent(last.cell.density.value))")
    }
    for change in DensityVerdict.Change.allCases {
      let found = changed(change)
      if !found.isEmpty {
        parts.append("\(strong: change.rawValue)\(metric.rating(change)) at \(found.words)")
      }
    }
    let failed = verdicts.filter { $0.cell.block == .failed }
    if !failed.isEmpty { parts.append("failed runs at \(failed.words)") }
    let equal = verdicts.filter { $0.cell.block == .withoutSpread }
    if !equal.isEmpty { parts.append("no spread at \(equal.words)") }
    let missing = verdicts.filter { $0.cell.block == .missing && $0.change == nil }
    if !missing.isEmpty { parts.append("runs missing at \(missing.words)") }
    let unseen = verdicts.filter { $0.seen == 0 }
    if !unseen.isEmpty { parts.append("not looked at yet at \(unseen.words)") }
    if verdicts.contains(where: \.isUndecided) {
      parts.append(parts.isEmpty ? "undecided" : "undecided elsewhere")
    }
    if parts.isEmpty { parts.append("nothing to change at \(comparison.idle.words)") }
    return parts.dropFirst().reduce(parts[0]) { $0 + "; " + $1 }
  }

  /// The verdicts in sentences.
  package func sentences(margin: Double) -> [Markdown.Text] {
    let margin = metric.amount(Format.significant(margin))
    let sameness = comparison.sameness
    var sentences: [Markdown.Text] = []
    if let first = maintained.first, let last = maintained.last {
      let place =
        maintained.count == 1
        ? "at \(Format.percent(first.cell.density.value))"
        : "at every tested density from \(Format.percent(first.cell.density.value)) to "
          + Format.percent(last.cell.density.value)
      sentences.append(
        """
        \(strong: sameness.verb.capitalized + " " + place): mean \(metric.name) \(sameness.change) by less than \
        \(margin) (\(Self.soundness(maintained))).
        """)
    }
    for change in DensityVerdict.Change.allCases {
      let found = changed(change)
      guard !found.isEmpty else { continue }
      let amounts = found.map { verdict in
        "at \(Format.percent(verdict.cell.density.value)), by \(verdict.amount)"
          + (verdict.isMaintained ? sameness.reservation(change, margin) : "")
          + (verdict.isBeyondMargin ? ", more than \(margin)" : "")
          + verdict.place(of: .difference, .beyondMargin)
          + (verdict.isSkewed ? " (skewed: \(verdict.signTest))" : "")
      }
      let word = change.rawValue.prefix(1).uppercased() + change.rawValue.dropFirst()
      sentences.append(
        "\(strong: word)\(metric.rating(change)) \(amounts.joined(separator: "; ")).")
    }
    let undecided = verdicts.filter(\.isUndecided)
    if !undecided.isEmpty {
      let differences = undecided.map {
        "at \(Format.percent($0.cell.density.value)), \($0.cell.difference)"
      }
      sentences.append(
        """
        Undecided after \(Self.runs(undecided)), neither \(sameness.noun) nor difference \
        shown\(metric.unit.map { ", in \($0)" } ?? ""): \
        \(differences.joined(separator: "; ")).
        """)
    }
    let unseen = verdicts.filter { $0.seen == 0 }
    if !unseen.isEmpty {
      sentences.append(
        "Not looked at yet at \(unseen.words): \(Self.runs(unseen)) are fewer than the first look has."
      )
    }
    sentences += verdicts.filter { $0.seen > 0 || $0.cell.block == .failed }.compactMap {
      $0.cell.obstacle(comparison)
    }
    .map { Markdown.Text($0) }
    let later = verdicts.filter { $0.laterPairs > 0 }
    if !later.isEmpty {
      sentences.append(
        "Later runs, which decide nothing: \(later.map(\.later).joined(separator: "; ")).")
    }
    if !comparison.idle.isEmpty {
      sentences.append(
        """
        Left out at \(comparison.idle.words), where nothing can change: every layer is full or empty, or \
        both arms are the same trainings.
        """)
    }
    let fragile = verdicts.filter(\.isFragile)
    if !fragile.isEmpty {
      sentences.append(
        "At \(fragile.words) the claim is about this test set: it would not survive new test examples."
      )
    }
    return sentences
  }

  /// How many replicates these rest on.
  private static func runs(_ verdicts: [DensityVerdict]) -> String {
    let counts = verdicts.map(\.cell.pairs.count)
    let (fewest, most) = (counts.min() ?? 0, counts.max() ?? 0)
    return fewest == most ? Format.count(most, "run") : "\(fewest) to \(Format.count(most, "run"))"
  }

  /// At which looks sameness was shown; nothing in designs of one look.
  private static func looks(_ verdicts: [DensityVerdict]) -> String {
    let looks = verdicts.compactMap { $0.looks[.equivalence] }
    guard let first = looks.min(), let last = looks.max() else { return "" }
    return first == last ? "; look \(first)" : "; looks \(first) to \(last)"
  }

  /// How many runs a claim of sameness rests on, and how often they may fail unseen.
  private static func soundness(_ verdicts: [DensityVerdict]) -> String {
    guard let fewest = verdicts.map(\.cell.pairs.count).min(),
      let bound = try? FailureRate(failures: 0, runs: fewest).interval(level: 0.95).upper
    else { return "" }
    return
      "\(runs(verdicts)), none collapsed; failure rate up to \(Format.percent(bound, significant: 2))"
      + looks(verdicts)
  }
}

extension Metric {
  /// Whether a change is for the better, told where that is not what the word says already.
  package func rating(_ change: DensityVerdict.Change) -> String {
    switch (better, change) {
    case (.higher, _): ""
    case (.lower, .lowered): " (better)"
    case (.lower, .raised): " (worse)"
    }
  }
}

extension Sameness {
  /// What the treated arm does, or its metric is.
  package var verb: String { self == .noWorse ? "matches" : "maintained" }
  /// What is shown.
  package var noun: String { self == .noWorse ? "match" : "sameness" }
  /// The name of its p-values.
  package var test: String { self == .noWorse ? "match p" : "TOST p" }
  /// What accuracy then does by less than the margin.
  var change: String { self == .noWorse ? "drops" : "changes" }

  /// What is to be said of a difference that is shown and lies within the margin too.
  func reservation(_ change: DensityVerdict.Change, _ margin: String) -> String {
    switch (self, change) {
    case (.withinMargin, _), (.noWorse, .lowered): ", yet within \(margin)"
    case (.noWorse, .raised): ""
    }
  }
}

extension [DensityVerdict] {
  /// Their densities.
  package var words: String { map(\.cell.density).words }
}

extension DensityVerdict {
  /// How far the mean moved in the direction of the change, with the descriptive interval of that.
  var amount: String {
    guard let mean = cell.mean, let interval = cell.comparison?.interval else {
      return Format.missing
    }
    let digits = cell.metric.digits
    guard (mean < 0) == (change == .lowered) else {
      return "an amount whose sign has turned since (\(cell.difference))"
    }
    let (lower, upper) =
      change == .lowered
      ? (-interval.upper, -interval.lower) : (interval.lower, interval.upper)
    return cell.metric.amount(Format.number(abs(mean), digits: digits)) + " "
      + Format.interval(lower, upper, digits: digits)
  }

  /// What all runs say where more came after the decision.
  var later: String {
    let failed = all.pairs.dropFirst(cell.pairs.count).count {
      $0.treated.hasFailed || $0.control.hasFailed
    }
    return
      "at \(Format.percent(cell.density.value)), \(all.difference) over \(Format.count(all.pairs.count, "pair"))"
      + (failed == 0 ? "" : ", \(Format.count(failed)) of the later ones with a failed run")
  }

  /// The look that showed claims of which the first is shown, behind a sentence; nothing in designs of one look.
  func place(of claim: Claim, _ further: Claim) -> String {
    guard let first = looks[claim] else { return "" }
    guard let second = looks[further], second != first else { return " (look \(first))" }
    return " (look \(first), the margin at look \(second))"
  }

  /// What is shown, or why nothing can be.
  package func shown(_ sameness: Sameness) -> String {
    func words(_ claim: Claim, _ word: String) -> String {
      word + (looks[claim].map { " at look \($0)" } ?? "")
    }
    let claims = [
      isMaintained ? words(.equivalence, sameness.verb) : nil,
      change.map { words(.difference, $0.rawValue) },
      isBeyondMargin ? words(.beyondMargin, "beyond the margin") : nil,
    ].compactMap { $0 }
    guard claims.isEmpty else {
      return claims.joined(separator: ", ") + (isFragile ? " †" : "")
    }
    return switch cell.block {
    case .missing: "runs missing"
    case .failed: "failed runs"
    case .withoutSpread: "no spread"
    case nil: Format.missing
    }
  }

  /// Whether a t-test may err by several times its level.
  var isSkewed: Bool { cell.comparison?.skewness?.isLarge == true }

  /// The sign test that stands beside.
  var signTest: String {
    guard let test = cell.comparison?.signTest else { return "" }
    return "sign test \(Format.statement(ofP: test.pValue)), at least "
      + Format.pValue(test.smallestAttainablePValue)
  }
}

extension ComparisonCell {
  /// The mean difference with its descriptive interval.
  package var difference: String {
    mean.map { Format.difference($0, comparison?.interval, digits: metric.digits) }
      ?? Format.missing
  }

  /// Why sameness cannot be claimed; `nil` where it may be.
  func obstacle(_ comparison: some ComparedArms) -> String? {
    switch block {
    case .failed: failure(comparison)
    case .withoutSpread:
      "No spread at \(Format.percent(density.value)): all \(pairs.count) runs of either arm have the same "
        + "\(metric.name), as networks have that give all examples one class; no claim of "
        + "\(comparison.sameness.noun), nor of a difference."
    case .missing:
      "Runs are missing at \(Format.percent(density.value)): \(pairs.count) of "
        + Format.count(pairs.count + missing.count, "replicate")
        + " have both arms; no claim of \(comparison.sameness.noun)."
    case nil: nil
    }
  }

  /// Which runs of which arm failed, and how.
  private func failure(_ comparison: some ComparedArms) -> String? {
    let (treated, control) = (pairs.map(\.treated.failure), pairs.map(\.control.failure))
    let words = comparison.words
    let parts = RunFailure.allCases.compactMap { failure -> String? in
      let counts = [treated, control].map { $0.count { $0 == failure } }
      guard counts.contains(where: { $0 > 0 }) else { return nil }
      let cut = pairs.count { $0.treated.failure == failure && $0.treated.isDisconnected }
      return "\(counts[0]) of \(pairs.count) \(words.treated) runs \(failure.words)"
        + (cut > 0 ? " (\(cut) disconnected), " : ", ")
        + "\(counts[1] == 0 ? "none" : "\(counts[1])") of \(pairs.count) \(words.control) ones"
    }
    guard !parts.isEmpty else { return nil }
    let test = try? McNemarTest(
      treated: treated.map { $0 != nil }, control: control.map { $0 != nil })
    let rates = [treated, control].compactMap { failures -> String? in
      guard
        let rate = try? FailureRate(failures: failures.count { $0 != nil }, runs: failures.count),
        let interval = try? rate.interval(level: 0.95)
      else { return nil }
      return "\(Format.percent(interval.lower, significant: 2)) to "
        + Format.percent(interval.upper, significant: 2)
    }
    return "Failed runs at \(Format.percent(density.value)): \(parts.joined(separator: "; ")) "
      + "(failure rates \(rates.joined(separator: " and "))"
      + (test.map { ", McNemar \(Format.statement(ofP: $0.pValue))" } ?? "")
      + "); no claim of \(comparison.sameness.noun)" + (isVoid ? ", nor of a difference." : ".")
  }
}
