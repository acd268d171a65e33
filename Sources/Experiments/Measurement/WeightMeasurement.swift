import Recipes
import Tensors

/// Measures the weights of a network tensor by tensor, so that no more than one of them need be at hand.
struct WeightMeasurement {
  private let spectra: Bool
  private var layers: [WeightStatistics.Layer] = []
  private var all = Parts()
  private var movement: Sums?
  private var histograms: (kept: WeightStatistics.Histogram?, pruned: WeightStatistics.Histogram?)

  /// A measurement of no tensor yet; singular values only where `spectra` are asked for.
  init(spectra: Bool) { self.spectra = spectra }

  /// Measures one more tensor.
  ///
  /// - Parameters:
  ///   - weights: finite numbers, row-major.
  ///   - start: what they were before training, as many; `nil` where that is not known or the same. Given for all
  ///     tensors or none.
  ///   - kept: 1 for every weight that is kept, 0 for others; `nil` where all are.
  /// - Throws: `TensorError` where libtorch finds no singular values.
  mutating func add(
    _ name: String, shape: [Int], weights: [Float], start: [Float]? = nil, kept: [UInt8]? = nil
  ) throws {
    let parts = Parts(weights, start: start, kept: kept)
    let scale = CentralMoments(of: start ?? weights).standardDeviation.flatMap { $0 > 0 ? $0 : nil }
    let sums = start.map { Sums(from: $0, to: weights, kept: kept) }
    let part = parts.measured(scale: scale, sums, isOneLayer: true)
    layers.append(
      WeightStatistics.Layer(
        name: name, shape: shape, weights: part,
        spectrum: spectra ? try Self.spectrum(weights, shape: shape, kept: kept) : nil))
    all.append(parts)
    movement = sums.map { $0 + (movement ?? Sums()) }
    histograms.kept = Self.sum(histograms.kept, part.kept?.histogram)
    histograms.pruned = Self.sum(histograms.pruned, part.pruned?.histogram)
  }

  /// What all tensors look like.
  func statistics() -> WeightStatistics {
    let whole = all.measured(scale: nil, movement, isOneLayer: false)
    return WeightStatistics(
      layers: layers,
      whole: WeightStatistics.Part(
        size: whole.size, kept: whole.kept?.with(histograms.kept),
        pruned: whole.pruned?.with(histograms.pruned),
        distanceFromDense: whole.distanceFromDense,
        statisticFromDense: whole.statisticFromDense, movement: whole.movement))
  }

  /// The singular values of the kept weights as a matrix `[O, I·k·k]`; `nil` of tensors without two dimensions or
  /// without weights.
  static func spectrum(_ weights: [Float], shape: [Int], kept: [UInt8]?) throws
    -> WeightStatistics.Spectrum?
  {
    guard shape.count > 1, !weights.isEmpty else { return nil }
    var matrix = weights.map(Double.init)
    if let kept { for index in matrix.indices where kept[index] == 0 { matrix[index] = 0 } }
    let tensor = try Tensor(matrix, shape: [shape[0], weights.count / shape[0]])
    return WeightStatistics.Spectrum(singularValues: try tensor.singularValues().elements())
  }

  /// Counts of both, in scales of their own.
  private static func sum(
    _ first: WeightStatistics.Histogram?, _ second: WeightStatistics.Histogram?
  ) -> WeightStatistics.Histogram? {
    guard let second else { return first }
    return WeightStatistics.Histogram(
      scale: 1, counts: first.map { zip($0.counts, second.counts).map(+) } ?? second.counts,
      below: (first?.below ?? 0) + second.below, above: (first?.above ?? 0) + second.above)
  }
}

/// Kept, pruned and starting weights.
private struct Parts {
  private(set) var kept: [Float] = []
  private(set) var pruned: [Float] = []
  /// Empty where the start is not given.
  private(set) var start: [Float] = []

  init() {}

  init(_ weights: [Float], start: [Float]?, kept mask: [UInt8]?) {
    self.start = start ?? []
    guard let mask else {
      kept = weights
      return
    }
    precondition(mask.count == weights.count, "\(mask.count) entries for \(weights.count) weights")
    for (weight, isKept) in zip(weights, mask) {
      if isKept == 1 { kept.append(weight) } else { pruned.append(weight) }
    }
  }

  mutating func append(_ other: Parts) {
    kept += other.kept
    pruned += other.pruned
    start += other.start
  }

  func measured(scale: Double?, _ sums: Sums?, isOneLayer: Bool) -> WeightStatistics.Part {
    let (keptInOrder, prunedInOrder) = (SortedWeights(kept), SortedWeights(pruned))
    let size = kept.count + pruned.count
    // The dense layer is kept and pruned weights together: F − (k F + p G) / n = p (F − G) / n.
    let share = start.isEmpty ? Double(pruned.count) / Double(max(1, size)) : 1
    let comparison = keptInOrder.comparison(
      with: start.isEmpty ? prunedInOrder : SortedWeights(start))
    return WeightStatistics.Part(
      size: size, kept: keptInOrder.group(scale: scale, isOneLayer: isOneLayer),
      pruned: prunedInOrder.group(scale: scale, isOneLayer: isOneLayer),
      distanceFromDense: comparison.map { $0.distance * share },
      statisticFromDense: comparison?.statistic, movement: sums?.movement)
  }
}

/// Sums over kept weights w and what they were, w₀.
private struct Sums {
  /// Σ (w − w₀)², Σ w₀², Σ w², Σ w w₀.
  private var differences = 0.0
  private var before = 0.0
  private var after = 0.0
  private var products = 0.0
  private var flips = 0
  private var signed = 0

  init() {}

  init(from start: [Float], to weights: [Float], kept: [UInt8]?) {
    precondition(start.count == weights.count, "\(start.count) and \(weights.count) weights")
    for index in weights.indices where kept == nil || kept![index] == 1 {
      let (first, last) = (Double(start[index]), Double(weights[index]))
      differences += (last - first) * (last - first)
      before += first * first
      after += last * last
      products += first * last
      // By comparison: the product of two small weights can be zero.
      guard first != 0, last != 0 else { continue }
      signed += 1
      if first < 0 && last > 0 || first > 0 && last < 0 { flips += 1 }
    }
  }

  static func + (one: Sums, other: Sums) -> Sums {
    var sum = one
    sum.differences += other.differences
    sum.before += other.before
    sum.after += other.after
    sum.products += other.products
    sum.flips += other.flips
    sum.signed += other.signed
    return sum
  }

  var movement: WeightStatistics.Movement {
    WeightStatistics.Movement(
      distance: differences.squareRoot(),
      relativeDistance: before > 0 ? (differences / before).squareRoot() : nil,
      cosine: before > 0 && after > 0
        ? max(-1, min(1, products / (before.squareRoot() * after.squareRoot()))) : nil,
      signFlips: flips, signed: signed)
  }
}

extension WeightStatistics.Group {
  /// The same with another histogram.
  fileprivate func with(_ histogram: WeightStatistics.Histogram?) -> Self {
    Self(
      count: count, zeros: zeros, mean: mean, minimum: minimum, maximum: maximum,
      quantiles: quantiles, norm: norm, standardDeviation: standardDeviation, skewness: skewness,
      excessKurtosis: excessKurtosis, gaussian: gaussian, histogram: histogram)
  }
}
