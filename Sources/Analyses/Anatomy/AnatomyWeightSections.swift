import Recipes
import Reports
import Suites
import Wording

extension AnatomyWeightTable {
  /// Distributions of kept and pruned weights.
  var distributionSection: ReportSection {
    guard !rows.isEmpty else { return ReportSection() }
    var section = ReportSection("What the weights look like")
    section.say(
      """
      Means over replicates, in the weights' own units. \(emphasis: "D, dense") is Kolmogorov and Smirnov's largest \
      distance between the distribution of the kept weights and that of the whole layer before training; beside it \
      stand the D of a mask that does not look at weights, and the largest p of such masks. \(emphasis: "A², dense") is \
      Anderson and Darling's, which sees tails too and grows with the number of weights: between kept and pruned \
      weights before training, between kept weights and the layer before it after training. \(emphasis: "D, Gauss") \
      and \(emphasis: "A², Gauss") are the distances of Kolmogorov and Smirnov and of Anderson and Darling from the Gaussian \
      of the same mean and deviation, with the largest p of independent Gaussian weights. Weights of one network are \
      no sample of anything, and of so many of them next to every difference has a p near 0: judge the distances. p-values \
      are adjusted by Holm, each kind over all layers of all networks.
      """)
    showHistograms(in: &section)
    for density in densities {
      let table = distributions(density)
      section.blocks.append(
        .details(
          summary:
            "\(Format.percent(density.value)): moments, quantiles and distances in every layer",
          [.table(table)]))
    }
    return section
  }

  private func distributions(_ density: Density) -> Markdown.Table {
    var table = Markdown.Table(
      [.text("method"), .text("layer"), .text("weights")]
        + [
          "mean", "sd", "skewness", "excess kurtosis", "5 %", "median", "95 %", "D, dense",
          "at random", "p", "A², dense", "D, Gauss", "A², Gauss", "p",
        ].map { .number(.init($0)) })
    for network in networks(density) {
      for layer in layers {
        for sort in Sort.all {
          let rows = rows(network, layer, sort)
          guard !rows.isEmpty else { continue }
          table.append(
            [.init(network.method), Self.name(of: layer), .init(sort.words)]
              + distribution(rows, sort).map { .init($0) })
        }
      }
    }
    return table
  }

  private func distribution(_ rows: [AnatomyRow], _ sort: Sort) -> [String] {
    let moments: [KeyPath<AnatomyWeightValues, Double?>] = [
      \.mean, \.standardDeviation, \.skewness, \.excessKurtosis, \.percent5, \.median,
      \.percent95,
    ]
    let isKept = sort.group == .kept
    return moments.map { path in Format.significant(Self.mean(rows) { $0[keyPath: path] }) }
      + [
        Format.significant(Self.mean(rows, \.denseDistance)),
        Format.significant(Self.expectedDistance(rows)),
        Format.pValue(isKept ? selectionP(rows) : nil),
        Format.significant(Self.mean(rows, \.denseStatistic)),
        Format.significant(Self.mean(rows, \.gaussianDistance)),
        Format.significant(Self.mean(rows, \.gaussianStatistic)),
        Format.pValue(isKept ? gaussianP(rows) : nil),
      ]
  }

  /// A layer's name as tables have it.
  static func name(of layer: String) -> Markdown.Text {
    layer == AnatomyRow.whole ? "all" : "\(code: layer)"
  }

  /// One panel for each method at the sparsest density.
  private func showHistograms(in section: inout ReportSection) {
    guard let density = densities.last else { return }
    let dense = series("dense, start", (Method.dense, .one), .start)
    let panels = methods.map { method in
      LineChart.Panel(
        method,
        [
          dense, series("kept, start", (method, density), .start),
          series("kept, end", (method, density), .end),
        ].compactMap(\.self))
    }
    section.show(
      LineChart(
        panels: panels, x: Axis("weight / standard deviation of its layer before training"),
        y: Axis("share per standard deviation")),
      title: "Weights at \(Format.percent(density.value))",
      alternative:
        "How kept weights are distributed over all layers, one panel for each of \(methods.sentence); lines are the "
        + "dense network before training and kept weights before and after it. records.csv holds the counts.",
      as: "weights",
      caption:
        """
        Each weight is divided by the standard deviation that its layer has before training; shares of the kept weights \
        of all layers at \(Format.percent(density.value)), means over replicates.
        """)
  }

