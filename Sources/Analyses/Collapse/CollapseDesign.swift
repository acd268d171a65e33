package import Laboratory
package import Recipes
package import Suites

/// Which methods are driven to which compressions, to see where a layer empties.
package struct CollapseDesign: Hashable, Sendable {
  /// Fractions kept, from whole to sparse.
  package let densities: [Density]
  /// Methods in the suite's order.
  package let methods: [Method]
  /// Random rankings drawn for the distribution of random pruning's critical compression.
  package let draws: Int

  /// A design.
  package init(densities: [Density], methods: [Method], draws: Int) {
    self.densities = densities
    self.methods = methods
    self.draws = draws
  }
}

/// One artifact of counts.
package struct CollapseCell: Hashable, Sendable {
  /// The method's name.
  package let method: String
  /// Number of the replicate, from 1.
  package let replicate: Int
  /// The artifact.
  package let key: Key
}

extension CollapseDesign: Analysis {
  package static var about: AboutAnalysis {
    AboutAnalysis(
      name: "collapse",
      question: "At which compression does a method empty a layer?",
      keys: CollapseKey.allCases.map(\.rawValue), needs: [])
  }

  package init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(CollapseKey.self, beside: nil) else { return nil }
    let densities = fields.required(.compressions, example: "compressions: {powers-of-two: 24}")?
      .compressions()
    let methods = fields.required(.methods, example: "methods: {random: random, synflow: synflow}")?
      .rankedMethods(frame)
    let draws = fields[.draws].map { $0.integer(100...1_000_000) } ?? 10_000
    guard let densities, let methods, let draws else { return nil }
    self.init(densities: densities, methods: methods, draws: draws)
  }

  package var runsPerReplicate: Double {
    methods.reduce(0) { $0 + Double($1.ranking.schedule == .oneShot ? 1 : densities.count) }
  }

  package func plan(_ suite: Suite) throws -> AnalysisPlan<CollapseCell> {
    try AnalysisPlan(expanding: suite, self)
  }
}

extension CollapseCell: AnalysisCell {
  package var keys: [Key] { [key] }
}

extension AnalysisPlan where Cell == CollapseCell {
  /// One artifact for all densities of a one-shot method, one for each density of an iterative one, so
  /// that those run side by side.
  init(expanding suite: Suite, _ design: CollapseDesign) throws {
    var (builder, cells) = (PlanBuilder(), [CollapseCell]())
    for number in 1...suite.replicates {
      let replicate = try ScoredReplicate(suite, number)
      for method in design.methods {
        let (ranking, step) = (method.ranking, suite.iterations(before: method.maskFrom))
        func add(_ densities: [Density], _ schedule: PruningSchedule, _ label: String) throws {
          let recipe = CollapseRecipe(
            scored: replicate.scored(method, after: step), schedule: schedule,
            scope: ranking.scope, excluded: ranking.excluded, densities: densities)
          let key = try builder.add(
            recipe, inputs: try replicate.inputs(after: step, in: &builder),
            label: "collapse \(method.name)\(label) · replicate \(number)")
          cells.append(CollapseCell(method: method.name, replicate: number, key: key))
        }
        if ranking.schedule == .oneShot {
          try add(design.densities, .oneShot, "")
        } else {
          for density in design.densities {
            // Keeping everything takes no iterations.
            try add(
              [density], density == .one ? .oneShot : ranking.schedule,
              " · \(density.compressionWords)×")
          }
        }
      }
    }
    self.init(artifacts: builder.artifacts, cells: cells)
  }
}
