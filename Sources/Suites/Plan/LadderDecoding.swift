import Foundation
package import Recipes
import Wording

/// Keys of a ladder of tickets.
package enum LadderKey: String, SuiteKey {
  case levels, rate
  case outputRate = "output-rate"
  case scope, criterion, exclude, schedule
  case dataOrder = "data-order"
}

extension SuiteName {
  /// What a ladder's `scope:` may name.
  enum LadderScope: String, CaseIterable {
    case global
    case layerWise = "layer-wise"
  }
}

extension Field {
  /// Reads a ladder's keys from this mapping; `others` are keys that are read elsewhere.
  package func ladder(_ frame: SuiteFrame, beside others: [String]? = []) -> LotteryLadder? {
    guard let fields = fields(LadderKey.self, beside: others) else { return nil }
    let levels = fields[.levels].map { $0.integer(1...100) } ?? 15
    let kept = fields[.rate].map { $0.keptFraction() } ?? Density("0.8")
    let keptInOutput = fields[.outputRate].map { $0.keptFraction() }
    let excluded = fields[.exclude].map { $0.excluded(frame) } ?? []
    let ranking =
      fields[.criterion].map { $0.levelRanking(frame) }
      ?? RankingSpecification(
        criterion: CriterionSpecification(.magnitude), scoring: .unread(.eval), scope: .global,
        schedule: .oneShot, excluded: [])
    let scope = fields[.scope].map { $0.name("scope", as: SuiteName.LadderScope.self) } ?? .global
    let schedule =
      fields[.schedule].map { $0.name("schedule", as: LotteryLadder.Schedule.self) } ?? .iterative
    let order =
      fields[.dataOrder].map { $0.name("data order", as: LotteryLadder.DataOrder.self) }
      ?? .repeated
    if keptInOutput != nil, let output = frame.problem?.outputLayer,
      excluded?.contains(output) == true
    {
      fields[.outputRate]?.report(
        .inapplicable(owner: "an output layer that is left whole", remedy: "remove it"))
    }
    guard let levels, let kept, let excluded, let ranking, let scope, let schedule, let order else {
      return nil
    }
    if case .some(.none) = keptInOutput { return nil }
    for (key, fraction) in [(LadderKey.rate, kept), (.outputRate, (keptInOutput ?? nil) ?? kept)]
    where fraction.raised(to: levels) == nil {
      (fields[.levels] ?? fields[key] ?? self).report(
        .unexpected(
          found:
            "\(Format.count(levels, "level")) at a `\(key.rawValue)` that leaves less than 10⁻¹²",
          expected: "fewer levels"))
      return nil
    }
    return LotteryLadder(
      levels: levels, kept: kept, keptInOutput: keptInOutput ?? nil,
      ranking: RankingSpecification(
        criterion: ranking.criterion, scoring: ranking.scoring, scope: scope.scope,
        schedule: .oneShot, excluded: excluded), schedule: schedule, dataOrder: order)
  }

  /// Reads `all`, or some of a ladder's densities; without a ladder only their form is checked.
  package func densities(of ladder: LotteryLadder?) -> [Density]? {
    densities(
      among: ladder?.densities ?? [], "the ladder's densities, such as [0.8^3, 0.8^15]"
    ) { entry, density in
      .unreachableDensity(
        entry.scalar ?? density.description, nearest: ladder?.nearest(to: density) ?? [])
    }
  }

  /// Reads `all`, or some of `known`; where none are known only their form is checked.
  ///
  /// - Parameters:
  ///   - expected: what they are, after `some of`.
  ///   - fault: what is wrong with an entry whose density is not among them.
  package func densities(
    among known: [Density], _ expected: String, otherwise fault: (Field, Density) -> SuiteFault
  ) -> [Density]? {
    if scalar == SuiteName.all { return known }
    return nonEmpty("`all`, or some of \(expected)") { entry in
      guard let density = entry.density() else { return nil }
      if let own = known.isEmpty ? density : known.first(where: density.isNear) { return own }
      entry.report(fault(entry, density))
      return nil
    }
  }

  /// Reads a fraction that is pruned and returns the one that is kept.
  private func keptFraction() -> Density? {
    parsed("a fraction above 0 and below 1, such as 20% or 1/5") { Density($0)?.complement }
  }

  /// Reads a criterion's name, or a mapping of a method's keys that describe its scores.
  private func levelRanking(_ frame: SuiteFrame) -> RankingSpecification? {
    guard isMapping else { return ranking(nil, frame) }
    guard let fields = methodFields() else { return nil }
    let scores: [MethodKey] = [.criterion, .examplesPerClass, .examples, .batchSize, .batchNorm]
    fields.reject(
      MethodKey.allCases.filter { !scores.contains($0) }, for: "the scores of a ladder's levels")
    return ranking(fields, frame)
  }
}

extension LotteryLadder {
  /// The two of the ladder's densities nearest to `density` by their ratio, as `0.8^5` (32.8 %).
  package func nearest(to density: Density) -> [String] {
    let distance = { (level: Int) in abs(log(self.density(ofLevel: level).value / density.value)) }
    return (1...levels).sorted { distance($0) < distance($1) }.prefix(2).sorted().map {
      "`\(kept)^\($0)` (\(Format.percent(self.density(ofLevel: $0).value)))"
    }
  }
}

extension SuiteName.LadderScope {
  /// The scope of this name.
  fileprivate var scope: Scope {
    switch self {
    case .global: .global
    case .layerWise: .layerwise
    }
  }
}