  /// The shares of all layers' kept weights in every bin; `nil` where no replicate has them.
  private func series(
    _ name: String, _ network: (method: String, density: Density), _ moment: AnatomyMoment
  ) -> LineChart.Series? {
    let rows = rows(network, AnatomyRow.whole, Sort(moment: moment, group: .kept))
    let shares = rows.compactMap { row -> [Double]? in
      guard let counts = row.weights.histogram else { return nil }
      let count = Double(counts.reduce(0, +))
      return count == 0 ? nil : counts.dropFirst().dropLast().map { Double($0) / count }
    }
    guard !shares.isEmpty else { return nil }
    let edges = WeightStatistics.Histogram.edges
    let points = zip(edges, edges.dropFirst()).enumerated().map { bin, edges in
      let mean = shares.reduce(0) { $0 + $1[bin] } / Double(shares.count)
      return LineChart.Point((edges.0 + edges.1) / 2, mean / (edges.1 - edges.0))
    }
    return LineChart.Series(name, points, intervals: .hidden)
  }

  /// How far kept weights moved.
  var movementSection: ReportSection {
    guard hasEnd else { return ReportSection() }
    var section = ReportSection("How far weights move")
    section.say(
      """
      Kept weights after training against the same before it, means over replicates: ‖w − w₀‖, the same divided by ‖w₀‖, \
      the cosine between both, and the part of the weights that have another sign, of those that have one at both ends. \
      D compares the weights after training with the whole layer before it.
      """)
    section.blocks.append(.table(movements(densities, [AnatomyRow.whole])))
    for density in densities {
      section.blocks.append(
        .details(
          summary: "\(Format.percent(density.value)): every layer",
          [.table(movements([density], layers.filter { $0 != AnatomyRow.whole }))]))
    }
    return section
  }

  private func movements(_ densities: [Density], _ layers: [String]) -> Markdown.Table {
    let ofLayers = layers != [AnatomyRow.whole]
    var table = Markdown.Table(
      [.text("method"), .number("density")] + (ofLayers ? [.text("layer")] : [])
        + ["distance", "of its norm", "cosine", "other sign", "D, dense"].map { .number(.init($0)) }
    )
    let networks = densities.enumerated().flatMap { index, density in
      // The dense network is the same at every density.
      self.networks(density).filter { index == 0 || $0.method != Method.dense }
    }
    for network in networks {
      for layer in layers {
        let rows = rows(network, layer, Sort(moment: .end, group: .kept))
        guard !rows.isEmpty else { continue }
        let cells = [
          Format.significant(Self.mean(rows, \.distance)),
          Format.percent(Self.mean(rows, \.relativeDistance)),
          Format.significant(Self.mean(rows, \.cosine)),
          Format.percent(Self.mean(rows, \.flipped)),
          Format.significant(Self.mean(rows, \.denseDistance)),
        ]
        table.append(
          [.init(network.method), .init(Format.percent(network.density.value))]
            + (ofLayers ? [Self.name(of: layer)] : []) + cells.map { .init($0) })
      }
    }
    return table
  }

  /// Spectral norms and stable ranks.
  var spectrumSection: ReportSection {
    guard rows.contains(where: { $0.weights.spectralNorm != nil }) else { return ReportSection() }
    var section = ReportSection("Layers as matrices")
    section.say(
      """
      The largest singular value σ₁ of each layer as a matrix of its units and their kept weights, and the stable rank \
      ‖W‖²/σ₁² (Rudelson & Vershynin 2007), of all weights and of the kept ones before training and of the kept ones \
      after it; means over replicates.
      """)
    for density in densities {
      section.blocks.append(
        .details(
          summary: "\(Format.percent(density.value)): spectral norms and stable ranks",
          [.table(spectra(density))]))
    }
    return section
  }

  private func spectra(_ density: Density) -> Markdown.Table {
    let states: [(words: String, isDense: Bool, moment: AnatomyMoment)] = [
      ("dense, start", true, .start), ("kept, start", false, .start), ("kept, end", false, .end),
    ].filter { state in rows.contains { $0.weights.moment == state.moment } }
    var table = Markdown.Table(
      [.text("method"), .text("layer")]
        + ["σ₁", "stable rank"].flatMap { what in
          states.map { .number(.init("\(what), \($0.words)")) }
        })
    for method in methods {
      for layer in layers where layer != AnatomyRow.whole {
        let found = states.map { state in
          rows(
            state.isDense ? (Method.dense, .one) : (method, density), layer,
            Sort(moment: state.moment, group: .kept))
        }
        table.append(
          [.init(method), Self.name(of: layer)]
            + found.map { .init(Format.significant(Self.mean($0, \.spectralNorm))) }
            + found.map { .init(Format.significant(Self.mean($0, \.stableRank))) })
      }
    }
    return table
  }
}

extension AnatomyWeightValues {
  /// The part of the weights with a sign at both ends that have another one.
  var flipped: Double? {
    guard let signFlips, let signed, signed > 0 else { return nil }
    return Double(signFlips) / Double(signed)
  }
}
