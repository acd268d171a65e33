import Laboratory
import Randomness
import Recipes
import Suites

extension AnatomyDesign {
  /// Each mask by itself, beside those of other methods, and of its own method at the density before and in the
  /// replicate before; ablated masks beside their own; scores two by two.
  func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws -> [AnatomyCell] {
    var expansion = AnatomyExpansion(design: self, own: replicate)
    try expansion.run(in: &builder)
    guard !others.isEmpty else { return expansion.cells }
    let own = replicate.suite.problem.network.description
    return try expansion.cells.map { $0.of(own) }
      + others.flatMap { other in
        var design = self
        (design.methods, design.others) = (other.methods, [])
        let replicate = try ScoredReplicate(
          replicate.suite.asked(of: other.problem), replicate.replicate)
        return try design.cells(replicate, in: &builder).map { $0.of(other.name) }
      }
  }
}

/// Expands one replicate.
private struct AnatomyExpansion {
  let design: AnatomyDesign
  let own: ScoredReplicate
  private(set) var cells: [AnatomyCell] = []

  /// A mask of the plan.
  struct Planned {
    let place: AnatomyCell.Place
    let key: Key
    /// The suite's density at which it stands beside others: its own, or the nearest one of a file that has another.
    let level: Density

    /// The training of the network that is pruned by it.
    let course: Course

    /// Whether it stands beside `other` in comparisons of methods.
    func isLevel(with other: Planned) -> Bool { level == other.level }
  }

  /// How what a mask leaves is trained.
  enum Course {
    /// As a method's networks are.
    case method(Method)
    /// As a level of a ladder is: from a step's weights, in an order.
    case level(rewind: Int, order: StreamPath)
  }

  init(design: AnatomyDesign, own: ScoredReplicate) { (self.design, self.own) = (design, own) }

  mutating func run(in builder: inout PlanBuilder) throws {
    let before =
      own.replicate > 1 ? try ScoredReplicate(own.suite, own.replicate - 1) : nil
    let masks = try masks(of: own, in: &builder)
    let earlier = try before.map { try self.masks(of: $0, in: &builder) } ?? []
    cells += try design.denseWeightCells(own, in: &builder)
    for (index, mask) in masks.enumerated() {
      try addStructure(mask, in: &builder)
      try addWeights(mask, in: &builder)
      let (name, known) = (mask.place.method, masks[..<index])
      var others = known.filter { $0.place.method != name && $0.isLevel(with: mask) }
      others += known.last { $0.place.method == name }.map { [$0] } ?? []
      let seed = earlier.first { $0.place.method == name && $0.isLevel(with: mask) }
      for other in others + (seed.map { [$0] } ?? []) {
        try addOverlap(mask, other, in: &builder)
      }
      if let before, let seed, let alignment = design.alignment {
        try addAligned(mask, seed, of: before, alignment, in: &builder)
      }
      for ablated in design.ablated where ablated.method == name {
        let changed = try change(mask, ablated, in: &builder)
        try addStructure(changed, in: &builder)
        try addWeights(changed, in: &builder)
        try addOverlap(changed, mask, in: &builder)
      }
    }
    try addScores(in: &builder)
  }

  // MARK: Masks

  /// The masks of all methods, and of tickets, from the densest on.
  private func masks(of replicate: ScoredReplicate, in builder: inout PlanBuilder) throws
    -> [Planned]
  {
    let densities = design.densities.sorted(by: >)
    func place(_ name: String, _ density: Density) -> AnatomyCell.Place {
      AnatomyCell.Place(method: name, density: density, replicate: replicate.replicate)
    }
    var masks: [Planned] = []
    for method in design.methods {
      guard case .masks(let files) = method.source else {
        for density in densities {
          masks.append(
            Planned(
              place: place(method.name, density),
              key: try replicate.mask(method, density, in: &builder), level: density,
              course: .method(method)))
        }
        continue
      }
      if let own = files.own {
        let density = own[replicate.replicate - 1]
        masks.append(
          Planned(
            place: place(method.name, density),
            key: try replicate.importedMask(method, files, at: 0, density, in: &builder),
            level: densities.min { $0.ratio(to: density) < $1.ratio(to: density) } ?? density,
            course: .method(method)))
        continue
      }
      for density in densities {
        let index = design.densities.firstIndex(of: density) ?? 0
        masks.append(
          Planned(
            place: place(method.name, density),
            key: try replicate.importedMask(method, files, at: index, density, in: &builder),
            level: density, course: .method(method)))
      }
    }
    guard let tickets = design.tickets else { return masks }
    let wanted = densities.compactMap(tickets.level)
    let rewind = replicate.suite.iterations(before: .step(tickets.rewind))
    let levels = try replicate.climb(
      tickets.ladder, rewindingTo: rewind, levels: wanted.max() ?? 0, in: &builder)
    for density in densities {
      guard let number = tickets.level(at: density), let mask = levels[number].mask else {
        continue
      }
      masks.append(
        Planned(
          place: place(tickets.name, density), key: mask, level: density,
          course: .level(
            rewind: rewind, order: replicate.order(ofLevel: number, of: tickets.ladder))))
    }
    return masks
  }

