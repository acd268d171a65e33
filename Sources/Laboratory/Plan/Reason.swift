import Wording

/// Why an artifact is computed.
package enum Reason: Hashable, Sendable {
  /// Nothing like it was computed before.
  case firstTime
  /// Its recipe or schema differs from that of the same label in the suite's last saved plan.
  case changed([FieldChange])
  /// Its recipe is the same, but an input is another artifact than in the suite's last saved plan.
  case inputRedone(label: String)
  /// It is there, but these of its files, which others read, were not kept.
  case notKept(Set<String>)
  /// It was there, but not whole.
  case damaged(Damage)
}

extension Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .firstTime: return "first time"
    case .changed(let changes):
      let shown = changes.prefix(3).map(\.description).joined(separator: ", ")
      return "changed: \(shown)" + (changes.count > 3 ? " and \(changes.count - 3) more" : "")
    case .inputRedone(let label): return "its input \(label) is redone"
    case .notKept(let files):
      return "its \(Format.list(files.sorted())) \(files.count == 1 ? "was" : "were") not kept"
    case .damaged(let damage): return "damaged: \(damage)"
    }
  }

  /// Why an artifact that the store lacks is computed, judged by the suite's last saved plan.
  ///
  /// - Parameters:
  ///   - before: the artifact of the same kind and label in the suite's last saved plan.
  ///   - plan: tells the labels of inputs.
  static func forAbsent(_ artifact: Artifact, before: Artifact?, in plan: Plan) -> Reason {
    // Another artifact of the plan, if it is still in it: labels need not tell artifacts apart.
    guard let before, plan[before.key] == nil else { return .firstTime }
    var changes = FieldChange.between(before.recipe, and: artifact.recipe)
    if before.schema != artifact.schema {
      changes.insert(
        FieldChange(path: "schema", old: "\(before.schema)", new: "\(artifact.schema)"), at: 0)
    }
    guard changes.isEmpty else { return .changed(changes) }
    let role = Set(artifact.inputs.keys).union(before.inputs.keys).sorted()
      .first { artifact.inputs[$0] != before.inputs[$0] }
    let input = role.flatMap { artifact.inputs[$0] }.flatMap { plan[$0] }
    return .inputRedone(label: input?.label ?? role ?? "unknown")
  }
}
