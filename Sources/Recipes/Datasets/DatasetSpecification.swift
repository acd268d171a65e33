package import Randomness

/// How bytes become inputs: `(byte / fullScale − mean) / standardDeviation`, per channel.
package struct Normalization: Hashable, Sendable, Codable {
  /// The byte that stands for 1.
  package let fullScale: Double
  /// Mean per channel, as fraction of full scale; one value serves all channels.
  package let mean: [Double]
  /// Standard deviation per channel, as fraction of full scale; one value serves all channels.
  package let standardDeviation: [Double]

  /// A normalization from its constants.
  package init(fullScale: Double, mean: [Double], standardDeviation: [Double]) {
    self.fullScale = fullScale
    self.mean = mean
    self.standardDeviation = standardDeviation
  }
}

/// A dataset as a run uses it: source, contents, held-out part and normalization.
package struct DatasetSpecification: Hashable, Sendable, Codable {
  /// Where examples come from.
  package let source: DatasetSource
  /// SHA-256 of every file read, in the order of `DatasetSource.files`.
  package let digests: [String]
  /// Number of training examples held out for validation.
  package let validation: Int
  /// Draws which examples are held out.
  package let split: StreamPath
  /// How bytes become inputs.
  package let normalization: Normalization
  /// How training examples are varied; `nil` (which no key shows) takes them as they are. Evaluation
  /// and scoring always do.
  package let augmentation: Augmentation?

  /// A dataset's specification.
  package init(
    source: DatasetSource, digests: [String], validation: Int, split: StreamPath,
    normalization: Normalization, augmentation: Augmentation? = nil
  ) {
    self.augmentation = augmentation
    self.source = source
    self.digests = digests
    self.validation = validation
    self.split = split
    self.normalization = normalization
  }

  /// Whether there are examples to train and score on.
  package var hasExamples: Bool { source.trainCount > 0 }

  /// Examples that training sees.
  package var trainCount: Int { source.trainCount - validation }

  /// Optimizer steps per epoch at `batchSize`; the last, smaller batch counts.
  package func stepsPerEpoch(batchSize: Int) -> Int { (trainCount + batchSize - 1) / batchSize }
}

/// A part of a dataset.
package enum Split: String, Hashable, Sendable, Codable, CaseIterable {
  case train, validation, test
}
