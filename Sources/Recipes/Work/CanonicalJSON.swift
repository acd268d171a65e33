package import Foundation

/// One encoding per value, whoever encodes it: sorted keys, no white space.
package enum CanonicalJSON {
  /// The canonical bytes of `value`.
  package static func encode(_ value: some Encodable) throws -> Data {
    try encoder().encode(value)
  }

  fileprivate static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}

extension Work {
  /// The recipe as canonical JSON: keys sorted, defaults included, shortest exact numbers.
  package func canonicalData() throws -> Data { try CanonicalJSON.encode(recipe: self) }
}

extension CanonicalJSON {
  /// The canonical bytes of a recipe.
  ///
  /// A plan has 100,000 recipes of one problem, the largest part of each, whose bytes are made once.
  package static func encode(recipe: some Encodable) throws -> Data {
    let encoder = encoder()
    let places = ProblemPlaces()
    encoder.userInfo[ProblemPlaces.key] = places
    var data = try encoder.encode(recipe)
    for (index, problem) in places.problems.enumerated() {
      let place = Data(#""\u0000\#(index)""#.utf8)
      guard let range = data.range(of: place) else { continue }
      data.replaceSubrange(range, with: try problem.canonicalData())
    }
    return data
  }
}

/// The problems that an encoder met and left places for.
private final class ProblemPlaces: Sendable {
  static let key = CodingUserInfoKey(rawValue: "problem places")!
  nonisolated(unsafe) var problems: [Problem] = []

  /// Text that no recipe has elsewhere: YAML, arguments and names of files know no character 0.
  func place(for problem: Problem) -> String {
    problems.append(problem)
    return "\0\(problems.count - 1)"
  }
}

extension Problem: Codable {
  private enum CodingKeys: String, CodingKey { case network, dataset }

  package func encode(to encoder: any Encoder) throws {
    if let places = encoder.userInfo[ProblemPlaces.key] as? ProblemPlaces {
      var container = encoder.singleValueContainer()
      try container.encode(places.place(for: self))
    } else {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(network, forKey: .network)
      try container.encode(dataset, forKey: .dataset)
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      network: try container.decode(NetworkSpecification.self, forKey: .network),
      dataset: try container.decode(DatasetSpecification.self, forKey: .dataset))
  }
}
