import Laboratory
import Recipes
import Suites

/// Further keys of an anatomy suite.
enum AnatomyKey: String, SuiteKey {
  case densities, methods, weights, spectra
}

/// Whose masks are looked at, and how sparse.
struct AnatomyDesign: Hashable, Sendable {
  /// In the suite's order.
  let densities: [Density]
  /// In the suite's order.
  let methods: [Method]
  /// What is asked of weights; `nil` where masks alone are looked at.
  let weights: AnatomyWeights?
}

/// A mask, two that are compared, or weights.
struct AnatomyCell: AnalysisCell {
  /// One mask of the suite.
  struct Place: Hashable, Sendable {
    let method: String
    let density: Density
    let replicate: Int
  }

  let first: Place
  /// What it is compared with; `nil` for the mask by itself.
  let second: Place?
  /// What is measured.
  let key: Key
  /// The mask; `nil` of a comparison, and of weights.
  let mask: Key?
  /// When weights are looked at; `nil` where masks are.
  var moment: AnatomyMoment?

  var keys: [Key] { [key] }
}

extension AnatomyDesign: Analysis {
  static let about = AboutAnalysis(
    name: "anatomy", question: "What distinguishes the masks of these methods?",
    keys: AnatomyKey.names, needs: [])

  init?(_ root: Field, _ frame: SuiteFrame) {
    guard let fields = root.fields(AnatomyKey.self, beside: nil) else { return nil }
    let densities = fields.required(.densities, example: "densities: [0.8^3, 0.8^6, 10%]")?
      .nonEmpty("a list of densities, such as [0.8^3, 10%]", least: "at least one density") {
        $0.density()
      }
    let methods = fields.required(.methods, example: "methods: {random: random, snip: snip}")?
      .rankedMethods(frame)
    let weights = fields.anatomyWeights(frame)
    guard let densities, let methods, let weights else { return nil }
    self.init(densities: densities, methods: methods, weights: weights)
  }

  var describedMethods: [Method] { methods }

  var runsPerReplicate: Double {
    // Every mask, every pair of methods, the same method's mask of the replicate and the density before.
    let count = Double(methods.count)
    return SuiteSize.product(densities.count, methods.count) * (3 + (count - 1) / 2)
      + weightCellsPerReplicate
  }

  /// Each mask by itself, beside those of other methods, and of its own method at the density before and in the
  /// replicate before.
  func cells(_ replicate: ScoredReplicate, in builder: inout PlanBuilder) throws -> [AnatomyCell] {
    let before = replicate.replicate - 1
    let other = before > 0 ? try ScoredReplicate(replicate.suite, before) : nil
    var (cells, known) = ([AnatomyCell](), [(place: AnatomyCell.Place, mask: Key)]())
    cells += try denseWeightCells(replicate, in: &builder)
    for method in methods {
      for density in densities.sorted(by: >) {
        let place = AnatomyCell.Place(
          method: method.name, density: density, replicate: replicate.replicate)
        let mask = try replicate.mask(method, density, in: &builder)
        cells.append(
          AnatomyCell(
            first: place, second: nil,
            key: try builder.add(
              MaskStructureRecipe(problem: replicate.suite.problem),
              inputs: [InputRole.mask: mask], label: replicate.label("structure", place)),
            mask: mask))
        cells += try weightCells(place, of: method, under: mask, replicate, in: &builder)
        var others = known.filter { $0.place.density == density }
        others += known.last { $0.place.method == method.name }.map { [$0] } ?? []
        if let other {
          others.append(
            (
              AnatomyCell.Place(method: method.name, density: density, replicate: before),
              try other.mask(method, density, in: &builder)
            ))
        }
        for (second, otherMask) in others {
          cells.append(
            AnatomyCell(
              first: place, second: second,
              key: try builder.add(
                MaskOverlapRecipe(problem: replicate.suite.problem),
                inputs: [
                  MaskOverlapRecipe.roles[0]: mask, MaskOverlapRecipe.roles[1]: otherMask,
                ], label: replicate.label("overlap", place, second)),
              mask: nil))
        }
        known.append((place, mask))
      }
    }
    return cells
  }
}

extension ScoredReplicate {
  fileprivate func label(
    _ what: String, _ place: AnatomyCell.Place, _ other: AnatomyCell.Place? = nil
  ) -> String {
    func words(_ place: AnatomyCell.Place) -> String {
      "\(place.method) · \(percent(place.density)) · replicate \(place.replicate)"
    }
    return "\(what) \(words(place))" + (other.map { " and \(words($0))" } ?? "")
  }
}
