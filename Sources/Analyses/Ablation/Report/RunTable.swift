import Recipes
import Suites

/// Runs by method, ablation, density and replicate, in the order in which they first came.
struct RunTable {
  /// Methods without the dense network.
  let methods: [String]
  /// Ablations without the methods themselves.
  let ablations: [String]
  /// From the densest on.
  let densities: [Density]
  /// Runs of the dense network.
  let dense: [RunRecord]

  private let arms: [Arm: Runs]

  private struct Arm: Hashable {
    let method, ablation: String
  }

  /// The runs of one arm.
  private struct Runs {
    var byDensity: [Density: [RunRecord]] = [:]
    var accuracies = Accuracies()
    /// Densities at which a mask leaves no path.
    var cut: Set<Density> = []
  }

  /// The accuracies of one arm; `nil` of runs that diverged.
  struct Accuracies {
    /// By density and replicate.
    var byDensity: [Density: [Int: Double?]] = [:]
    /// Replicates with any run.
    var replicates: Set<Int> = []
  }

  init(_ records: [RunRecord]) {
    var (methods, ablations): ([String], [String]) = ([], [])
    var (knownMethods, knownAblations): (Set<String>, Set<String>) = ([], [RunRecord.unablated])
    var (arms, densities) = ([Arm: Runs](), Set<Density>())
    for record in records where record.method != Method.dense {
      if knownMethods.insert(record.method).inserted { methods.append(record.method) }
      if knownAblations.insert(record.ablation).inserted { ablations.append(record.ablation) }
      densities.insert(record.density)
      let arm = Arm(method: record.method, ablation: record.ablation)
      arms[arm, default: Runs()].byDensity[record.density, default: []].append(record)
      arms[arm]!.accuracies.byDensity[record.density, default: [:]].updateValue(
        record.accuracy, forKey: record.replicate)
      arms[arm]!.accuracies.replicates.insert(record.replicate)
      if record.details.connected == false { arms[arm]!.cut.insert(record.density) }
    }
    self.methods = methods
    self.ablations = ablations
    self.arms = arms.mapValues { runs in
      var runs = runs
      runs.byDensity = runs.byDensity.mapValues { $0.sorted { $0.replicate < $1.replicate } }
      return runs
    }
    self.densities = densities.sorted(by: >)
    dense = records.filter { $0.method == Method.dense }
  }

  /// Runs of one arm at one density, by replicate.
  func runs(_ method: String, _ ablation: String, _ density: Density) -> [RunRecord] {
    arms[Arm(method: method, ablation: ablation)]?.byDensity[density] ?? []
  }

  /// Runs of one arm at all densities.
  func runs(_ method: String, _ ablation: String) -> [RunRecord] {
    densities.flatMap { runs(method, ablation, $0) }
  }

  /// The accuracies of one arm.
  func accuracies(_ method: String, _ ablation: String) -> Accuracies {
    arms[Arm(method: method, ablation: ablation)]?.accuracies ?? Accuracies()
  }

  /// Densities at which a mask of one arm leaves no path.
  func cut(_ method: String, _ ablation: String) -> Set<Density> {
    arms[Arm(method: method, ablation: ablation)]?.cut ?? []
  }

  /// The method itself and its ablations.
  func arms(of method: String) -> [String] { [RunRecord.unablated] + ablations(of: method) }

  /// Ablations that `method` was run with.
  func ablations(of method: String) -> [String] {
    ablations.filter { arms[Arm(method: method, ablation: $0)] != nil }
  }
}
