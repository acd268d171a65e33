import Foundation
import Randomness
import Recipes
import Testing

@testable import Experiments

@Suite struct WeightMeasurementTests {
  /// The only layer that a measurement finds, and all.
  private func measured(
    _ weights: [Float], shape: [Int]? = nil, start: [Float]? = nil, kept: [UInt8]? = nil,
    spectra: Bool = false
  ) throws -> (layer: WeightStatistics.Layer, whole: WeightStatistics.Part) {
    var measurement = WeightMeasurement(spectra: spectra)
    try measurement.add(
      "w", shape: shape ?? [weights.count], weights: weights, start: start, kept: kept)
    let found = measurement.statistics()
    return (found.layers[0], found.whole)
  }

  @Test("a helper that compares sees what differs")
  func comparisonCanFail() throws {
    let reference = try #require(try WeightReference.load().first)
    let found = try measured(reference.start, kept: reference.mask).layer.weights
    #expect(differences(found.kept, reference.keptAtStart).isEmpty)
    #expect(differences(found.kept, reference.prunedAtStart).count > 10)
    #expect(differences(nil, reference.keptAtStart) == ["nothing"])
    #expect(!agree(1, 1 + 1e-8) && !agree(nil, 1))
  }

  @Test(
    "moments, quantiles, histograms and distances are NumPy's and SciPy's",
    arguments: try WeightReference.load())
  func reference(_ reference: WeightReference.Case) throws {
    let start = try measured(reference.start, kept: reference.mask)
    #expect(differences(start.layer.weights.kept, reference.keptAtStart) == [])
    #expect(differences(start.layer.weights.pruned, reference.prunedAtStart) == [])
    #expect(agree(start.layer.weights.distanceFromDense, reference.distanceAtStart))
    #expect(agree(start.layer.weights.statisticFromDense, reference.statisticAtStart))
    #expect(start.layer.weights.movement == nil && start.layer.spectrum == nil)
    let (layer, whole) = try measured(
      reference.end, shape: reference.shape, start: reference.start, kept: reference.mask,
      spectra: true)
    let end = layer.weights
    #expect(differences(end.kept, reference.keptAtEnd) == [])
    #expect(differences(end.pruned, reference.prunedAtEnd) == [])
    #expect(end.size == reference.start.count && whole.size == end.size)
    #expect(agree(end.kept?.histogram?.scale, reference.scale))
    #expect(agree(end.distanceFromDense, reference.distanceAtEnd))
    #expect(agree(end.statisticFromDense, reference.statisticAtEnd))
    let movement = try #require(end.movement)
    #expect(movement.signFlips == reference.movement.signFlips)
    #expect(movement.signed == reference.movement.signed)
    #expect(agree(movement.distance, reference.movement.distance))
    #expect(agree(movement.relativeDistance, reference.movement.relativeDistance))
    #expect(agree(movement.cosine, reference.movement.cosine))
    let spectrum = try #require(layer.spectrum)
    #expect(spectrum.singularValues.count == reference.singularValues.count)
    for (value, expected) in zip(spectrum.singularValues, reference.singularValues) {
      #expect(agree(value, expected))
    }
    let squares = reference.singularValues.reduce(0) { $0 + $1 * $1 }
    #expect(agree(spectrum.norm, reference.singularValues[0]))
    #expect(agree(spectrum.stableRank, squares / pow(reference.singularValues[0], 2)))
    #expect(agree(end.kept.map { $0.norm * $0.norm }, squares))
  }

