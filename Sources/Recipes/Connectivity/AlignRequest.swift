/// `espalier align`; the classes are the rows of the last layer.
package struct AlignRequest: Hashable, Sendable, Codable {
  /// Architecture.
  package let network: NetworkSpecification
  /// Shape of one example.
  package let input: ExampleShape
  /// Paths of the weights that stay, the weights whose units move, and the weights to write.
  package let start, end, output: String
  /// Paths of the moving weights' mask and of the mask to write.
  package let mask, maskOutput: String?
  /// Coordinate ascents, of which the one that ends highest is kept.
  package let attempts: Int
  /// Root of the random streams.
  package let seed: UInt64

  /// A request for an alignment.
  package init(
    network: NetworkSpecification, input: ExampleShape, start: String, end: String,
    output: String, mask: String?, maskOutput: String?, attempts: Int, seed: UInt64
  ) {
    self.network = network
    self.input = input
    self.start = start
    self.end = end
    self.output = output
    self.mask = mask
    self.maskOutput = maskOutput
    self.attempts = attempts
    self.seed = seed
  }
}
