import Recipes
import Reports
import Statistics
import Suites
import Wording

/// What a curve report says beyond its rows.
struct CurveSettings: PathSettings, Hashable, Codable, Sendable {
  /// The ends in words.
  let ends: String
  /// Networks that are joined, the dense one first.
  let networks: [Subnetwork]
  /// All paths, the segment first.
  let paths: [CurveDesign.NamedCurve]
  /// Points of every path.
  let points: Int
  /// Batch norm's statistics.
  let policies: [StatisticsPolicy]
  /// Training examples that they are computed anew on; `nil` for networks without batch norm, and where they
  /// are not.
  let statisticsExamples: Int?
  /// Whether anything is measured on training examples.
  let measuresTraining: Bool
  /// Whether ensembles of points are told.
  let ensembles: Bool
  /// Points of error that a path may rise above the worse end and still connect.
  let connectedBelow: Double
  /// Whose masks sparse networks have.
  let masks: MaskSharing
  /// How bends are trained, in words.
  let training: String
}

extension CurveDesign {
  var describedMethods: [Method] { methods }

  func settings(_ suite: Suite, _ plan: AnalysisPlan<CurveCell>) -> CurveSettings {
    let policies = measurement.measurement(of: suite).statistics
    let perEpoch = suite.problem.dataset.stepsPerEpoch(batchSize: training.batchSize)
    return CurveSettings(
      ends: ends.words(2), networks: networks, paths: paths, points: points, policies: policies,
      statisticsExamples: suite.problem.normalizes && policies.contains(.recomputed)
        ? measurement.statisticsExamples : nil,
      measuresTraining: measurement.trainingExamples > 0, ensembles: ensembles,
      connectedBelow: connectedBelow, masks: masks,
      training: ReportSection.words(
        training, steps: training.duration.iterations(perEpoch: perEpoch)))
  }

  func rows(_ suite: Suite, _ cells: [CurveCell], _ records: Records) throws -> [CurveRow] {
    let others = Dictionary(
      cells.map { ([$0.network.words, "\($0.replicate)", $0.path, "\($0.content)"], $0.key) },
      uniquingKeysWith: { first, _ in first })
    return try cells.flatMap { cell -> [CurveRow] in
      func found<Found>(_ content: CurveCell.Content, _: Found.Type) throws -> Found?
      where Found: Hashable & Codable & Sendable {
        try others[[cell.network.words, "\(cell.replicate)", cell.path, "\(content)"]].flatMap {
          try records.result(of: $0, as: Outcome<Found>.self)?.found
        }
      }
      switch cell.content {
      case .training:
        let training = try records.result(of: cell.key, as: Outcome<CurveResult>.self)
        return training?.divergence?.iteration == nil ? [] : [CurveRow(.diverged, cell)]
      case .plane: return []
      case .points:
        switch try records.result(of: cell.key, as: Outcome<CurvePointsResult>.self) {
        case .found(let points):
          guard let path = paths.first(where: { $0.name == cell.path }) else { return [] }
          let policies = measurement.measurement(of: suite).statistics
          return try CurveRow.rows(
            cell, path.shape, points, try found(.training, CurveResult.self), policies,
            ensembles: ensembles)
            + (try found(.plane, PlaneResult.self).map {
              CurveRow.rows(cell, $0, policies.contains(.recomputed) ? .recomputed : policies[0])
            } ?? [])
        case .diverged(.input(role: InputRole.start)), .diverged(.input(role: InputRole.end)):
          return [CurveRow(.endless, cell)]
        case .diverged, nil: return []
        }
      }
    }
  }

  static func report(_ rows: [CurveRow], _ terms: Terms<CurveSettings>) -> [ReportSection] {
    let analysis = CurveAnalysis(rows, terms)
    return [
      analysis.answerSection, analysis.numberSection, analysis.pathSection,
      analysis.ensembleSection, analysis.planeSection, analysis.lengthSection,
      analysis.trainingSection, .provenance(terms),
    ]
  }
}

extension Markdown.Text {
  /// The mean over replicates, and their range where there are several: `4.1 [3.9, 4.4]`; a dash where one has none.
  static func acrossReplicates(_ values: [Double?], digits: Int) -> Markdown.Text {
    let known = values.compactMap(\.self)
    guard let least = known.min(), let most = known.max(), known.count == values.count else {
      return .init(Format.missing)
    }
    let range = known.count > 1 ? Interval(lower: least, upper: most) : nil
    return .init(MeanInterval(Sample.mean(known), range).words(digits: digits))
  }
}

