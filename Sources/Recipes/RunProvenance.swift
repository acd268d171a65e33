/// How a record came about: never part of a result, never host names or paths.
package struct RunProvenance: Hashable, Sendable, Codable {
  /// Wall-clock seconds of the work.
  package let seconds: Double
  /// The tensor library, `libtorch 1.13.1`.
  package let engine: String
  /// The matrix-product library that is loaded, as it names itself.
  package let blas: String
  /// Processor model.
  package let processor: String
  /// Logical processors.
  package let cores: Int
  /// The toolkit's version and commit.
  package let version: String
  /// The day on which it was done, in UTC as ISO 8601 writes it; `nil` in records of older versions.
  package let day: String?

  /// A provenance.
  package init(
    seconds: Double, engine: String, blas: String, processor: String, cores: Int, version: String,
    day: String?
  ) {
    self.seconds = seconds
    self.engine = engine
    self.blas = blas
    self.processor = processor
    self.cores = cores
    self.version = version
    self.day = day
  }
}
