import Recipes
import Suites

extension AnatomyDesign: Analysis {
  static let about = AboutAnalysis(
    name: "anatomy", question: "What distinguishes the masks of these methods?",
    measure:
      "of every two masks |m₁ ∧ m₂| / |m₁ ∨ m₂| (Jaccard), against the hypergeometric law of masks drawn at random with as many weights in every layer",
    source: "Vysogorets & Kempe, JMLR 2023, of effective density", keys: AnatomyKey.names, needs: []
  )

  init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(AnatomyKey.self, beside: nil) else { return nil }
    let densities = fields.required(.densities, example: "densities: [0.8^3, 0.8^6, 10%]")?
      .nonEmpty("a list of densities, such as [0.8^3, 10%]", least: "at least one density") {
        $0.density()
      }
    let tickets = fields[.tickets].map { $0.anatomyTickets(frame, densities ?? []) }
    let methods =
      fields[.methods] == nil && tickets != nil
      ? []
      : fields.required(.methods, example: "methods: {random: random, snip: snip}")?
        .maskMethods(frame, densities: densities ?? [])
    let ablations = fields[.ablations].map { $0.maskAblations() } ?? []
    let alignment = root.alignment(fields[.align], frame, isUsual: tickets != nil)
    let weights = fields.anatomyWeights(frame)
    guard let densities, let methods, let ablations, let alignment, let weights else { return nil }
    if case .some(.none) = tickets { return nil }
    let others = fields[.networks].map { $0.anatomyNetworks(fields, frame, densities) } ?? []
    guard let others else { return nil }
    let fixed = frame.unitsAreFixed
    self.init(
      densities: densities, methods: methods, ablations: ablations, tickets: tickets ?? nil,
      alignment: fixed ? nil : alignment.first, unitsAreFixed: fixed && !alignment.isEmpty,
      weights: weights, others: others)
    let names = names + ablated.map(\.name)
    if let (index, name) = names.enumerated().first(where: { names[..<$0].contains($1) }) {
      let field = index < methods.count ? fields[.methods] : fields[.tickets] ?? fields[.methods]
      (field ?? root).reportTaken(name, by: "method", "other masks are called so")
      return nil
    }
  }

  var describedMethods: [Method] { methods }

  var runsPerReplicate: Double {
    // Every mask, every pair of methods, the same method's mask of the replicate before, aligned too, and of the density
    // before; an ablated mask by itself and beside its own; the scores of two methods.
    let count = Double(names.count)
    let runs =
      SuiteSize.product(densities.count, names.count) * (4 + (count - 1) / 2)
      + SuiteSize.product(densities.count, ablated.count, 2) + count * (count - 1) / 2
    return Double(1 + others.count) * runs + weightCellsPerReplicate
  }
}

extension SuiteFrame {
  /// Whether the network has no hidden units that could change places.
  fileprivate var unitsAreFixed: Bool { symmetry?.groups.isEmpty ?? false }
}

extension Field {
  /// Reads ablations that change masks or rankings; others have nothing to act on here.
  fileprivate func maskAblations() -> [AblationCombination]? {
    guard let combinations = combinations() else { return nil }
    let foreign = combinations.flatMap(\.ablations).filter { !$0.inverts && !$0.changesMask }
    for ablation in foreign.map(\.name).distinct {
      report(
        .inapplicable(
          owner: "masks, under which nothing is trained here", remedy: "remove `\(ablation)`"))
    }
    return foreign.isEmpty ? combinations : nil
  }

  /// Reads `tickets:`, of which every density of the suite must be a level's.
  fileprivate func anatomyTickets(_ frame: SuiteFrame, _ densities: [Density]) -> AnatomyTickets? {
    let ladder = ladder(frame, beside: TicketsKey.names)
    guard let fields = fields(TicketsKey.self, beside: nil) else { return nil }
    let name = fields[.name].map { $0.name(of: "tickets") } ?? "tickets"
    let rewind = fields[.rewind].map { frame.timeline.beforeEnd($0.step(), at: $0) } ?? .zero
    frame.requireTraining(for: self)
    guard let ladder, let name, let rewind else { return nil }
    let tickets = AnatomyTickets(name: name, ladder: ladder, rewind: rewind)
    let unreached = densities.filter { tickets.level(at: $0) == nil }
    for density in unreached {
      report(
        .unreachableDensity(density.description, nearest: ladder.nearest(to: density)))
    }
    return unreached.isEmpty ? tickets : nil
  }

  /// Reads `networks:`, further networks whose masks at initialization methods are asked for, too.
  fileprivate func anatomyNetworks(
    _ fields: Fields<AnatomyKey>, _ frame: SuiteFrame, _ densities: [Density]
  ) -> [AnatomyNetwork]? {
    let owner = "suites of several networks, which tell of allocations and scores alone"
    let foreign: [AnatomyKey] = [.ablations, .tickets, .align]
    fields.reject(foreign, for: owner)
    guard let own = frame.network?.description else { return nil }
    let networks = named("network", such: "{wide: {network: lenet-600-200}}") { name, field in
      guard name != own else {
        field.reportTaken(name, by: "network", "the suite's own is called so")
        return nil as AnatomyNetwork?
      }
      guard let keys = field.fields(AnatomyNetworkKey.self) else { return nil }
      let dataset =
        keys[.dataset].map { $0.dataset(seed: frame.seed, files: frame.files) } ?? frame.dataset
      guard
        let network = keys.required(.network, example: "network: conv-4")?.network(
          reading: dataset),
        let dataset
      else { return nil }
      let methods = fields[.methods]?.maskMethods(
        frame.reading(network, dataset), densities: densities)
      guard let methods else { return nil }
      for method in methods {
        guard case .ranking(_, .step(.zero)) = method.source else {
          fields[.methods]?.report(
            .inapplicable(
              owner: owner, remedy: "find the masks of `\(method.name)` at initialization"))
          return nil
        }
      }
      return AnatomyNetwork(
        name: name, problem: Problem(network: network, dataset: dataset), methods: methods)
    }
    return foreign.allSatisfy { fields[$0] == nil } ? networks : nil
  }

  /// Reads `align:` at `field`: an alignment, or none of them.
  fileprivate func alignment(_ field: Field?, _ frame: SuiteFrame, isUsual: Bool)
    -> [AnatomyAlignment]?
  {
    let trained: TrainingPoint = frame.training == nil ? .step(.zero) : .last
    let usual = AnatomyAlignment(
      weights: trained, attempts: 1, draws: AnatomyAlignment.usualDraws)
    guard let field else { return isUsual ? [usual] : [] }
    guard field.isMapping else { return field.flag().map { $0 ? [usual] : [] } }
    guard let fields = field.fields(AlignKey.self) else { return nil }
    let weights = fields[.weights].map { $0.point(frame.timeline) } ?? trained
    if let weights, weights != .step(.zero), let stated = fields[.weights] {
      frame.requireTraining(for: stated)
    }
    let attempts = fields[.attempts].map { $0.integer(1...1000) } ?? 1
    let draws = fields[.draws].map { $0.integer(1...1000) } ?? AnatomyAlignment.usualDraws
    guard let weights, let attempts, let draws else { return nil }
    return [AnatomyAlignment(weights: weights, attempts: attempts, draws: draws)]
  }
}