extension CurveAnalysis {
  /// The question and its answer.
  var answerSection: ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(terms.question))])
    section.blocks += ReportSection.missing(terms.missing)
    section.say(networks.compactMap(answer))
    if endless > 0 {
      section.say(
        """
        \(strong: Format.count(endless)) \(endless == 1 ? "path has" : "paths have") an \
        end whose training diverged and \(endless == 1 ? "is" : "are") left out.
        """)
    }
    section.say(
      """
      A path connects its ends where its highest test error lies less than \
      \(Format.significant(settings.connectedBelow)) points above the worse end's, in every \
      replicate. Curves were trained to a low mean loss by the method of Garipov et al. (NeurIPS 2018); \
      the segment is the straight line between the same ends. Every path is measured at \
      \(Format.count(settings.points, "point"))\(statisticsWords)\(gapWords).
      """)
    return section
  }

  private var gapWords: String {
    switch gaps {
    case 0: ""
    case 1: "; 1 point has no finite loss, is a gap in the figures and does not connect"
    default:
      "; \(Format.count(gaps)) points have no finite loss, are gaps in the figures and do not connect"
    }
  }

  private var statisticsWords: String {
    settings.statisticsExamples.map {
      ", batch norm's statistics computed anew on \(Format.count($0)) training examples at each"
    } ?? ""
  }

  private func answer(_ network: Subnetwork) -> String? {
    func means(_ path: String) -> (highest: Double, rise: Double)? {
      let found = runs(network, path).map {
        $0.summary(.error, on: .test, policy: decidingPolicy)
      }
      let known = found.compactMap(\.self)
      guard !known.isEmpty, known.count == found.count else { return nil }
      return (Sample.mean(known.map(\.highest)), Sample.mean(known.map(\.rise)))
    }
    func standing(_ path: String) -> String {
      let (count, total) = connecting(network, path)
      let replicates = Format.count(total, "replicate")
      switch count {
      case 0:
        return total == 1 ? "it does not connect them" : "it connects them in none of \(replicates)"
      case total: return total == 1 ? "it connects them" : "it connects them in all \(replicates)"
      default: return "it connects them in \(Format.count(count)) of \(replicates)"
      }
    }
    let gap = "an end has no finite loss in some replicate"
    let kind = network == .dense ? "" : " (\(network.words))"
    guard let straight = means(CurveDesign.segment) else {
      guard !runs(network, CurveDesign.segment).isEmpty else { return nil }
      return "Between \(settings.ends)\(kind) nothing is decided: \(gap)."
    }
    let curves = settings.paths.dropFirst().compactMap { curve -> String? in
      let name = "on \(curve.name), a \(curve.shape)"
      guard let found = means(curve.name) else {
        guard connecting(network, curve.name).of > 0 else { return nil }
        return runs(network, curve.name).isEmpty
          ? "\(name), every training diverged: it does not connect them"
          : "\(name), \(gap): \(standing(curve.name))"
      }
      return "\(name), \(Format.number(found.highest, digits: 1)) %, "
        + "\(Format.difference(found.rise, digits: 1)) points: \(standing(curve.name))"
    }
    return
      "Between \(settings.ends)\(kind) the highest test error on the straight segment is "
      + "\(Format.number(straight.highest, digits: 1)) %, "
      + "\(Format.number(straight.rise, digits: 1)) points above the worse end: "
      + "\(standing(CurveDesign.segment))"
      + curves.map { "; \($0)" }.joined() + "."
  }

  /// Error and loss of every path in numbers.
  var numberSection: ReportSection {
    guard !runs.isEmpty else { return ReportSection() }
    var section = ReportSection("Segment and curves")
    for split in settings.splits {
      for quantity in PathQuantity.allCases {
        let digits = quantity == .error ? 2 : 4
        var columns: [Markdown.Table.Column] = [.text("network"), .text("path")]
        if settings.policies.count > 1 { columns.append(.text("statistics")) }
        columns += ["ends", "lowest", "mean", "mean over length", "highest", "above the worse end"]
          .map { .number(.init($0)) }
        let decides = split == .test && quantity == .error
        if decides { columns.append(.text("connects")) }
        var table = Markdown.Table(columns)
        for network in networks {
          for path in settings.paths {
            for (policy, name) in settings.policies.enumerated() {
              let found = runs(network, path.name).map {
                $0.summary(quantity, on: split, policy: policy)
              }
              guard !found.isEmpty else { continue }
              func cell(_ value: (PathSummary) -> Double?) -> Markdown.Text {
                .acrossReplicates(found.map { $0.flatMap(value) }, digits: digits)
              }
              var row: [Markdown.Text] = [.init(network.words), .init(path.name)]
              if settings.policies.count > 1 { row.append(.init(name.rawValue)) }
              row += [
                cell(\.ends), cell(\.lowest), cell(\.mean), cell(\.overLength), cell(\.highest),
                cell(\.rise),
              ]
              if decides {
                let (count, total) = connecting(network, path.name)
                let standing = "\(count) of \(total)"
                row.append(
                  .init(policy == decidingPolicy ? standing : Format.missing))
              }
              table.append(row)
            }
          }
        }
        let title =
          "\(split == .test ? "Test" : "Train") \(quantity == .error ? "error in percent" : "loss in nats")"
        section.blocks +=
          decides
          ? [.paragraph("\(strong: title)"), .table(table)]
          : [.details(summary: title, [.table(table)])]
      }
    }
    section.say(
      """
      Means over replicates\(terms.replicates > 1 ? ", in brackets the lowest and the highest" : ""); \
      the ends are the mean of both. The mean is over the points, evenly spaced in t; the mean over length \
      weights the pieces between them by arc length: with values vₖ and arcs ℓₖ, \
      Σ ½(vₖ + vₖ₊₁)·ℓₖ / Σ ℓₖ. A path is ε-connected (Kuditipudi et al., NeurIPS 2019) for every ε from \
      what its loss rises above the worse end's.
      """)
    return section
  }
}
