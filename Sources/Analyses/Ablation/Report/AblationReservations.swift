import Recipes
import Suites
import Wording

extension AblationAnalysis {
  /// What a reader must know of these runs before the claims; sentences without full stops.
  var ownReservations: [String] { fractions + absent + uncompared }

  /// Percent are asked for, and 0.97 looks like a fraction.
  private var fractions: [String] {
    let accuracies = table.methods.flatMap { method in
      table.arms(of: method).flatMap { table.runs($0) }
    }.compactMap(\.accuracy)
    guard let highest = accuracies.max(), highest <= 1 else { return [] }
    return [
      "no accuracy is above \(Format.significant(highest)), which looks like fractions where percent are "
        + "expected: multiply them by 100"
    ]
  }

  /// What was to decide and is not in the table.
  private var absent: [String] {
    let densities = (terms.settings.primary ?? []).filter { density in
      !table.densities.contains(where: density.isNear)
    }
    return densities.isEmpty
      ? []
      : [
        "no run has the primary \(densities.count == 1 ? "density" : "densities") \(densities.words)"
      ]
  }

  private var uncompared: [String] {
    let arms = incomparable.map { "\($0.method) · \($0.ablation)" }
    return arms.isEmpty ? [] : ["no replicate has runs of both arms of \(arms.sentence)"]
  }
}
