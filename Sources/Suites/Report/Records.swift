package import Foundation
package import Laboratory
package import Recipes

/// The records of a plan's artifacts that a store has, each read once.
package struct Records: Sendable {
  private let results: [Key: Data]
  private let provenances: [Key: RunProvenance]
  /// Where files are that records name.
  let store: Store?

  /// Records by artifact.
  package init(
    results: [Key: Data], provenances: [Key: RunProvenance] = [:], store: Store? = nil
  ) {
    self.results = results
    self.provenances = provenances
    self.store = store
  }

  /// What `store` has of `artifacts`; what cannot be read is missing.
  package init(of artifacts: [Artifact], in store: Store) {
    var (results, provenances) = ([Key: Data](), [Key: RunProvenance]())
    for artifact in artifacts {
      guard let record = try? store.record(of: artifact.key) else { continue }
      results[artifact.key] = record.result
      provenances[artifact.key] = try? JSONDecoder().decode(
        RunProvenance.self, from: record.provenance)
    }
    self.init(results: results, provenances: provenances, store: store)
  }

  /// What an artifact found; `nil` where the store lacks it.
  package func result<Result: Decodable>(
    of key: Key, as: Result.Type = Result.self
  ) throws -> Result? {
    try results[key].map { try JSONDecoder().decode(Result.self, from: $0) }
  }

  /// The artifacts that the store has.
  var keys: Set<Key> { Set(results.keys) }

  /// Seconds of work on an artifact.
  package func seconds(of key: Key) -> Double? { provenances[key]?.seconds }

  /// How all artifacts came about, in a fixed order.
  package var provenance: [RunProvenance] {
    provenances.sorted { $0.key.description < $1.key.description }.map(\.value)
  }

  /// How many of the artifacts behind `cells` are not there.
  package func missing(behind cells: [some AnalysisCell]) -> Int {
    Set(cells.flatMap(\.keys)).count { results[$0] == nil }
  }
}
