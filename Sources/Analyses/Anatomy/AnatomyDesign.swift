import Laboratory
import Recipes
import Suites

/// Further keys of an anatomy suite.
enum AnatomyKey: String, SuiteKey {
  case densities, methods, ablations, tickets, align, weights, spectra, networks
}

/// Further keys below `tickets:`, beside a ladder's.
enum TicketsKey: String, SuiteKey {
  case name, rewind
}

/// Keys below the name of one of `networks:`.
enum AnatomyNetworkKey: String, SuiteKey {
  case network, dataset
}

/// Keys below `align:`.
enum AlignKey: String, SuiteKey {
  case weights, attempts, draws
}

/// Whose masks are looked at, and how sparse.
struct AnatomyDesign: Hashable, Sendable {
  /// In the suite's order.
  let densities: [Density]
  /// In the suite's order.
  var methods: [Method]
  /// Ablations that change masks or rankings; each method's that can have them.
  let ablations: [AblationCombination]
  /// Levels of a ladder; `nil` for none.
  let tickets: AnatomyTickets?
  /// How masks of different networks are aligned; `nil` where they are compared as they are alone.
  let alignment: AnatomyAlignment?
  /// Whether nothing can be aligned although that was asked for: no hidden units can change places.
  let unitsAreFixed: Bool
  /// What is asked of weights; `nil` where masks alone are looked at.
  let weights: AnatomyWeights?
  /// Networks at initialization beside the suite's own.
  var others: [AnatomyNetwork] = []
}

/// A network beside the suite's own, with the same methods.
struct AnatomyNetwork: Hashable, Sendable {
  /// The user's name for it.
  let name: String
  let problem: Problem
  /// The suite's methods, as they are read for it.
  let methods: [Method]
}

/// Tickets whose masks are looked at.
struct AnatomyTickets: Hashable, Sendable {
  /// The user's name for them.
  let name: String
  /// The levels.
  let ladder: LotteryLadder
  /// The step whose weights every level's training goes on from.
  let rewind: Step

  /// The level of `density`, from 1; `nil` for none.
  func level(at density: Density) -> Int? {
    (1..<(ladder.levels + 1)).first { ladder.density(ofLevel: $0).isNear(density) }
  }
}

/// How the units of one network are relabelled to come near another's.
struct AnatomyAlignment: Hashable, Sendable {
  /// The weights that are matched, under the masks.
  let weights: TrainingPoint
  /// Coordinate ascents, of which the best is kept.
  let attempts: Int
  /// Controls: shuffled masks that are aligned in the same way.
  let draws: Int

  static let usualDraws = 5
}

/// What is measured of two things that are compared.
enum AnatomyRelation: String, CaseIterable, Hashable, Sendable {
  /// What two masks share.
  case overlap
  /// How alike two methods rank all weights.
  case scores
  /// What two masks share whose units were aligned.
  case aligned
  /// What the first shares with the second one shuffled and aligned.
  case alignedControl = "aligned-control"
}

/// A mask, two that are compared, or weights.
struct AnatomyCell: AnalysisCell {
  /// One mask of the suite, or scores of all weights, whose density is 1.
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
  /// What is measured of two.
  var relation = AnatomyRelation.overlap
  /// The network's name; `nil` in suites of one.
  var network: String?
  /// When weights are looked at; `nil` where masks are.
  var moment: AnatomyMoment?

  var keys: [Key] { [key] }
}

extension AnatomyDesign {
  /// The names of all whose masks there are, ablations beside.
  var names: [String] { methods.map(\.name) + (tickets.map { [$0.name] } ?? []) }

  /// An ablation of a method's masks, and what the masks are called that it makes.
  struct Ablated: Hashable, Sendable {
    let method: String
    let combination: AblationCombination

    /// Such as `shuffled snip`.
    var name: String {
      combination.ablations.reduce(method) { $1.words(of: $0) }
    }
  }

  /// The ablations of every method that can have them: what has no scores cannot be ranked the other way round.
  var ablated: [Ablated] {
    names.flatMap { name in
      let scores = methods.contains { method in
        if case .ranking = method.source { method.name == name } else { false }
      }
      return ablations.filter { scores || $0.inversion == .none }
        .map { Ablated(method: name, combination: $0) }
    }
  }
}
