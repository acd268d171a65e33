import Recipes
import Statistics
import Suites

/// What a row of records.csv says of weights: of a group of a layer, or of the whole network.
struct AnatomyWeightValues: Hashable, Sendable {
  /// When; `nil` in rows of masks.
  var moment: AnatomyMoment?
  /// Which of the layer's weights.
  var group: AnatomyGroup?
  /// Weights of the group.
  var count: Int?
  var mean, standardDeviation, skewness, excessKurtosis: Double?
  var least, percent1, percent5, percent25, median, percent75, percent95, percent99, most: Double?
  /// Frobenius norm.
  var norm: Double?
  /// D and A² from the Gaussian of the same mean and deviation, and the p of A² for independent Gaussian weights.
  var gaussianDistance, gaussianStatistic, gaussianP: Double?
  /// D from the dense layer before training, and, before training, its p for a mask that does not look at weights.
  var denseDistance, selectionP: Double?
  /// Anderson and Darling's A²: before training from the pruned weights, after it from the layer before training.
  var denseStatistic: Double?
  /// Against the start, kept weights alone.
  var distance, relativeDistance, cosine: Double?
  var signFlips, signed: Int?
  /// Of kept weights as a matrix.
  var spectralNorm, stableRank: Double?
  /// Below, in and above the bins of a histogram in units of the layer's standard deviation before training.
  var histogram: [Int]?
}

extension AnatomyRow {
  /// What stands for all layers together.
  static let whole = "all"

  /// The rows of a network's weights at a moment.
  static func rows(_ cell: AnatomyCell, _ moment: AnatomyMoment, _ found: WeightStatistics) throws
    -> [AnatomyRow]
  {
    let parts =
      found.layers.map { (name: $0.name, part: $0.weights, spectrum: $0.spectrum, isLayer: true) }
      + [(name: whole, part: found.whole, spectrum: nil, isLayer: false)]
    return try parts.flatMap { entry in
      let groups = [(AnatomyGroup.kept, entry.part.kept), (.pruned, entry.part.pruned)]
      return try groups.compactMap { kind, group -> AnatomyRow? in
        // After training pruned weights are zero, and there is nothing to look at.
        guard let group, kind == .kept || group.zeros < group.count else { return nil }
        var row = AnatomyRow(
          cell, layer: entry.name, size: entry.part.size, kept: entry.part.kept?.count ?? 0)
        row.weights = try AnatomyWeightValues(
          moment, kind, group, entry.part, entry.isLayer)
        if kind == .kept, let spectrum = entry.spectrum {
          row.weights.spectralNorm = spectrum.norm
          row.weights.stableRank = spectrum.stableRank
        }
        row.weights.settle()
        return row
      }
    }
  }
}

extension AnatomyWeightValues {
  fileprivate init(
    _ moment: AnatomyMoment, _ kind: AnatomyGroup, _ found: WeightStatistics.Group,
    _ part: WeightStatistics.Part, _ isLayer: Bool
  ) throws {
    (self.moment, group, count) = (moment, kind, found.count)
    (mean, standardDeviation) = (found.mean, found.standardDeviation)
    (skewness, excessKurtosis) = (found.skewness, found.excessKurtosis)
    (least, most, norm) = (found.minimum, found.maximum, found.norm)
    let quantiles = found.quantiles
    (percent1, percent5, percent25) = (quantiles[0], quantiles[1], quantiles[2])
    (median, percent75) = (quantiles[3], quantiles[4])
    (percent95, percent99) = (quantiles[5], quantiles[6])
    gaussianDistance = found.gaussian?.distance
    if let gaussian = found.gaussian {
      gaussianStatistic = gaussian.statistic
      gaussianP =
        try AndersonDarlingNormalityTest(
          statistic: max(0, gaussian.statistic), count: found.count
        ).pValue
    }
    histogram = found.histogram.map { [$0.below] + $0.counts + [$0.above] }
    guard kind == .kept else { return }
    (denseDistance, denseStatistic) = (part.distanceFromDense, part.statisticFromDense)
    // Over all layers a mask at random within layers is none at random: its layers' densities choose.
    if moment == .start, isLayer, let distance = part.distanceFromDense {
      selectionP =
        try SelectionDistanceTest(
          distance: distance, selected: found.count, population: part.size
        )?.pValue
    }
    distance = part.movement?.distance
    relativeDistance = part.movement?.relativeDistance
    cosine = part.movement?.cosine
    (signFlips, signed) = (part.movement?.signFlips, part.movement?.signed)
  }

  /// What is measured of float32 weights, with names of columns.
  private static var measured: [(name: String, path: WritableKeyPath<Self, Double?>)] {
    [
      ("mean", \.mean), ("sd", \.standardDeviation), ("skewness", \.skewness),
      ("excess_kurtosis", \.excessKurtosis), ("least", \.least), ("q01", \.percent1),
      ("q05", \.percent5), ("q25", \.percent25), ("median", \.median), ("q75", \.percent75),
      ("q95", \.percent95), ("q99", \.percent99), ("most", \.most), ("norm", \.norm),
      ("d_gauss", \.gaussianDistance), ("a2_gauss", \.gaussianStatistic),
      ("d_dense", \.denseDistance), ("a2_dense", \.denseStatistic), ("distance", \.distance),
      ("relative_distance", \.relativeDistance), ("cosine", \.cosine),
      ("spectral_norm", \.spectralNorm), ("stable_rank", \.stableRank),
    ]
  }

  /// Rounds what is measured to float32, as the weights themselves are: tables have half as many digits, and rows are what
  /// is read back from them.
  fileprivate mutating func settle() {
    for (_, path) in Self.measured {
      self[keyPath: path] = self[keyPath: path].map { Double(Float($0)) }
    }
  }

  /// The columns, which tables of masks alone do not have.
  static var columns: [Column<AnatomyRow>] {
    [
      column("moment", \.moment, .choice), column("group", \.group, .choice),
      column("count", \.count, .count),
    ] + measured.map { column($0.name, $0.path, .single) } + [
      column("p_gauss", \.gaussianP, .pValue), column("p_selection", \.selectionP, .pValue),
      column("sign_flips", \.signFlips, .count), column("signed", \.signed, .count),
      column("histogram", \.histogram, .bins),
    ]
  }

  private static func column<Value>(
    _ name: String, _ path: WritableKeyPath<AnatomyWeightValues, Value?>, _ form: FieldForm<Value>
  ) -> Column<AnatomyRow> {
    let weights: WritableKeyPath<AnatomyRow, AnatomyWeightValues> = \.weights
    return Column(
      name, weights.appending(path: path), form, isNeeded: false, isWrittenEmpty: false)
  }
}

extension FieldForm where Value == Double {
  /// A finite number with the digits of a float32.
  fileprivate static var single: Self {
    Self("a finite number", write: { Float($0).description }) { text in
      Float(text).flatMap { $0.isFinite ? Double($0) : nil }
    }
  }

  fileprivate static var pValue: Self { number("a number from 0 to 1") { (0...1).contains($0) } }
}

extension FieldForm where Value == [Int] {
  /// Counts below, in and above the bins of a histogram.
  fileprivate static var bins: Self {
    let count = WeightStatistics.bins + 2
    return Self(
      "\(count) counts with a space between them",
      write: { $0.map(\.description).joined(separator: " ") },
      read: { text in
        let counts = text.split(separator: " ").compactMap { FieldForm<Int>.count.read(String($0)) }
        return counts.count == count ? counts : nil
      })
  }
}
