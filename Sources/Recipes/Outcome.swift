/// What an artifact found, where a training that it is, or that it needs, may diverge.
package enum Outcome<Found: Hashable & Sendable & Codable>: Hashable, Sendable {
  /// What there is.
  case found(Found)
  /// There is nothing to find, and why.
  case diverged(Divergence)

  /// What was found; `nil` where something diverged.
  package var found: Found? {
    if case .found(let found) = self { found } else { nil }
  }

  /// What diverged; `nil` where something was found.
  package var divergence: Divergence? {
    if case .diverged(let divergence) = self { divergence } else { nil }
  }
}

/// Which training diverged.
package enum Divergence: Hashable, Sendable, Codable {
  /// The artifact's own: the loss of step `iteration` was not finite, and the training stopped there.
  case own(iteration: Int)
  /// That of the artifact in this role, or of one which that needs.
  case input(role: String)

  /// The step at which the artifact's own training diverged.
  package var iteration: Int? {
    if case .own(let iteration) = self { iteration } else { nil }
  }
}

extension Outcome: Codable {
  private enum CodingKeys: String, CodingKey { case found, diverged }

  /// Reads `{"found": …}` or `{"diverged": …}`.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let divergence = try container.decodeIfPresent(Divergence.self, forKey: .diverged) {
      self = .diverged(divergence)
    } else {
      self = .found(try container.decode(Found.self, forKey: .found))
    }
  }

  /// Writes `{"found": …}` or `{"diverged": …}`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .found(let found): try container.encode(found, forKey: .found)
    case .diverged(let divergence): try container.encode(divergence, forKey: .diverged)
    }
  }
}
