import Recipes
import Suites

/// What descriptors say, in the comments of templates: a comment `# {criteria}` becomes the list of criteria, and so on.
enum TemplateLists {
  /// `template` with its lists.
  static func filled(_ template: String) -> String {
    template.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
      let start = line.prefix { $0 == " " }
      guard let list = lists[String(line.dropFirst(start.count))] else { return [String(line)] }
      return list().map { "\(start)#   \($0)" }
    }.joined(separator: "\n")
  }

  private static let lists: [String: @Sendable () -> [String]] = [
    "# {criteria}": { Criterion.all.flatMap(entry) },
    "# {optimizers}": { UpdateRule.all.flatMap(entry) },
    "# {datasets}": { DatasetKind.all.flatMap(entry) },
    "# {ablations}": { Ablation.ofMethods.map { column($0.name) + $0.act } },
  ]

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
    switch option.standard {
    case .number(let number):
      number == number.rounded() && number < 1e6 ? "\(Int(number))" : "\(number)"
    case .integer(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .name(let name): name
    case .command, .folder, nil: option.example
    }
  }
}
