import Recipes

extension ReferencePage {
  /// The page of a criterion.
  init(_ criterion: Criterion) {
    let isCommand = !Criterion.names.contains(criterion.name)
    let stated = criterion.options(beside: criterion.completed([:])).compactMap(Self.stated)
    let use =
      isCommand
      ? "{criterion: {command: [\"python3\", \"my_scores.py\"]}}"
      : "{\((["criterion: \(criterion.name)"] + stated).joined(separator: ", "))}"
    self.init(
      sort: Self.criterion, name: criterion.name,
      summary: isCommand
        ? "Scores by a program of your own, in any language; what it scores higher is kept."
        : "Scores every weight; what scores higher is kept.",
      brief: criterion.formula,
      example: Self.suite(methods: "mine: \(use)", ablations: "[shuffle, reinitialize]"),
      sections: [
        ("Formula", "    s(w) = \(criterion.formula)"),
        ("Options", Self.options(criterion.options)), ("Defaults", Self.defaults(of: criterion)),
        ("Reference", criterion.source.prefix(1).uppercased() + criterion.source.dropFirst() + "."),
      ])
  }

  static let criterion = "criterion"

  /// An option at its default, as suites state it; `nil` where it has none.
  private static func stated(_ option: CheckedOption) -> String? {
    option.standard.map { "\(option.name): \($0.text)" }
  }

  /// What holds where a method states nothing else.
  private static func defaults(of criterion: Criterion) -> String {
    let reads =
      switch criterion.reads {
      case .nothing: "nothing"
      case .weights: "the weights alone"
      case .examples:
        "the weights and a scoring set, 10 training examples of every class (`examples-per-class:`)"
      }
    let mode =
      switch criterion.mode {
      case .none: "no network runs"
      case .usual(let mode): "\(mode.rawValue) (`batch-norm:`)"
      case .always(let mode): "\(mode.rawValue), always"
      }
    let schedule =
      switch criterion.schedule {
      case .oneShot: "one-shot"
      case .linear(let iterations): "{linear: \(iterations)}"
      case .exponential(let iterations): "{exponential: \(iterations)}"
      }
    let arithmetic =
      criterion.isInDoublePrecision ? "float64" : "the weights' own, or as the formula says"
    return [
      "Reads: \(reads).", "Batch norm's mode while scoring: \(mode).", "Arithmetic: \(arithmetic).",
      "Schedule: \(schedule) (`schedule:`).",
      criterion.scope == .row
        ? "Scope: each row, the weights of one output, by itself (`scope: row`)."
        : "Scope: all layers together (`scope: global`).",
    ].map { "- \($0)" }.joined(separator: "\n")
  }

  /// A suite of ablations on the digits that the toolkit carries.
  static func suite(methods: String, ablations: String) -> String {
    """
    analysis: ablation
    network: lenet-300-100
    dataset: digits
    replicates: 8
    training: {duration: 20ep, learning-rate: 0.1, batch-size: 64}
    densities: [0.8^3, 0.8^6]
    methods:
      random: random
      \(methods)
    ablations: \(ablations)
    statistics: {margin: 1.5}
    """
  }
}
