/// What the weights of a network look like, layer by layer, apart for those that a mask keeps and those it prunes.
///
/// The weights of one network are no random sample of anything: distances and A² tell how far one distribution lies
/// from another, not how likely that is by chance.
package struct WeightStatistics: Hashable, Sendable, Codable {
  /// The probabilities of ``Group/quantiles``.
  package static let levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
  /// Bins of a histogram.
  package static let bins = 64
  /// Scales from 0 to the outer edges of a histogram.
  package static let reach = 4.0

  /// Some weights of a layer.
  package struct Group: Hashable, Sendable, Codable {
    /// How many they are, at least one, and how many of them are zero.
    package let count, zeros: Int
    /// Mean and extremes.
    package let mean, minimum, maximum: Double
    /// Quantiles at ``WeightStatistics/levels``, linear between neighbours.
    package let quantiles: [Double]
    /// √(Σ w²), the Frobenius norm.
    package let norm: Double
    /// √(Σ (w − w̄)² / (n − 1)); `nil` of one weight, exactly 0 of equal ones.
    package let standardDeviation: Double?
    /// m₃ / m₂^³ᐟ² and m₄ / m₂² − 3 of the central moments m; `nil` of equal weights.
    package let skewness, excessKurtosis: Double?
    /// How far they lie from the Gaussian of their own mean and standard deviation; `nil` of fewer than eight weights,
    /// and of equal ones.
    package let gaussian: GaussianDistance?
    /// Where they lie; `nil` where the layer has no scale.
    package let histogram: Histogram?

    /// Some weights.
    package init(
      count: Int, zeros: Int, mean: Double, minimum: Double, maximum: Double, quantiles: [Double],
      norm: Double, standardDeviation: Double?, skewness: Double?, excessKurtosis: Double?,
      gaussian: GaussianDistance?, histogram: Histogram?
    ) {
      self.count = count
      self.zeros = zeros
      self.mean = mean
      self.minimum = minimum
      self.maximum = maximum
      self.quantiles = quantiles
      self.norm = norm
      self.standardDeviation = standardDeviation
      self.skewness = skewness
      self.excessKurtosis = excessKurtosis
      self.gaussian = gaussian
      self.histogram = histogram
    }
  }

  /// How far weights lie from the Gaussian of their own mean and standard deviation.
  package struct GaussianDistance: Hashable, Sendable, Codable {
    /// Kolmogorov and Smirnov's D, the largest distance between the distribution functions.
    package let distance: Double
    /// Anderson and Darling's A², not adjusted for the number of weights.
    package let statistic: Double

    /// A distance.
    package init(distance: Double, statistic: Double) {
      self.distance = distance
      self.statistic = statistic
    }
  }

  /// Counts in ``WeightStatistics/bins`` equal bins from −``WeightStatistics/reach`` to +``WeightStatistics/reach``
  /// scales; lower edges are inside, and the last upper one.
  package struct Histogram: Hashable, Sendable, Codable {
    /// What weights are divided by: the standard deviation of the layer's start, or of all its weights where no start
    /// is given. Of the whole network 1: its counts are the layers', each in its own scale.
    package let scale: Double
    /// Weights in each bin.
    package let counts: [Int]
    /// Weights beyond the outer edges.
    package let below, above: Int

    /// A histogram.
    package init(scale: Double, counts: [Int], below: Int, above: Int) {
      self.scale = scale
      self.counts = counts
      self.below = below
      self.above = above
    }

    /// Where bins begin, and where the last one ends, in scales.
    package static var edges: [Double] {
      (0...bins).map { reach * (2 * Double($0) / Double(bins) - 1) }
    }
  }

  /// How far kept weights lie from what they were at the start.
  package struct Movement: Hashable, Sendable, Codable {
    /// ‖w − w₀‖₂.
    package let distance: Double
    /// ‖w − w₀‖₂ / ‖w₀‖₂; `nil` where all started at zero.
    package let relativeDistance: Double?
    /// ⟨w, w₀⟩ / (‖w‖₂ ‖w₀‖₂); `nil` where either is zero.
    package let cosine: Double?
    /// Weights that are positive at one end and negative at the other.
    package let signFlips: Int
    /// Weights that have a sign at both ends.
    package let signed: Int

    /// A movement.
    package init(
      distance: Double, relativeDistance: Double?, cosine: Double?, signFlips: Int, signed: Int
    ) {
      self.distance = distance
      self.relativeDistance = relativeDistance
      self.cosine = cosine
      self.signFlips = signFlips
      self.signed = signed
    }
  }

  /// The singular values of a layer's kept weights, the others zero, as a matrix [O, I·k·k].
  package struct Spectrum: Hashable, Sendable, Codable {
    /// Falling.
    package let singularValues: [Double]

    /// A spectrum.
    package init(singularValues: [Double]) { self.singularValues = singularValues }

    /// The largest, σ₁.
    package var norm: Double { singularValues.first ?? 0 }

    /// ‖W‖²_F / σ₁², between 1 and the rank; `nil` of a matrix of zeros.
    ///
    /// Reference: Rudelson and Vershynin, "Sampling from large matrices", Journal of the ACM 54(4), 2007.
    package var stableRank: Double? {
      norm > 0 ? singularValues.reduce(0) { $0 + ($1 / norm) * ($1 / norm) } : nil
    }
  }

  /// A layer, or all together.
  package struct Part: Hashable, Sendable, Codable {
    /// Weights.
    package let size: Int
    /// Those that are kept, all of them without a mask; `nil` for none.
    package let kept: Group?
    /// Those that are pruned; `nil` for none.
    package let pruned: Group?
    /// Kolmogorov and Smirnov's D between the kept weights and the dense layer: its start, or all its weights as they
    /// are where no start is given. `nil` where that is the same, and where nothing is kept.
    package let distanceFromDense: Double?
    /// Anderson and Darling's A² of two samples, equation 7 of Scholz and Stephens (JASA 82, 1987): of the kept weights
    /// and the start, or of kept and pruned weights where no start is given. It grows with the numbers of weights; `nil`
    /// where either is none or all are equal.
    package let statisticFromDense: Double?
    /// Against the start; `nil` where none is given.
    package let movement: Movement?

    /// A part.
    package init(
      size: Int, kept: Group?, pruned: Group?, distanceFromDense: Double?,
      statisticFromDense: Double?, movement: Movement?
    ) {
      self.size = size
      self.kept = kept
      self.pruned = pruned
      self.distanceFromDense = distanceFromDense
      self.statisticFromDense = statisticFromDense
      self.movement = movement
    }
  }

  /// One tensor.
  package struct Layer: Hashable, Sendable, Codable {
    /// The tensor's name.
    package let name: String
    /// Its shape.
    package let shape: [Int]
    /// Its weights.
    package let weights: Part
    /// Of the kept weights; `nil` where nobody asks for it, and of tensors without two dimensions.
    package let spectrum: Spectrum?

    /// A layer.
    package init(name: String, shape: [Int], weights: Part, spectrum: Spectrum?) {
      self.name = name
      self.shape = shape
      self.weights = weights
      self.spectrum = spectrum
    }
  }

  /// In network order.
  package let layers: [Layer]
  /// All layers together; distances from a Gaussian are left out, since layers have scales of their own.
  package let whole: Part

  /// What weights look like.
  package init(layers: [Layer], whole: Part) {
    self.layers = layers
    self.whole = whole
  }
}
