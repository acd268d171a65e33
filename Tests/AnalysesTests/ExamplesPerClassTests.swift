import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

/// A criterion is scored on as many examples of each class as every class has.
@Suite("Examples per class")
struct ExamplesPerClassTests {
  private func suite(_ dataset: String, _ method: String = "snip") -> String {
    yaml(methods: "{random: random, m: \(method)}").replacing(
      "dataset: digits", with: "dataset: \(dataset)"
    ).replacing("batch-size: 162", with: "batch-size: 1")
  }

  private func mixture(_ train: Int, validation: Int = 0) -> String {
    "{name: gaussian-mixture, classes: 4, dimension: 6, train: \(train), test: 10, validation: "
      + "\(validation)}"
  }

  private func examples(_ text: String) throws -> ScoringSpecification.Examples {
    let method = try #require(design(try decode(text)).methods.last)
    guard case .ranking(let ranking, _) = method.source else {
      preconditionFailure("a method without a criterion")
    }
    return ranking.scoring.examples
  }

  private func warnings(_ text: String) throws -> [String] {
    try decode(text).warnings.map(\.description).filter { $0.contains("class") }
  }

  @Test("the default is ten, or what the smallest class has, and then it is told")
  func defaults() throws {
    #expect(try examples(suite("digits")) == .perClass(10))
    #expect(try warnings(suite("digits")) == [])
    #expect(try examples(suite(mixture(40))) == .perClass(10))
    #expect(try warnings(suite(mixture(40))) == [])
    #expect(try examples(suite(mixture(23))) == .perClass(5))
    #expect(
      try warnings(suite(mixture(23))) == [
        "suite.yaml:6: methods.m: class `3` has only 5 training examples; scored on 5 of each class in"
          + " place of 10"
      ])
    // What is held out is not scored on; criteria without data ask for nothing.
    #expect(try examples(suite(mixture(40, validation: 20))) != .perClass(10))
    #expect(try warnings(suite(mixture(23), "synflow")) == [])
    #expect(try examples(suite(mixture(23), "{criterion: snip, examples: 23}")) == .total(23))
  }

  @Test("more than the smallest class has is a problem with its line")
  func asked() throws {
    let five = suite(mixture(23), "{criterion: snip, examples-per-class: 5}")
    #expect(try examples(five) == .perClass(5))
    #expect(try warnings(five) == [])
    #expect(
      problems(suite(mixture(23), "{criterion: snip, examples-per-class: 6}")) == [
        "suite.yaml:6: methods.m.examples-per-class: class `3` has 5 training examples and 6 of each"
          + " class are wanted; write `examples-per-class: 5` or less"
      ])
  }

  @Test("a class that has none at all is a problem, unless examples of all classes are asked for")
  func none() throws {
    let dataset = "{name: digits, validation: 1439}"
    #expect(
      problems(suite(dataset)) == [
        "suite.yaml:6: methods.m: class `1` has 0 training examples and 10 of each class are wanted;"
          + " state how many of all by `examples:` instead"
      ])
    #expect(try examples(suite(dataset, "{criterion: snip, examples: 1}")) == .total(1))
  }
}
