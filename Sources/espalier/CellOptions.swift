import ArgumentParser
import Laboratory
import Recipes
import Suites
import Wording

/// Which runs of a suite are meant.
struct CellOptions: ParsableArguments {
  @Option(help: "The suite's name of a method; may be repeated. Default: all.")
  var method: [String] = []

  @Option(
    help:
      "An ablation, several that act together joined by +, none for the method itself; may be repeated. Default: all."
  )
  var ablation: [String] = []

  @Option(help: "A fraction kept: 0.1, 10%, 1/8, 0.8^6; may be repeated. Default: all.")
  var density: [Density] = []

  @Option(help: "The number of a replicate, from 1; may be repeated. Default: all.")
  var replicate: [Int] = []

  /// Those of `cells` that are meant.
  ///
  /// - Throws: a sentence with what there is, where nothing is meant.
  func chosen(of cells: [PlacedCell]) throws -> [PlacedCell] {
    try check(method, "--method", among: cells.compactMap(\.place.method))
    try check(
      ablation.map(Self.combination), "--ablation", among: cells.compactMap(\.place.ablation))
    try check(
      density.map { Format.percent($0.value) }, "--density",
      among: cells.compactMap(\.place.density).map { Format.percent($0.value) })
    try check(
      replicate.map(String.init), "--replicate",
      among: cells.compactMap(\.place.replicate).map(String.init))
    let chosen = cells.filter { isMeant($0.place) }
    guard !chosen.isEmpty else {
      throw ValidationError(
        "no run is all of that at once; leave an option out, or see the suite's records.csv")
    }
    return chosen
  }

  /// Whether a run is meant.
  func isMeant(_ place: RunPlace) -> Bool {
    func meant<Value: Equatable>(_ wanted: [Value], _ value: Value?) -> Bool {
      wanted.isEmpty || value.map(wanted.contains) == true
    }
    return meant(method, place.method)
      && meant(ablation.map(Self.combination), place.ablation)
      && (density.isEmpty
        || place.density.map { own in density.contains { $0.value == own.value } } == true)
      && meant(replicate, place.replicate)
  }

  /// The name of ablations that act together, however the user spaces them.
  private static func combination(_ text: String) -> String {
    text.split(separator: "+").map { part in
      let name = part.filter { !$0.isWhitespace }
      return SuiteName.spellings(of: name).first { Ablation.named($0) != nil } ?? name
    }.joined(separator: " + ")
  }

  private func check(_ wanted: [String], _ option: String, among known: [String]) throws {
    for name in wanted where !known.contains(name) {
      var seen: Set<String> = []
      let all = known.filter { seen.insert($0).inserted }
      guard !all.isEmpty else {
        throw ValidationError("\(option): the runs of this analysis have none; leave it out")
      }
      let nearest = Suggestion.nearest(to: name, among: all).map { "did you mean '\($0)'? " } ?? ""
      throw ValidationError(
        "\(option) \(name.printable): no run of this suite has it; \(nearest)there are "
          + Format.list(all.map(\.printable), limit: 12))
    }
  }
}

extension RunPlace {
  /// The place in words.
  var words: String {
    let parts = [
      method, ablation == "none" ? nil : ablation,
      density.map { Format.percent($0.value) }, replicate.map { "replicate \($0)" },
    ]
    return parts.compactMap(\.self).joined(separator: " · ")
  }
}
