import Recipes
import Suites

/// Runs by arm, density and replicate, in the order in which they first came.
struct RunTable {
  /// Methods without the dense network.
  let methods: [String]
  /// Ablations without the methods themselves.
  let ablations: [String]
  /// From the densest on.
  let densities: [Density]
  /// Runs of the dense network.
  let dense: [RatedRun]
  /// Whether some arms have more replicates than others somewhere.
  let countsDiffer: Bool

  private let arms: [Arm: [Density: [RatedRun]]]

  init(_ records: [RunRecord], _ settings: AblationSettings) {
    var (methods, ablations): ([String], [String]) = ([], [])
    var (knownMethods, knownAblations): (Set<String>, Set<String>) = ([], [RunRecord.unablated])
    var (arms, densities) = ([Arm: [Density: [RatedRun]]](), Set<Density>())
    let rated = records.map { RatedRun($0, settings) }.filter { !$0.isUnmeasured }
    for run in rated where run.method != Method.dense {
      if knownMethods.insert(run.method).inserted { methods.append(run.method) }
      if knownAblations.insert(run.ablation).inserted { ablations.append(run.ablation) }
      densities.insert(run.density)
      arms[Arm(method: run.method, ablation: run.ablation), default: [:]][
        run.density, default: []
      ].append(run)
    }
    self.methods = methods
    self.ablations = ablations
    self.arms = arms.mapValues { runs in
      runs.mapValues { $0.sorted { $0.replicate < $1.replicate } }
    }
    self.densities = densities.sorted(by: >)
    countsDiffer = Set(arms.values.flatMap { $0.values.map(\.count) }).count > 1
    dense = rated.filter { $0.method == Method.dense }
  }

  /// Runs of one arm at one density, by replicate.
  func runs(_ arm: Arm, _ density: Density) -> [RatedRun] { arms[arm]?[density] ?? [] }

  /// Runs of one arm at all densities.
  func runs(_ arm: Arm) -> [RatedRun] { densities.flatMap { runs(arm, $0) } }

  /// The arms of `method`: itself, then its ablations.
  func arms(of method: String) -> [Arm] {
    [Arm(method: method)] + ablations(of: method).map { Arm(method: method, ablation: $0) }
  }

  /// Every method under each of its ablations, method by method.
  var ablatedArms: [Arm] { methods.flatMap { arms(of: $0).dropFirst() } }

  /// Ablations that `method` was run with.
  func ablations(of method: String) -> [String] {
    ablations.filter { arms[Arm(method: method, ablation: $0)] != nil }
  }
}
