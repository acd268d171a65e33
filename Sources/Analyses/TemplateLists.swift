import Recipes
import Suites

/// What descriptors say, in templates: a comment `# {criteria}` becomes the list of criteria in comments, and so on;
/// `# {controls}` becomes the keys of a lottery's controls.
enum TemplateLists {
  /// `template` with its lists.
  static func filled(_ template: String) -> String {
    template.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
      let start = line.prefix { $0 == " " }
      guard let list = lists[String(line.dropFirst(start.count))] else { return [String(line)] }
      return list().map { "\(start)\($0)" }
    }.joined(separator: "\n")
  }

  private static let lists: [String: @Sendable () -> [String]] = [
    "# {criteria}": { comments(Criterion.all.flatMap(entry)) },
    "# {optimizers}": { comments(UpdateRule.all.flatMap(entry)) },
    "# {datasets}": { comments(DatasetKind.all.flatMap(entry)) },
    "# {ablations}": { comments(Ablation.ofMethods.map { column($0.name) + $0.act }) },
    "# {ablations of masks}": {
      comments(
        Ablation.ofMethods.filter { $0.inverts || $0.changesMask }
          .map { column($0.name) + $0.act })
    },
    "# {layers}": { comments(LayerKind.all.map(layer)) },
    "# {controls}": { Ablation.ofTickets.flatMap(control) },
  ]

  private static func comments(_ lines: [String]) -> [String] { lines.map { "#   \($0)" } }

  /// What a control does, and below it its key with its default.
  private static func control(_ ablation: Ablation) -> [String] {
    let draws = LotteryControls.papers.draws[ablation] ?? 0
    let act = ablation.act.prefix(1).uppercased() + ablation.act.dropFirst()
    return [
      "# \(act)" + (ablation.hasDraws ? ": so many draws of it." : "."),
      "\(ablation.name): " + (ablation.hasDraws ? "\(draws)" : "\(draws > 0)"),
    ]
  }

  /// A descriptor with what it is and where it comes from, below it its options with their defaults.
  private static func entry<Kind: Descriptor>(_ kind: Kind) -> [String] {
    guard Kind.names.contains(kind.name) else { return [] }
    return ["\(column(kind.name))\(kind.words) (\(kind.source))"]
      + kind.options.map { option in
        "  " + column("\(option.name): \(shown(option))") + option.help
      }
  }

  private static func column(_ text: String) -> String {
    text + String(repeating: " ", count: max(1, 20 - text.count))
  }

  /// The default as YAML, or a value to write where there is none.
  private static func shown(_ option: CheckedOption) -> String {
    let text = option.standard?.text ?? ""
    return text.isEmpty ? option.example : text
  }

  /// A layer with values of its options: their defaults where they have any.
  private static func layer(_ kind: LayerKind) -> String {
    let options = kind.examples.map { "\($0): \($1.text)" }
    let branches = kind.branches.map { $0.example ?? "\($0.name): []" }
    let stated = (options + branches).joined(separator: ", ")
    return stated.isEmpty ? "- \(kind.name)" : "- \(kind.name): {\(stated)}"
  }
}
