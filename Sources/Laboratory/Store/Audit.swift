import Foundation

/// What is made again must be what was there, to the byte.
extension Store {
  /// Compares an artifact's record with another one's: its result, and the files that both have.
  ///
  /// - Throws: `LaboratoryError.notReproducible`.
  func compare(_ artifact: Artifact, _ there: Record, with made: Record) throws {
    try compare(artifact, there, withResult: made.result)
    for (name, file) in made.files.sorted(by: { $0.key < $1.key }) {
      guard let old = there.files[name], old != file else { continue }
      throw notReproducible(
        artifact, "the SHA-256 of \(name) was \(old.sha256) and is \(file.sha256)")
    }
  }

  /// Compares an artifact's result with another one.
  ///
  /// - Throws: `LaboratoryError.notReproducible`.
  func compare(_ artifact: Artifact, _ there: Record, withResult made: Data) throws {
    guard there.result != made else { return }
    let changes = FieldChange.between(there.result, and: made).prefix(3).map(\.description)
    throw notReproducible(artifact, "its result differs in \(changes.joined(separator: ", "))")
  }

  private func notReproducible(_ artifact: Artifact, _ difference: String) -> LaboratoryError {
    .notReproducible(
      label: artifact.label, path: paths.artifact(artifact.key, kind: artifact.kind),
      difference: difference)
  }
}
