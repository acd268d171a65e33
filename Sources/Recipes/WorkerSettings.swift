/// What a worker must know beside recipes: where things are on this machine. None of it enters a key.
package struct WorkerSettings: Hashable, Sendable {
  /// The settings as they travel to a worker.
  package private(set) var values: [String: String]

  /// Settings as a worker receives them; empty to begin with.
  package init(_ values: [String: String] = [:]) { self.values = values }

  /// Notes where the data file is, or the folder of images, that is called `name` in `DatasetSource.files`; its SHA-256
  /// tells it from one of another dataset.
  package mutating func locate(_ name: String, digest: String, at path: String) {
    values["data:\(digest)/\(name)"] = path
  }

  /// Where the file called `name` with this SHA-256 is.
  package func path(of name: String, digest: String) -> String? { values["data:\(digest)/\(name)"] }

  /// The paths of the files of `source` with these digests, by their names.
  package func paths(of source: DatasetSource, _ digests: [String]) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: zip(source.files, digests).compactMap { name, digest in
        path(of: name, digest: digest).map { (name, $0) }
      })
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

  /// Seconds that a user's program that trains may be silent.
  package var patience: Double {
    get { values["patience"].flatMap(Double.init) ?? Self.usualPatience }
    set { values["patience"] = "\(newValue)" }
  }

  /// How many processes of a user's program that trains there are; `nil` where no such program is.
  package var processes: Int? {
    get { values["processes"].flatMap { Int($0) } }
    set { values["processes"] = newValue.map(String.init) }
  }

  /// Longer than a program takes to load its data, and than any step.
  package static let usualPatience = 300.0

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