  /// A mask as an ablation makes it.
  private func change(
    _ mask: Planned, _ ablated: AnatomyDesign.Ablated, in builder: inout PlanBuilder
  ) throws -> Planned {
    let (combination, density) = (ablated.combination, mask.place.density)
    var key = mask.key
    if combination.inversion != .none,
      let method = design.methods.first(where: { $0.name == ablated.method })
    {
      key = try own.mask(method, density, inversion: combination.inversion, in: &builder)
    }
    for ablation in combination.ablations where ablation.changesMask {
      key = try own.change(
        key, by: ablation,
        label: own.label(ablation.name, ablated.method, combination.inversion, density),
        in: &builder)
    }
    return Planned(
      place: AnatomyCell.Place(
        method: ablated.name, density: density, replicate: mask.place.replicate), key: key,
      level: mask.level, course: mask.course)
  }

  // MARK: What is measured

  private mutating func addStructure(_ mask: Planned, in builder: inout PlanBuilder) throws {
    cells.append(
      AnatomyCell(
        first: mask.place, second: nil,
        key: try builder.add(
          MaskStructureRecipe(problem: own.suite.problem), inputs: [InputRole.mask: mask.key],
          label: "structure \(words(mask.place))"), mask: mask.key))
  }

  /// What the weights look like under a mask, as far as that is asked.
  private mutating func addWeights(_ mask: Planned, in builder: inout PlanBuilder) throws {
    switch mask.course {
    case .method(let method):
      cells += try design.weightCells(mask.place, of: method, under: mask.key, own, in: &builder)
    case .level(let rewind, let order):
      cells += try design.weightCells(
        mask.place, from: rewind, order, under: mask.key, own, in: &builder)
    }
  }

  private mutating func addOverlap(
    _ first: Planned, _ second: Planned, in builder: inout PlanBuilder
  ) throws {
    let roles = MaskOverlapRecipe.roles
    let key = try builder.add(
      MaskOverlapRecipe(problem: own.suite.problem),
      inputs: [roles[0]: first.key, roles[1]: second.key],
      label: "overlap \(words(first.place)) and \(words(second.place))")
    cells.append(AnatomyCell(first: first.place, second: second.place, key: key, mask: nil))
  }

  /// Aligns the mask of the replicate `before` to this one's.
  private mutating func addAligned(
    _ first: Planned, _ second: Planned, of before: ScoredReplicate,
    _ alignment: AnatomyAlignment, in builder: inout PlanBuilder
  ) throws {
    let step = own.suite.iterations(before: alignment.weights)
    var inputs = [InputRole.startMask: first.key, InputRole.endMask: second.key]
    inputs[InputRole.start] = try own.inputs(after: step, in: &builder)[InputRole.weights]
    inputs[InputRole.end] = try before.inputs(after: step, in: &builder)[InputRole.weights]
    let key = try builder.add(
      AlignedOverlapRecipe(
        problem: own.suite.problem, start: own.weights(after: step),
        end: before.weights(after: step), attempts: alignment.attempts, draws: alignment.draws,
        stream: own.streams.matching(of: [first.key, second.key])), inputs: inputs,
      label: "aligned overlap \(words(first.place)) and \(words(second.place))")
    cells.append(
      AnatomyCell(
        first: first.place, second: second.place, key: key, mask: nil, relation: .aligned))
  }

  /// The scores of every two methods that score once.
  private mutating func addScores(in builder: inout PlanBuilder) throws {
    var known: [(place: AnatomyCell.Place, key: Key)] = []
    for method in design.methods {
      guard case .ranking = method.source, let scores = try own.scores(method, in: &builder) else {
        continue
      }
      let place = AnatomyCell.Place(
        method: method.name, density: .one, replicate: own.replicate)
      let roles = ScoreCorrelationRecipe.roles
      for other in known {
        let key = try builder.add(
          ScoreCorrelationRecipe(problem: own.suite.problem),
          inputs: [roles[0]: scores, roles[1]: other.key],
          label:
            "score correlation \(method.name) and \(other.place.method) · replicate \(own.replicate)"
        )
        cells.append(
          AnatomyCell(
            first: place, second: other.place, key: key, mask: nil, relation: .scores))
      }
      known.append((place, scores))
    }
  }

  private func words(_ place: AnatomyCell.Place) -> String {
    "\(place.method) · \(own.percent(place.density)) · replicate \(place.replicate)"
  }
}

extension AnatomyCell {
  /// The same of one network among several.
  fileprivate func of(_ network: String) -> AnatomyCell {
    var cell = self
    cell.network = network
    return cell
  }
}

extension Density {
  /// How many times as much the larger of both keeps.
  fileprivate func ratio(to other: Density) -> Double {
    max(value / other.value, other.value / value)
  }
}
