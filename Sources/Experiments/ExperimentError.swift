/// What can keep an artifact from being made, beside bad data, weights and scores.
package enum ExperimentError: Error, Hashable {
  /// A kind that this version does not know.
  case unknownKind(String)
  /// A recipe that names an input the artifact does not have.
  case missingInput(role: String, label: String)
  /// An input without weights, the training that it is of having diverged.
  case diverged(role: String, label: String)
  /// A user's mask file whose contents changed after planning.
  case maskChanged(path: String)
  /// A file of a user's program whose contents changed after planning, or that is gone.
  case programChanged(path: String)
  /// A folder of images that no setting locates.
  case imagesNotFound(digest: String)
  /// A user's mask file that no setting locates.
  case maskNotFound(digest: String)
}

extension ExperimentError: CustomStringConvertible {
  /// The sentence shown to users.
  package var description: String {
    switch self {
    case .unknownKind(let kind):
      "this version makes no artifacts of kind '\(kind)'; run with the version that planned them"
    case .missingInput(let role, let label):
      "the recipe of '\(label)' needs an artifact as its \(role) and names none"
    case .diverged(let role, let label):
      "'\(label)' needs weights (\(role)) that there are none of: the training diverged before; lower the "
        + "learning rate or begin at an earlier step"
    case .maskChanged(let path):
      "\(path): the mask changed after the run was planned; start the run again"
    case .programChanged(let path):
      "\(path): this file of a program changed after the run was planned; start the run again"
    case .imagesNotFound(let digest):
      "the folder of images with SHA-256 \(digest.prefix(12))… is not where the suite says"
    case .maskNotFound(let digest):
      "the mask file with SHA-256 \(digest.prefix(12))… is not where the suite says"
    }
  }
}
