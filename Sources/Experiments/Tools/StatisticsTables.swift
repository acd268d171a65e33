import Recipes
import Wording

extension StatisticsInspection {
  /// Tables of distributions, of what moved and of singular values.
  var text: String {
    ([answer, distributions] + [movements, spectra].compactMap(\.self) + remarks)
      .joined(separator: "\n\n")
  }

  /// The parts that are told, the whole network last.
  private var parts: [(name: String, part: WeightStatistics.Part)] {
    statistics.layers.map { ($0.name.printable, $0.weights) } + [("all", statistics.whole)]
  }

  private var answer: String {
    let whole = statistics.whole
    let (kept, pruned) = (whole.kept?.count ?? 0, whole.pruned)
    let weights = Format.count(whole.size, "weight")
    guard let pruned else { return "\(weights) of \(tensors)" }
    let returned = pruned.count - pruned.zeros
    let density = Format.percent(Double(kept) / Double(max(1, whole.size)), significant: 4)
    return "\(weights) of \(tensors), \(density) of them kept; "
      + (returned == 0
        ? "all pruned ones are zero"
        : "\(Format.count(returned)) of \(Format.count(pruned.count, "pruned one")) are not zero")
  }

  private var tensors: String { Format.count(statistics.layers.count, "tensor") }

  private var distributions: String {
    let hasPruned = statistics.whole.pruned != nil
    let rows = parts.flatMap { name, part in
      [("kept", part.kept), ("pruned", part.pruned)].compactMap { words, group in
        group.map {
          [name, hasPruned ? words : "all"] + Self.cells($0, part, isKept: words == "kept")
        }
      }
    }
    let header = [
      "tensor", "weights", "count", "mean", "sd", "skewness", "kurtosis", "least", "5 %", "median",
      "95 %", "most", "D dense", "A² dense", "D Gauss", "A² Gauss",
    ]
    return TextTable.text([header] + rows, names: 2)
  }

  private static func cells(
    _ group: WeightStatistics.Group, _ part: WeightStatistics.Part, isKept: Bool
  ) -> [String] {
    let quantiles = [1, 3, 5].map { group.quantiles[$0] }
    let numbers =
      [group.mean, group.standardDeviation, group.skewness, group.excessKurtosis, group.minimum]
      + quantiles + [
        group.maximum, isKept ? part.distanceFromDense : nil,
        isKept ? part.statisticFromDense : nil, group.gaussian?.distance,
        group.gaussian?.statistic,
      ]
    return ["\(group.count)"] + numbers.map { Format.significant($0) }
  }

  private var movements: String? {
    guard statistics.whole.movement != nil else { return nil }
    let rows = parts.compactMap { name, part in
      part.movement.map { movement in
        [
          name, Format.significant(movement.distance),
          Format.percent(movement.relativeDistance), Format.significant(movement.cosine),
          "\(movement.signFlips)", "\(movement.signed)",
          Format.percent(
            movement.signed == 0 ? nil : Double(movement.signFlips) / Double(movement.signed)),
        ]
      }
    }
    let header = [
      "kept weights against the start", "distance", "of its norm", "cosine", "other sign", "of", "",
    ]
    return TextTable.text([header] + rows, names: 1)
  }

  private var spectra: String? {
    let rows = statistics.layers.compactMap { layer -> [String]? in
      guard let spectrum = layer.spectrum else { return nil }
      let before = startSpectra?[layer.name]
      return [layer.name.printable]
        + (startSpectra == nil
          ? [] : [Format.significant(before?.norm), Format.significant(before?.stableRank)])
        + [
          Format.significant(layer.weights.kept?.norm ?? 0), Format.significant(spectrum.norm),
          Format.significant(spectrum.stableRank),
        ]
    }
    guard !rows.isEmpty else { return nil }
    let header =
      ["kept weights as a matrix"]
      + (startSpectra == nil ? [] : ["spectral norm, start", "stable rank, start"])
      + ["Frobenius norm", "spectral norm", "stable rank"]
    return TextTable.text([header] + rows, names: 1)
  }

  private var remarks: [String] {
    let lists = [
      (unmasked, "without a mask, all kept"), (leftOut, "left out, since integers are no weights"),
    ].filter { !$0.0.isEmpty }.map { names, words in
      "\(words): \(Format.list(names.map(\.printable), limit: 8))"
    }
    return [
      ([
        "D is Kolmogorov and Smirnov's largest distance between two distributions, A² Anderson and Darling's, which grows with"
          + " the number of weights:",
        "of kept weights from the dense layer, and from a Gaussian of the same mean and deviation. They are sizes of effects, without p-values, since the weights of one network are no random sample.",
      ] + lists).joined(separator: "\n")
    ]
  }
}
