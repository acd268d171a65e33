import Laboratory
import Recipes
import Statistics
import Suites

/// What test examples add to each comparison of a suite, from which of them its runs get right.
///
/// A method under an ablation is compared with itself, and itself with random pruning.
final class Crossing {
  private typealias Place = AblationDesign.Place

  /// The runs of a place up to a look.
  private struct Sight: Hashable {
    let place: Place
    /// `nil` for all.
    let replicates: Int?
  }

  private let records: Records
  private let random: String?
  private let looks: Looks?
  private var cells: [Place: [Int: AblationCell]] = [:]
  /// A method's own runs stand against each of its ablations.
  private var known: [Key: Answers?] = [:]
  private var spreads: [Sight: CrossedComparison.Spread?] = [:]

  init(_ cells: [AblationCell], _ records: Records, random: String?, looks: Looks?) {
    self.records = records
    self.random = random
    self.looks = looks
    for cell in cells where cell.method != Method.dense {
      self.cells[Self.place(of: cell), default: [:]][cell.replicate] = cell
    }
  }

  /// What the test examples add to the comparison whose treated arm has `cell`, up to the look that first sees it;
  /// `nil` where some run's answers are not known.
  func spread(of cell: AblationCell) throws -> CrossedComparison.Spread? {
    let sight = Sight(
      place: Self.place(of: cell),
      replicates: looks?.sizes.first { cell.replicate <= $0 })
    if let known = spreads[sight] { return known }
    let found = try spread(sight)
    spreads[sight] = .some(found)
    return found
  }

  private func spread(_ sight: Sight) throws -> CrossedComparison.Spread? {
    let place = sight.place
    guard let control = control(of: place.arm), let treated = cells[place],
      let others = cells[Place(arm: control, density: place.density)]
    else { return nil }
    let seen = treated.keys.filter { $0 <= sight.replicates ?? .max }
    let pairs = seen.sorted().compactMap { replicate in
      others[replicate].map { (treated[replicate]!, $0) }
    }
    guard pairs.count > 1 else { return nil }
    var sums: CrossedSums?
    for (first, second) in pairs {
      guard let right = answers(first), let other = answers(second) else { return nil }
      sums = sums ?? CrossedSums(exampleCount: right.count)
      try sums?.add(treated: right, control: other)
    }
    return try sums.map { try CrossedComparison($0).spread }
  }

  private func control(of arm: Arm) -> Arm? {
    if arm.ablation != RunRecord.unablated { return Arm(method: arm.method) }
    return arm.method == random ? nil : random.map { Arm(method: $0) }
  }

  private func answers(_ cell: AblationCell) -> Answers? {
    let key = cell.training.state
    if let answers = known[key] { return answers }
    let answers = records.rightTestExamples(of: key).map(Answers.init)
    known[key] = .some(answers)
    return answers
  }

  private static func place(of cell: AblationCell) -> Place {
    Place(
      arm: Arm(method: cell.method, ablation: cell.combination.name), density: cell.density)
  }
}
