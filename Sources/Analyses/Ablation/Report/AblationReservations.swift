import Recipes
import Suites
import Wording

extension AblationAnalysis {
  /// What a reader must know of these runs before the claims; sentences without full stops.
  var ownReservations: [String] { fractions + absent + unweighed + uncompared }

  /// Percent are asked for, and 0.97 looks like a fraction.
  private var fractions: [String] {
    let metric = terms.settings.metric
    guard metric.isShare else { return [] }
    let runs = table.methods.flatMap { method in
      table.arms(of: method).flatMap { table.runs($0) }
    }
    // Errors that are told by accuracies look like percent in any case.
    let accuracies = runs.compactMap(\.accuracy)
    let highest = (accuracies.isEmpty ? runs.compactMap(\.value) : accuracies).max()
    guard let highest, highest <= 1 else { return [] }
    let name = accuracies.isEmpty ? metric.name : Metric.accuracy.name
    return [
      "no \(name) is above \(Format.significant(highest)), which looks like fractions where percent are "
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

  /// What was to weigh otherwise and is not in the table.
  private var unweighed: [String] {
    let settings = terms.settings
    let arms = (settings.weights ?? []).map { Arm(method: $0.method, ablation: $0.ablation) }
      .filter { self[$0] == nil }
      .map { ArmComparison.name($0, against: settings.randomMethod) }
    return arms.isEmpty ? [] : ["weights are stated of what is not compared: \(arms.sentence)"]
  }

  private var uncompared: [String] {
    let arms = incomparable.map { "\($0.method) · \($0.ablation)" }
    return arms.isEmpty ? [] : ["no replicate has runs of both arms of \(arms.sentence)"]
  }
}
