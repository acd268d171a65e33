import Recipes

extension ReferencePage {
  /// The page of an ablation.
  init(_ ablation: Ablation) {
    self.init(
      sort: Self.ablation, name: ablation.name,
      summary: "It \(ablation.act); everything else stays as the method has it.",
      brief: ablation.act,
      example: ablation.isOfMethods
        ? Self.suite(methods: "SNIP: snip", ablations: "[\(ablation.name)]")
        : Self.lottery(ablation),
      sections: [
        ("Formula", "    \(ablation.formula)"), ("Options", Self.options(ablation.options)),
        ("Defaults", Self.defaults(of: ablation)), ("Reference", ablation.source + "."),
      ])
  }

  static let ablation = "ablation"

  private static func defaults(of ablation: Ablation) -> String {
    let stage =
      switch ablation.stage {
      case .ranking: "the ranking: it takes scores, so masks made elsewhere cannot have it"
      case .scores: "the scores, before any mask is made"
      case .mask: "the finished mask"
      case .start: "the weights that training starts from"
      case .training: "the arithmetic of training; scores and masks stay"
      }
    let owners = [
      ablation.isOfMethods ? "methods (`ablations: [\(ablation.name)]`)" : nil,
      ablation.isOfTickets ? "tickets (`controls: {\(ablation.name): …}` in a lottery suite)" : nil,
    ].compactMap { $0 }.joined(separator: " and ")
    let audit =
      ablation.audit.isEmpty
      ? "pruned weights must be exactly zero after the last step, as in every run" : ablation.audit
    return [
      "Acts on \(stage).", "May be stated of \(owners).",
      "Drawn once for each replicate"
        + (ablation.hasDraws ? "; more draws may be asked for." : "."),
      "Audited in every run: \(audit).",
    ].map { "- \($0)" }.joined(separator: "\n")
  }

  private static func lottery(_ ablation: Ablation) -> String {
    """
    analysis: lottery
    network: lenet-300-100
    dataset: digits
    replicates: 8
    training: {duration: 20ep, learning-rate: 0.1, batch-size: 64}
    levels: 5
    rewind: [0it, 2ep]
    controls: {\(ablation.name): \(ablation.hasDraws ? "1" : "true")}
    statistics: {margin: 1.5}
    """
  }
}
