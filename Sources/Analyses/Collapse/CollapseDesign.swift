import Laboratory
import Recipes
import Suites

/// Further keys of a collapse suite.
enum CollapseKey: String, SuiteKey {
  case compressions, methods, draws
}

extension SuiteName {
  /// What `compressions:` may name.
  enum Compressions: String, CaseIterable {
    case powersOfTwo = "powers-of-two"
    case powersOfTen = "powers-of-ten"
  }
}

/// Keys below `powers-of-ten:`.
enum PowersKey: String, SuiteKey {
  case to, step
}

/// Which methods are driven to which compressions, to see where a layer empties.
struct CollapseDesign: Hashable, Sendable {
  /// Fractions kept, from whole to sparse.
  let densities: [Density]
  /// Methods in the suite's order.
  let methods: [Method]
  /// Random rankings drawn for the distribution of random pruning's critical compression.
  let draws: Int
}

/// One artifact of counts.
struct CollapseCell: AnalysisCell {
  /// The method's name.
  let method: String
  /// Number of the replicate, from 1.
  let replicate: Int
  /// The artifact.
  let key: Key

  var keys: [Key] { [key] }
  var place: RunPlace { RunPlace(method: method, replicate: replicate) }
}

extension CollapseDesign: Analysis {
  static let about = AboutAnalysis(
    name: "collapse", question: "At which compression does a method empty a layer?",
    measure:
      "the largest compression N / (number kept) at which every layer keeps a weight, beside the bound N / L of any method, N weights in L layers",
    source: "Tanaka, Kunin, Yamins & Ganguli, NeurIPS 2020", keys: CollapseKey.names,
    needs: [.layers])

  init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(CollapseKey.self, beside: nil) else { return nil }
    let densities = fields.required(.compressions, example: "compressions: {powers-of-two: 24}")?
      .compressions()
    let methods = fields.required(.methods, example: "methods: {random: random, synflow: synflow}")?
      .rankedMethods(frame)
    let draws = fields[.draws].map { $0.integer(100...1_000_000) } ?? 10_000
    guard let densities, let methods, let draws else { return nil }
    self.init(densities: densities, methods: methods, draws: draws)
  }

  var runsPerReplicate: Double {
    methods.reduce(0) { $0 + Double($1.ranking.schedule == .oneShot ? 1 : densities.count) }
  }

  /// One artifact for all densities of a one-shot method, one for each density of an iterative one, so
  /// that those run side by side.
  func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws -> [CollapseCell] {
    try methods.flatMap { method in
      let (ranking, step) = (method.ranking, replicate.suite.iterations(before: method.maskFrom))
      let isOneShot = ranking.schedule == .oneShot
      return try (isOneShot ? [densities] : densities.map { [$0] }).map { densities in
        let recipe = CollapseRecipe(
          scored: replicate.scored(method, after: step),
          // Keeping everything takes no iterations.
          schedule: densities == [.one] ? .oneShot : ranking.schedule, scope: ranking.scope,
          excluded: ranking.excluded, densities: densities)
        let part = isOneShot ? "" : " · \(densities[0].compressionWords)×"
        let key = try builder.add(
          recipe, inputs: replicate.inputs(after: step, in: &builder),
          label: "collapse \(method.name)\(part) · replicate \(replicate.replicate)")
        return CollapseCell(method: method.name, replicate: replicate.replicate, key: key)
      }
    }
  }
}
