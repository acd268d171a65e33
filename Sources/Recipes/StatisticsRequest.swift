/// `espalier inspect --statistics`.
package struct StatisticsRequest: Hashable, Sendable, Codable {
  /// Path of the weights.
  package let weights: String
  /// Path of what they were before training; `nil` where nothing is compared.
  package let start: String?
  /// Path of the mask that tells kept weights from pruned ones; `nil` where all are kept.
  package let mask: String?
  /// Whether singular values are computed.
  package let spectra: Bool
  /// Whether a NaN stands for a pruned weight.
  package let nanIsPruned: Bool
  /// Whether the answer is JSON.
  package let isJSON: Bool

  /// A request for what weights look like.
  package init(
    weights: String, start: String?, mask: String?, spectra: Bool, nanIsPruned: Bool, isJSON: Bool
  ) {
    self.weights = weights
    self.start = start
    self.mask = mask
    self.spectra = spectra
    self.nanIsPruned = nanIsPruned
    self.isJSON = isJSON
  }
}
