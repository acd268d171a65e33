import Foundation
package import Laboratory

/// What sorts of work artifacts are, for estimates by what the like of them took: the same kind for the same network,
/// dataset and criterion, the same kind for the same network, and the same kind.
package final class WorkSorts {
  /// Of each form, which many artifacts share.
  private var known: [ObjectIdentifier: (form: Artifact.Form, sorts: [String])] = [:]

  /// None yet.
  package init() {}

  /// The sorts of `artifact`, from the narrowest to the widest.
  package func of(_ artifact: Artifact) -> [String] {
    let identifier = ObjectIdentifier(artifact.form)
    if let found = known[identifier] { return found.sorts }
    let sorts = Self.sorts(kind: artifact.kind, recipe: artifact.recipe)
    known[identifier] = (artifact.form, sorts)
    return sorts
  }

  /// The sorts of what has this `recipe`; a recipe without a network has its kind alone.
  static func sorts(kind: String, recipe: Data) -> [String] {
    let tree = (try? JSONSerialization.jsonObject(with: recipe)) as? [String: Any] ?? [:]
    let walk = tree["walk"] as? [String: Any] ?? [:]
    let problem = tree["problem"] as? [String: Any] ?? walk["problem"] as? [String: Any] ?? [:]
    guard let network = problem["network"] else { return [kind] }
    let dataset = (problem["dataset"] as? [String: Any])?["source"]
    let criterion = (tree["criterion"] as? [String: Any])?.keys.sorted().first
    let training = walk["training"] as? [String: Any]
    let rest: [Any?] = [
      dataset, criterion, walk["device"], walk["precision"], training?["batchSize"],
      training?["batch-size"],
    ]
    let wide = "\(kind) \(text(network))"
    return [([wide] + rest.compactMap(\.self).map(text)).joined(separator: " "), wide, kind]
  }

  /// The same text for the same value.
  private static func text(_ value: Any) -> String {
    if let text = value as? String { return text }
    guard
      let data = try? JSONSerialization.data(
        withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed])
    else { return "" }
    return String(decoding: data, as: UTF8.self)
  }
}
