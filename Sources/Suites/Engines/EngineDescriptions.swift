import Digests
import Engines
package import Foundation
import Recipes

/// What programs that train say of themselves: asked once and kept, so that plans and reports need not start them.
package struct EngineDescriptions: Sendable {
  private let folder: URL?
  private let asksAnew: Bool

  /// Descriptions that `folder` keeps; without one they are not kept.
  ///
  /// - Parameters:
  ///   - folder: where they are kept.
  ///   - asksAnew: whether programs are asked although the answer is known, as before they are to train: their
  ///     framework may be another by now.
  package init(in folder: URL? = nil, asksAnew: Bool = false) {
    (self.folder, self.asksAnew) = (folder, asksAnew)
  }

  /// What the program `arguments` says of itself, started in `place`.
  ///
  /// - Parameters:
  ///   - digests: those of its files.
  ///   - patience: seconds that it may be silent.
  /// - Throws: `EngineError`.
  func description(
    of arguments: [String], _ digests: [String: String], in place: URL, patience: Double
  ) throws -> EngineDescription {
    // The same script may be another program elsewhere.
    let name = Asked(arguments: arguments, digests: digests, place: place.path)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let key = Digest.sha256(of: try encoder.encode(name)).hexadecimal
    let file = folder?.appendingPathComponent("\(key).json")
    if !asksAnew, let file, let data = try? Data(contentsOf: file),
      let kept = try? JSONDecoder().decode(EngineDescription.self, from: data),
      kept.problem == nil
    {
      return kept
    }
    let process = try EngineProcess(arguments, in: place, number: 0, patience: patience)
    let found = try process.ask(Describe())
    process.end()
    if let problem = found.problem {
      throw EngineError(command: arguments, problem: "cannot be used: \(problem)")
    }
    if let folder, let file {
      // What cannot be kept is asked for once more.
      try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try? encoder.encode(found).write(to: file, options: .atomic)
    }
    return found
  }

  private struct Asked: Encodable {
    let arguments: [String]
    let digests: [String: String]
    let place: String
  }
}
