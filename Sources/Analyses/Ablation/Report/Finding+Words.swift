import Recipes
import Statistics
import Suites

extension Finding {
  /// Whether masks without a path take part: their accuracy says nothing about importance.
  var isDisconnected: Bool { !disconnected.isEmpty }

  /// The comparison that can say something: over all primary densities, or where some masks leave no
  /// path, over the others; `nil` where none are left.
  var telling: PairedComparison? { isDisconnected ? whereConnected : comparison }

  /// Whether an arm lacks runs at a primary density, so that nothing is decided there.
  var isPartial: Bool { !lacking.isEmpty }

  /// The verdict, and why it may say nothing about the method.
  var words: String {
    guard let telling else { return "disconnected by construction" }
    var words = telling.verdict.name
    if isPartial { words += " at \(toldAt.words)" }
    switch standing {
    case .informative: break
    case .nullControl: words += " (control)"
    case .likeRandom: words += " (uninformative: like random)"
    case .atChance: words += " (uninformative: at chance)"
    }
    if isDisconnected {
      words += "; disconnected by construction at \(disconnected.words)"
    }
    if isPartial { words += "; undecided at \(lacking.words), where runs are missing" }
    return words
  }

  /// The densities that ``telling`` is about.
  var toldAt: [Density] { densities.filter { !disconnected.contains($0) } }
}
