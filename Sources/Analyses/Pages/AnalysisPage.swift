import Suites

extension ReferencePage {
  /// The page of an analysis.
  init<A: Analysis>(_: A.Type) {
    let about = A.about
    self.init(
      sort: Self.analysis, name: about.name, summary: about.question,
      brief: about.question, example: A.template.trimmed,
      sections: [
        ("Formula", "    \(about.measure)"),
        (
          "Options",
          about.keys.map { "- `\($0):`" }.joined(separator: "\n")
            + "\n\nand those of every suite. All are explained in the example below, with their defaults."
        ),
        ("Defaults", Self.defaults(of: A.self)), ("Reference", about.source + "."),
      ])
  }

  static let analysis = "analysis"

  private static func defaults<A: Analysis>(of _: A.Type) -> String {
    [
      A.about.needs.contains(.training)
        ? "Trains networks." : "Trains networks only where its suite says so.",
      A.about.needs.contains(.replicates)
        ? "Its answer is an estimate over \(Suite.usualReplicates) replicates unless the suite states others."
        : "Its answer is what was computed; no test stands behind it unless the report says so.",
      A.decides
        ? "May run until decided: `replicates: {looks: [5, 8, 12, 20], until: decided}`."
        : "Has one look: `until: decided` does not apply.",
    ].map { "- \($0)" }.joined(separator: "\n")
  }
}

extension String {
  /// Without empty lines at its end.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last?.isNewline == true { text = text.dropLast() }
    return String(text)
  }
}