  @Test("all layers together are measured as one, histograms in each layer's scale")
  func whole() throws {
    let layers = try WeightReference.load().filter { $0.name != "few" }
    var measurement = WeightMeasurement(spectra: false)
    for layer in layers {
      try measurement.add(
        layer.name, shape: layer.shape, weights: layer.end, start: layer.start, kept: layer.mask)
    }
    let found = measurement.statistics()
    #expect(found.layers.map(\.name) == layers.map(\.name))
    let joined = try measured(
      layers.flatMap(\.end), start: layers.flatMap(\.start), kept: layers.flatMap(\.mask)
    ).layer.weights
    #expect(
      found.whole.size == joined.size
        && found.whole.movement?.signFlips == joined.movement?.signFlips)
    #expect(agree(found.whole.movement?.cosine, joined.movement?.cosine))
    #expect(found.whole.distanceFromDense == joined.distanceFromDense)
    #expect(found.whole.kept?.quantiles == joined.kept?.quantiles)
    #expect(agree(found.whole.kept?.skewness, joined.kept?.skewness))
    #expect(found.whole.kept?.gaussian == nil && joined.kept?.gaussian != nil)
    let histogram = try #require(found.whole.kept?.histogram)
    for bin in histogram.counts.indices {
      #expect(histogram.counts[bin] == layers.reduce(0) { $0 + $1.keptAtEnd.counts[bin] })
    }
    #expect(
      histogram.counts.reduce(0, +) + histogram.below + histogram.above == joined.kept?.count)
  }

  @Test("of nothing, one weight and equal weights no statistic is made up")
  func degenerate() throws {
    let nothing = try measured([], shape: [0, 3], spectra: true)
    #expect(nothing.layer.weights.kept == nil && nothing.layer.spectrum == nil)
    let one = try #require(try measured([2], kept: [1]).layer.weights.kept)
    #expect(one.mean == 2 && one.quantiles == Array(repeating: 2, count: 7) && one.norm == 2)
    #expect(one.standardDeviation == nil && one.skewness == nil && one.histogram == nil)
    // 0.1 is no float32 and no sum of it is exact.
    let equal = try #require(try measured(Array(repeating: 0.1, count: 1000)).layer.weights.kept)
    #expect(equal.mean == Double(Float(0.1)) && equal.standardDeviation == 0)
    #expect(equal.skewness == nil && equal.excessKurtosis == nil && equal.gaussian == nil)
    let none = try measured([1, 2, 3], kept: [0, 0, 0]).layer.weights
    #expect(none.kept == nil && none.pruned?.count == 3 && none.distanceFromDense == nil)
    let all = try measured([1, 2, 3], kept: [1, 1, 1]).layer.weights
    #expect(all.pruned == nil && all.distanceFromDense == nil)
    let zeros = try measured(
      [0, 0, 0, 0], shape: [2, 2], start: [1, -1, 2, 0], kept: [1, 1, 0, 1], spectra: true)
    #expect(zeros.layer.weights.movement?.cosine == nil)
    #expect(zeros.layer.weights.movement?.signed == 0)
    #expect(zeros.layer.weights.movement?.relativeDistance == 1)
    #expect(zeros.layer.spectrum?.stableRank == nil && zeros.layer.spectrum?.norm == 0)
    let grown = try measured([1, 2], start: [0, 0]).layer.weights
    #expect(grown.movement?.relativeDistance == nil && grown.movement?.distance == 5.0.squareRoot())
    #expect(grown.kept?.histogram == nil, "a layer without scale")
  }

  @Test("weights are sorted as numbers, whatever their signs; −0 is 0")
  func order() {
    var stream = RandomStream(StreamPath(seed: 8) / "order")
    let numbers = (0..<5000).map { _ in
      Float(stream.normal()) * [1e-30, 1, 1e30][Int(3 * stream.uniform())]
    }
    #expect(SortedWeights(numbers).values == numbers.sorted())
    let (least, most) = (Float.leastNonzeroMagnitude, Float.greatestFiniteMagnitude)
    let zeros = SortedWeights([0, -0.0, -least, least, -most]).values
    // By their bits: arithmetic may round the least number to zero.
    #expect(zeros.map(\.bitPattern) == [-most, -least, 0, 0, least].map(\.bitPattern))
    #expect(SortedWeights([]).values.isEmpty)
  }

  @Test("what a mask at random keeps lies near its layer; the largest do not")
  func distances() throws {
    let (low, high) = (SortedWeights([1, 2, 3]), SortedWeights([4, 5]))
    #expect(low.comparison(with: high)?.distance == 1)
    #expect(low.comparison(with: low)?.distance == 0)
    #expect(low.comparison(with: low)?.statistic == 0)
    let ties = SortedWeights([1, 1, 2, 2]).comparison(with: SortedWeights([1, 2]))
    #expect(ties?.distance == 0 && ties?.statistic == 0)
    #expect(low.comparison(with: SortedWeights([])) == nil)
    let equal = SortedWeights([2, 2]).comparison(with: SortedWeights([2]))
    #expect(equal?.distance == 0 && equal?.statistic == nil, "of equal values there is none")
    // A part's distance from the whole is the same from both: with the whole given, and without.
    let weights = (0..<50).map { Float(($0 * 37) % 50) }
    let kept = weights.map { UInt8($0 > 30 ? 1 : 0) }
    let alone = try measured(weights, kept: kept).layer.weights.distanceFromDense
    let beside = try measured(weights, start: weights, kept: kept).layer.weights.distanceFromDense
    #expect(agree(alone, 31.0 / 50) && agree(beside, alone))
  }

  /// mpmath 1.3.0 with 50 digits: `log(ncdf(y))` and `log(ncdf(-y))`.
  @Test(
    "both tails of the Gaussian keep their digits, far beyond the least number there is",
    arguments: [
      (-60, -1805.0135606805671, 0), (-38, -726.55721601882013, 0), (-35.5, -634.61426315508839, 0),
      (-35, -616.97510126192251, 0), (-10, -53.231285150512471, -7.6198530241605261e-24),
      (-1, -1.8410216450092635, -0.17275377902344989),
      (0, -0.69314718055994531, -0.69314718055994531),
      (2, -0.023012909328963488, -3.7831843336820319),
      (9, -1.1285884059538406e-19, -43.628149113332115),
    ] as [(Double, Double, Double)])
  func tails(y: Double, below: Double, above: Double) {
    let tail = GaussianTail(beyond: y)
    for (found, expected) in [(tail.logBelow, below), (tail.logAbove, above)] {
      // Of less than 10⁻¹⁰⁰ the reference has nothing.
      #expect(abs(found - expected) <= max(1e-12 * abs(expected), 1e-100))
    }
    #expect(abs(tail.cumulative - exp(below)) <= 1e-15)
  }
}
