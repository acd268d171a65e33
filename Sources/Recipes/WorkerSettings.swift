/// What a worker must know beside recipes: where things are on this machine. None of it enters a key.
package struct WorkerSettings: Hashable, Sendable {
  /// The settings as they travel to a worker.
  package private(set) var values: [String: String]

  /// Settings as a worker receives them; empty to begin with.
  package init(_ values: [String: String] = [:]) { self.values = values }

  /// Paths of data files, and of folders of images, by their SHA-256: files of several datasets may have one name.
  package var dataPaths: [String: String] {
    get { section("data:") }
    set { replace("data:", with: newValue) }
  }

  /// The paths of the files of `source` with these digests, by their names in ``DatasetSource/files``.
  package func paths(of source: DatasetSource, _ digests: [String]) -> [String: String] {
    let known = dataPaths
    return Dictionary(uniqueKeysWithValues: zip(source.files, digests.map { known[$0] }))
      .compactMapValues(\.self)
  }

  /// Paths of the user's mask files by their SHA-256.
  package var maskPaths: [String: String] {
    get { section("mask:") }
    set { replace("mask:", with: newValue) }
  }

  /// The suite's folder, in which a user's program runs.
  package var folder: String {
    get { values["folder"] ?? "." }
    set { values["folder"] = newValue }
  }

  /// The toolkit's version and commit, for provenance.
  package var version: String {
    get { values["version"] ?? "unknown" }
    set { values["version"] = newValue }
  }

  private func section(_ prefix: String) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: values.filter { $0.key.hasPrefix(prefix) }
        .map { (String($0.key.dropFirst(prefix.count)), $0.value) })
  }

  private mutating func replace(_ prefix: String, with section: [String: String]) {
    values = values.filter { !$0.key.hasPrefix(prefix) }
    for (name, value) in section { values[prefix + name] = value }
  }
}
