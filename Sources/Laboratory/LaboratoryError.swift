/// Everything that can go wrong between a plan and its records.
package enum LaboratoryError: Error, Hashable, Sendable, Codable {
  /// A folder or file of the store cannot be written.
  case storeNotWritable(path: String, reason: String)
  /// The disk or the quota is full.
  case diskFull(path: String)
  /// A file cannot be read.
  case unreadable(path: String, reason: String)
  /// The worker's executable is not there or not executable.
  case workerNotFound(path: String)
  /// Worker processes end before they are ready.
  case workerDoesNotStart(path: String, ending: String, lastLines: [String])
  /// The worker does not accept its settings.
  case settingsRefused(message: String)
  /// An artifact of the store is not what its record says.
  case damagedArtifact(Key, Damage)
  /// Artifacts need inputs that no artifact of the plan makes.
  case missingInputs([MissingInput])
  /// A name cannot be a file name.
  case unsuitableName(String, use: String)
  /// A recipe is not UTF-8.
  case unsuitableRecipe(label: String)
  /// Artifacts of one walk need different inputs.
  case unevenWalk(labels: [String])
  /// An artifact that was made again is not the one in the store.
  case notReproducible(label: String, path: String, difference: String)
  /// What a worker made cannot be published.
  case unsuitableOutcome(label: String, problem: String)
  /// A saved plan cannot be read.
  case unreadablePlan(path: String)
  /// A folder is not known to be a store: it has no marker.
  case notAStore(path: String)
  /// A folder that the store would use is there and holds what is not the store's.
  case foreignFolder(root: String, name: String)
  /// The system starts no more threads.
  case noThread(reason: String)
  /// What was made cannot be trusted, and nothing else that is made in the same way.
  case distrusted(label: String, problem: String)
  /// Not all that was printed arrived.
  case outputNotWritable(reason: String)

  /// Whether no other artifact could succeed either.
  var stopsTheRun: Bool {
    switch self {
    case .storeNotWritable, .diskFull, .noThread, .foreignFolder, .distrusted: true
    default: false
    }
  }
}

extension LaboratoryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .storeNotWritable(let path, let reason):
      "The store cannot be written: \(path): \(reason). Choose another folder with --store or"
        + " ESPALIER_STORE, or make this one writable."
    case .diskFull(let path):
      "The disk is full: \(path) could not be written. Finished artifacts are kept. Free some space"
        + " ('espalier store gc' may help), or choose another folder with --store, and run the same"
        + " command again."
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)."
    case .workerNotFound(let path):
      "The worker program is not at \(path), or is not executable. Build it with 'swift build', or"
        + " name it with --worker."
    case .workerDoesNotStart(let path, let ending, let lastLines):
      (["The worker program \(path) \(ending)."]
        + (lastLines.isEmpty ? [] : ["Its last lines were:"]) + lastLines.map { "  " + $0 })
        .joined(separator: "\n")
    case .settingsRefused(let message): "The worker refused its settings: \(message)"
    case .damagedArtifact(let key, let damage): "Artifact \(key.short) is damaged: \(damage)."
    case .missingInputs(let inputs):
      (["The plan lacks \(inputs.count == 1 ? "an input" : "\(inputs.count) inputs"):"]
        + inputs.map { "  \($0.label) needs \($0.key.short) as its \($0.role)" })
        .joined(separator: "\n")
    case .unsuitableName(let name, let use):
      "'\(name)' cannot be the name of a \(use): it becomes a file name, so use up to 200 letters,"
        + " digits, '.', '_' and '-', with no '.' at the front."
    case .unsuitableRecipe(let label): "The recipe of \(label) is not UTF-8 text."
    case .unevenWalk(let labels):
      "\(labels.joined(separator: " and ")) are of one walk and need different inputs."
    case .notReproducible(let label, let path, let difference):
      "\(label) was made again and is not what it was: \(difference). Equal work must give equal bytes: see"
        + " in \(path)/record.json whether another version, engine or processor made it; without that"
        + " folder it is made anew."
    case .unsuitableOutcome(let label, let problem):
      "What was made for \(label) cannot be kept: \(problem)."
    case .unreadablePlan(let path):
      "\(path) is not a plan. It only tells which artifacts are in use and why others are redone;"
        + " delete it, and run its suite again before 'espalier store gc'."
    case .notAStore(let path):
      "\(path) is not a store: it has no file '\(StorePaths.marker)'. Nothing was touched. Name a store"
        + " with --store or ESPALIER_STORE; 'espalier run' makes one, and marks one that an earlier version"
        + " left."
    case .foreignFolder(let root, let name):
      "\(root) cannot become a store: its '\(name)' holds what is not the store's. Choose a new or empty"
        + " folder with --store or ESPALIER_STORE, such as \(root)/espalier-store."
    case .distrusted(let label, let problem):
      "The run was stopped at '\(label)': \(problem). Mend it, and run the same command again."
    case .noThread(let reason):
      "Another thread cannot be started: \(reason). Allow more processes (ulimit -u) or more memory"
        + " (ulimit -v), or use fewer --workers."
    case .outputNotWritable(let reason): "Standard output cannot be written: \(reason)."
    }
  }
}
