package import Foundation

/// A piece of work that a worker is given: what is missing of a walk.
package final class Assignment {
  /// What claims and checkpoints are of.
  package let id: Key
  /// What to make, in the walk's order; the first one comes first.
  package let missing: [Artifact]
  /// What is there of the walk already, in the walk's order: to start from, and to be compared with what is
  /// made on the way once more.
  package let present: [Artifact]
  /// Where inputs are.
  package let store: Store
  /// What has not been published yet, in the walk's order.
  private(set) var unpublished: [Artifact]
  /// An empty folder for each artifact; all files written there become the artifact's files.
  private var folders: [Key: String] = [:]
  /// A folder for what is of no artifact.
  private var scratchFolder: String?
  /// The names of the files that were asked for: without one of them an artifact is not published.
  private(set) var outputs: [Key: Set<String>] = [:]
  private let tell: (WorkerReport) -> Void
  private var lastReport = MonotonicClock.seconds()

  /// The first artifact to make; the only one of a walk of one.
  package var artifact: Artifact { missing[0] }

  /// - Parameters:
  ///   - missing: at least one artifact.
  ///   - tell: is told what is published and how far the work is.
  init(
    _ missing: [Artifact], present: [Artifact] = [], in store: Store,
    tell: @escaping (WorkerReport) -> Void = { _ in }
  ) throws {
    id = missing[0].walkID
    self.missing = missing
    self.present = present
    self.store = store
    self.tell = tell
    unpublished = missing
    for artifact in missing { folders[artifact.key] = try store.makeWorkspace(for: artifact.key) }
  }

  /// The path of a file of an artifact, which is to be written; of the first one, where none is named.
  package func path(ofOutput name: String, of artifact: Artifact? = nil) -> String {
    let artifact = artifact ?? self.artifact
    outputs[artifact.key, default: []].insert(name)
    return "\(folder(of: artifact))/\(name)"
  }

  /// A folder for what is needed on the way and is no artifact's; gone with the assignment.
  package func scratch() throws -> URL {
    let folder = try scratchFolder ?? store.makeWorkspace(for: id)
    scratchFolder = folder
    return URL(fileURLWithPath: folder, isDirectory: true)
  }

  func folder(of artifact: Artifact) -> String {
    guard let folder = folders[artifact.key] else {
      preconditionFailure("\(artifact.label) is not among what is to be made, or was published")
    }
    return folder
  }

  /// Publishes an artifact, once; those that need it may start at once.
  ///
  /// - Throws: `LaboratoryError.unsuitableOutcome`; `.notReproducible` where the store had it without some
  ///   of its files, and it was another; `.storeNotWritable`, `.diskFull` or `.unreadable`.
  package func publish(_ artifact: Artifact, _ outcome: WorkOutcome) throws {
    guard let place = unpublished.firstIndex(where: { $0.key == artifact.key }) else {
      throw LaboratoryError.unsuitableOutcome(
        label: artifact.label, problem: "nobody asked for it, or it was published before")
    }
    let isNew = try store.publish(
      unpublished[place], outcome, from: folder(of: artifact),
      holding: outputs[artifact.key] ?? [])
    unpublished.remove(at: place)
    folders[artifact.key] = nil
    if unpublished.isEmpty { try FileSystem.remove(store.paths.checkpoints(of: id)) }
    tell(.done(artifact.key, computed: isNew))
  }

  /// Compares an artifact that is there with what was made on the way once more.
  ///
  /// - Throws: `LaboratoryError.notReproducible`, `.damagedArtifact` or `.unreadable`.
  package func audit(_ artifact: Artifact, result: Data) throws {
    let record = try store.record(of: artifact.key)
    try store.compare(artifact, record, withResult: result)
  }

  /// Tells the fraction of the assignment's work that is done, 0 to 1; cheap to call often.
  package func report(_ fraction: Double) {
    let now = MonotonicClock.seconds()
    guard now - lastReport >= 0.2, let current = unpublished.first else { return }
    lastReport = now
    // Others see one artifact at a time.
    let left = unpublished.reduce(0) { $0 + $1.cost }
    let total = missing.reduce(0) { $0 + $1.cost }
    let done = fraction * total - (total - left)
    tell(.progress(current.key, fraction: missing.count == 1 ? fraction : done / current.cost))
  }

  /// Checks that nothing is missing any more.
  ///
  /// - Throws: `LaboratoryError.unsuitableOutcome`.
  func requireAll() throws {
    guard let artifact = unpublished.first else { return }
    throw LaboratoryError.unsuitableOutcome(
      label: artifact.label, problem: "the work ended without it")
  }

  /// Deletes what was not published.
  func discard() {
    for folder in folders.values + [scratchFolder].compactMap(\.self) {
      try? FileSystem.remove(folder)
    }
  }
}
