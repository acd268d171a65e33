package import Recipes

/// Ablations that act together, or none: the method itself.
package struct AblationCombination: Hashable, Sendable {
  /// The ablations in the order in which they act, each once.
  package let ablations: [Ablation]

  /// The method itself.
  package static let none = AblationCombination([])

  /// A combination; the order given does not matter.
  package init(_ ablations: Set<Ablation>) {
    self.ablations = Ablation.all.filter(ablations.contains)
  }

  /// Whether `ablation` takes part.
  package func contains(_ ablation: Ablation) -> Bool { ablations.contains(ablation) }

  /// What training starts from in place of the network's own weights; `nil` for these.
  package var start: Ablation.Start? {
    ablations.lazy.compactMap { if case .start(let start) = $0.stage { start } else { nil } }.first
  }

  /// The arithmetic that training computes in, `usual` unless an ablation says otherwise.
  package func precision(_ usual: Precision) -> Precision {
    ablations.reduce(usual) {
      if case .training(let precision) = $1.stage { precision } else { $0 }
    }
  }

  /// Which end of a ranking by `scope` is kept.
  package func selection(_ scope: Scope) -> Selection {
    ablations.reduce(.highest) { if case .ranking(let end) = $1.stage { end(scope) } else { $0 } }
  }

  /// The part that inverts.
  package var inversion: AblationCombination {
    AblationCombination(Set(ablations.filter(\.inverts)))
  }

  /// Names joined by `+`; `none` for the method itself.
  package var name: String {
    ablations.isEmpty ? "none" : ablations.map(\.name).joined(separator: " + ")
  }
}

extension Field {
  /// Reads a list of combinations of ablations.
  package func combinations() -> [AblationCombination]? {
    distinct("a list of ablations, such as [shuffle, reinitialize]") { $0.combination() }
  }

  private func ablation() -> Ablation? {
    name(Ablation.sort, among: Ablation.ofMethods.map(\.name)).flatMap(Ablation.named)
  }

  /// Reads an ablation, or a list of some that act together.
  package func combination() -> AblationCombination? {
    guard isList else {
      return ablation().map { AblationCombination([$0]) }
    }
    guard let ablations = distinct("ablations", read: { $0.ablation() }),
      !ablations.isEmpty
    else {
      report(.unexpected(found: "an empty list", expected: "ablations that act together"))
      return nil
    }
    guard ablations.count(where: \.inverts) < 2 else {
      report(.invertsTwice)
      return nil
    }
    return AblationCombination(Set(ablations))
  }
}
