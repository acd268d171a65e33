import Recipes
import Reports
import Statistics
import Suites
import Wording

extension AnatomyMasks {
  /// The part of a layer that a method keeps, on average over replicates.
  func share(_ method: String, _ density: Density, _ layer: String) -> Double {
    let rows = rows(method, density, layer)
    return rows.isEmpty ? 0 : Sample.mean(rows.map { Double($0.kept) / Double($0.size) })
  }

  static func mean(_ values: [Double]) -> String {
    values.isEmpty ? Format.missing : Format.significant(Sample.mean(values))
  }

  /// Densities at which masks are compared, from the densest on.
  var comparedDensities: [Density] { pairs.map(\.density).distinct.sorted(by: >) }

  /// Every two methods at every density.
  var overlapSection: ReportSection {
    guard pairs.contains(where: { $0.sort == .methods }) else { return ReportSection() }
    let blocks = comparedDensities.map { density in
      var table = Self.table(["methods"])
      for (first, second) in couples {
        let pairs = pairs(first, second, density)
        guard !pairs.isEmpty else { continue }
        table.append(plain: ["\(first), \(second)"] + Self.cells(pairs))
      }
      return Markdown.Block.details(
        summary:
          "\(Format.percent(density.value)): \(Format.count(table.rows.count, "pair")) of methods",
        [.table(table)])
    }
    return ReportSection(
      blocks: [
        .heading(2, "What masks of different methods share"),
        .paragraph("Means over replicates; the largest adjusted p of them."),
      ] + blocks)
  }

  static func table(_ names: [String]) -> Markdown.Table {
    Markdown.Table(
      names.map { .text(.init($0)) } + [
        .number("pairs"), .number("shared"), .number("at random"), .number("Jaccard"),
        .number("at random"), .number("z"), .number("p, at most"),
      ])
  }

  static func cells(_ pairs: [AnatomyPair]) -> [String] {
    let tests = pairs.map(\.test)
    return [
      "\(pairs.count)", Format.number(Sample.mean(tests.map { Double($0.both) }), digits: 0),
      Format.number(Sample.mean(tests.map(\.expected)), digits: 0),
      mean(tests.compactMap(\.jaccard)), mean(tests.compactMap(\.expectedJaccard)),
      Format.difference(Sample.mean(tests.map(\.zScore)), digits: 1),
      Format.pValue(pairs.map(\.adjusted).max())
        + (tests.contains(where: \.isApproximate) ? " (rough)" : ""),
    ]
  }

  /// Every method beside itself in the replicate before, units as they are.
  func seedSection(_ settings: AnatomySettings) -> ReportSection {
    guard pairs.contains(where: { $0.sort == .seeds }) else { return ReportSection() }
    var table = Self.table(["method", "density"])
    for method in methods {
      for density in comparedDensities {
        let own = pairs.filter {
          $0.sort == .seeds && $0.first.method == method && $0.density == density
        }
        guard !own.isEmpty else { continue }
        table.append(plain: [method, Format.percent(density.value)] + Self.cells(own))
      }
    }
    return ReportSection(
      blocks: [
        .heading(2, "What masks of different seeds share"),
        .paragraph(
          """
          Masks of one method in one replicate and the next, whose initializations and data orders are drawn anew. What \
          is shared beyond chance comes from the data and the architecture: units have no names, so that the same \
          structure in another order of units counts as another.
          """), .table(table),
      ]
        + (settings.unitsAreFixed
          ? [
            .paragraph(
              "The network has no hidden units that can change places, so that nothing was aligned."
            )
          ] : []))
  }

  /// How much of a sparser mask lies within the next denser one.
  var nestingSection: ReportSection {
    let nested = pairs.filter { $0.sort == .densities }
    guard !nested.isEmpty else { return ReportSection() }
    var table = Markdown.Table([
      .text("method"), .number("mask"), .number("within"), .number("share of it"),
      .number("weights outside, at most"),
    ])
    for (places, pairs) in nested.groupedInOrder(by: { [$0.first, $0.second].map { Nesting($0) } })
    {
      let kept = pairs.map { $0.layers.reduce(0) { $0 + $1.law.marked } }
      let shares = zip(pairs, kept).map { Double($0.test.both) / Double(max(1, $1)) }
      let outside = zip(pairs, kept).map { $1 - $0.test.both }
      table.append(
        plain: [
          places[0].method, Format.percent(places[0].density.value),
          Format.percent(places[1].density.value),
          Format.percent(Sample.mean(shares), significant: 4), Format.count(outside.max()),
        ])
    }
    return ReportSection(
      blocks: [
        .heading(2, "Whether sparser masks lie within denser ones"),
        .paragraph(
          """
          One-shot masks of the same scores do by construction, and so do tickets, whose levels prune what the one before \
          left; iterations from a dense network may keep at a lower density what they prune at a higher one.
          """
        ),
        .table(table),
      ])
  }

