import ArgumentParser
import Foundation
import Recipes
import Suites

extension NetworkSpecification {
  /// Reads `--network`, a name or a file that ends in .yaml; throws with the nearest name where there is no such network.
  init(option text: String) throws {
    if text.hasSuffix(".yaml") || text.hasSuffix(".yml") {
      do {
        self = try NetworkSpecification(readingFrom: URL(fileURLWithPath: text))
        return
      } catch {
        throw ValidationError("\(error)")
      }
    }
    guard let network = Self(text) else {
      throw ValidationError(
        Self.nearest(to: text).map { "did you mean '\($0)'?" }
          ?? "write one such as \(Self.forms), or a file.yaml with `layers:`")
    }
    self = network
  }
}

/// `--network` of commands on files of the user's.
struct NetworkOption: ParsableArguments {
  @Option(
    help:
      "The architecture, such as lenet-300-100, or a file that ends in .yaml with `layers:`, as a suite has them.",
    transform: NetworkSpecification.init(option:))
  var network: NetworkSpecification
}

extension Int {
  /// Throws unless this number, which `option` gives, is in `range`.
  func require(in range: ClosedRange<Int>, for option: String) throws {
    guard range.contains(self) else {
      throw ValidationError(
        "\(option) \(self): write a number from \(range.lowerBound) to \(range.upperBound)")
    }
  }
}
