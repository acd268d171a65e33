import Foundation
import Laboratory
import Recipes

extension Assignment {
  /// The first of the inputs in `roles` that diverged and so leaves no last weights; `nil` where none did.
  func divergence(of roles: [String]) throws -> Divergence? {
    try roles.first { role in
      let record = try store.record(of: try input(role))
      return try JSONDecoder().decode(Ending.self, from: record.result).isDiverged
    }.map { .input(role: $0) }
  }

  /// What the results of all that may diverge have in common: a training has more to tell beside its
  /// ``Outcome``, for others the ``Outcome`` is all.
  private struct Ending: Decodable {
    let outcome: Outcome<Anything>?
    let diverged: Divergence?

    var isDiverged: Bool { (outcome?.divergence ?? diverged) != nil }
  }

  /// What was found is of no interest here.
  private struct Anything: Hashable, Codable {}
}