  private struct Nesting: Hashable {
    let method: String
    let density: Density

    init(_ place: AnatomyCell.Place) { (method, density) = (place.method, place.density) }
  }

  /// How much of every layer every method keeps.
  var allocationSection: ReportSection {
    guard !masks.isEmpty else { return ReportSection() }
    let blocks = densities.map { density in
      let names = names.filter { name in
        masks.contains { $0.place.method == name && $0.place.density == density }
      }
      var table = Markdown.Table(
        [.text("layer"), .number("weights")] + names.map { .number(.init($0)) })
      for layer in layers {
        let size = names.lazy.compactMap { rows($0, density, layer).first?.size }.first ?? 0
        table.append(
          ["\(code: layer)", .init(Format.count(size))]
            + names.map { .init(Format.percent(share($0, density, layer))) })
      }
      return Markdown.Block.details(
        summary: "\(Format.percent(density.value)): part of each layer that is kept",
        [.table(table)])
    }
    return ReportSection(blocks: [.heading(2, "Where methods keep weights")] + blocks)
  }

  /// How the kept weights lie in every layer.
  var structureSection: ReportSection {
    guard !masks.isEmpty else { return ReportSection() }
    let isConvolutional = masks.flatMap(\.layers).contains { $0.kernels != nil }
    let blocks = densities.map { density in
      var table = Markdown.Table(
        [
          .text("method"), .text("layer"), .number("effective"), .number("units without weights"),
          .number("dispersion"), .number("inputs without weights"), .number("dispersion"),
        ] + (isConvolutional ? [.number("empty kernels"), .text("positions")] : []))
      for method in names {
        for layer in layers {
          let rows = rows(method, density, layer)
          guard !rows.isEmpty else { continue }
          table.append(
            [.init(method), "\(code: layer)"]
              + structure(rows, isConvolutional).map { .init($0) })
        }
      }
      return Markdown.Block.details(
        summary: "\(Format.percent(density.value)): \(Format.count(table.rows.count, "layer"))",
        [.table(table)])
    }
    return ReportSection(
      blocks: [
        .heading(2, "How kept weights lie"),
        .paragraph(
          """
          Means over replicates. \(emphasis: "Effective") is the part of the layer's weights that is kept on a path from \
          the input to an output. \(emphasis: "Dispersion") compares how far the numbers of kept weights of units scatter \
          with masks of as many that are drawn at random: 1 is as at random, above 1 some units keep much and \
          others little; a p below 0.05 in all replicates, by Holm over the suite, is marked *.
          """),
      ] + (isConvolutional ? [Self.positionWords] : []) + blocks)
  }

  private func structure(_ rows: [AnatomyRow], _ isConvolutional: Bool) -> [String] {
    func share(_ part: KeyPath<AnatomyRow, Int?>, of whole: KeyPath<AnatomyRow, Int?>) -> String {
      let shares = rows.compactMap { row in
        row[keyPath: part].flatMap { part in
          row[keyPath: whole].map { Double(part) / Double(max(1, $0)) }
        }
      }
      return shares.isEmpty ? Format.missing : Format.percent(Sample.mean(shares))
    }
    let effective = rows.compactMap { row in row.effective.map { Double($0) / Double(row.size) } }
    return [
      effective.isEmpty ? Format.missing : Format.percent(Sample.mean(effective)),
      share(\.deadUnits, of: \.units), dispersion(rows, isIncoming: true),
      share(\.deadInputs, of: \.inputs), dispersion(rows, isIncoming: false),
    ] + (isConvolutional ? [share(\.emptyKernels, of: \.kernels), Self.positions(rows)] : [])
  }

  /// The mean over replicates, marked where it is shown in all of them.
  private func dispersion(_ rows: [AnatomyRow], isIncoming: Bool) -> String {
    let values = rows.compactMap { isIncoming ? $0.incomingDispersion : $0.outgoingDispersion }
    let isShown = rows.allSatisfy {
      uneven.contains(Side(place: $0.place, layer: $0.layer, isIncoming: isIncoming))
    }
    return Self.mean(values) + (isShown && !values.isEmpty ? " *" : "")
  }
}
