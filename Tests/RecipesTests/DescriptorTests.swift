import Foundation
import Recipes
import Testing

@Suite("Descriptors and their options")
struct DescriptorTests {
  /// Whether names are unique and every option has help and a default that it allows itself.
  private func isSound<Kind: Descriptor>(_: Kind.Type) -> Bool {
    let names = Kind.all.map(\.name)
    return Set(names).count == names.count
      && Kind.all.allSatisfy { kind in
        Set(kind.options.map(\.name)).count == kind.options.count && !kind.source.isEmpty
          && kind.options.allSatisfy { option in
            !option.help.isEmpty
              && (option.standard.map { option.kind.value(from: text($0)) == $0 }
                ?? isNeeded(option))
          }
      }
  }

  private func text(_ value: OptionValue) -> String {
    switch value {
    case .number(let number): "\(number)"
    case .integer(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .name(let name): name
    case .command, .folder, .examples: ""
    }
  }

  /// Whether an option without default shows what to write, or is a program.
  private func isNeeded(_ option: CheckedOption) -> Bool {
    if case .command = option.kind { return true }
    return !option.example.isEmpty
  }

  @Test("every list is sound")
  func lists() {
    #expect(isSound(Criterion.self))
    #expect(isSound(UpdateRule.self))
    #expect(isSound(DatasetKind.self))
    #expect(isSound(Wrong.self) == false)
  }

  /// A descriptor whose default lies outside of its range.
  private struct Wrong: Descriptor {
    static let all = [Wrong()]
    static let sort = "wrong"
    let name = "wrong"
    let words = ""
    let source = "here"
    let options = [CheckedOption.integer("count", 1...3, default: 7, help: "too many")]
  }

  @Test("values are read from their text, and nothing else is")
  func texts() {
    let number = CheckedOption.Kind.number(.from0Below1, noun: "number")
    #expect(number.value(from: ".5") == 0.5)
    #expect(number.value(from: "1e-8") == .number(1e-8))
    for wrong in ["1", "-0.1", "nan", "0x1p-2", "", "1/2", "inf"] {
      #expect(number.value(from: wrong) == nil, "\(wrong)")
    }
    let integer = CheckedOption.Kind.integer(0...10)
    #expect(integer.value(from: "10") == 10)
    #expect(integer.value(from: "11") == nil && integer.value(from: "1.0") == nil)
    #expect(integer.expected == "a whole number from 0 to 10")
    #expect(CheckedOption.Kind.flag.value(from: "true") == true)
    #expect(CheckedOption.Kind.flag.value(from: "yes") == nil)
    let name = CheckedOption.Kind.name(["a", "b"], sort: "letter")
    #expect(name.value(from: "b") == "b" && name.value(from: "c") == nil)
    #expect(name.expected == "a or b")
  }

  @Test("defaults are filled in, and idle options are left out")
  func completed() {
    let estimated = CriterionSpecification(.obd, ["probes": 7])
    #expect(estimated.options.integer("probes") == 7)
    #expect(estimated.options.integer("exact-up-to") == 0)
    let exact = CriterionSpecification(.obd, ["exact": true, "probes": 7])
    #expect(exact.options["probes"] == nil && exact.options["exact-up-to"] == nil)
    #expect(exact == CriterionSpecification(.obd, ["exact": true]))
    #expect(exact.options.flag("absolute") == false)
    #expect(exact.changing("absolute", to: true).options.flag("absolute"))
    #expect(HessianDiagonal(estimated.options) == .hutchinson(probes: 7, exactUpTo: 0))
    #expect(HessianDiagonal(exact.options) == .exact)
    // A whole number stands for a number.
    #expect(CriterionSpecification(.grasp, ["temperature": 1]).options.number("temperature") == 1)
  }

  @Test(
    "what is no whole and known description is not decoded",
    arguments: [
      #"{"snap":{}}"#, #"{"snip":{},"grasp":{}}"#, "{}", #"{"snip":{}}"#,
      #"{"snip":{"reading":"backwards"}}"#, #"{"grasp":{"absolute":false,"temperature":-1}}"#,
      #"{"grasp":{"absolute":1,"temperature":1}}"#,
      #"{"obd":{"absolute":false,"exact":true,"probes":3}}"#,
    ])
  func refuses(_ json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(CriterionSpecification.self, from: Data(json.utf8))
    }
  }

  @Test("a program keeps its files and its time")
  func commands() throws {
    let command = CommandSpecification(
      arguments: ["sh", "s.sh"], digests: ["s.sh": "ab"], timeout: 2.5)
    let specification = CriterionSpecification(command)
    #expect(specification.command == command && specification == .command)
    let data = try CanonicalJSON.encode(specification)
    let expected =
      #"{"command":{"command":{"arguments":["sh","s.sh"],"digests":{"s.sh":"ab"},"timeout":2.5}}}"#
    #expect(String(decoding: data, as: UTF8.self) == expected)
    #expect(try JSONDecoder().decode(CriterionSpecification.self, from: data) == specification)
    #expect(!Criterion.names.contains("command"))
    let without = Criterion.namesWithoutExamples
    #expect(without.hasPrefix("random, magnitude") && without.contains(" or "))
    #expect(!without.contains("snip") && !without.contains("command"))
  }

  @Test("moments that optimizers keep, and what their options exclude together")
  func optimizers() {
    #expect(OptimizerSpecification(.sgd).momentsPerWeight == 0)
    #expect(OptimizerSpecification(.sgd, ["momentum": 0.9]).momentsPerWeight == 1)
    #expect(OptimizerSpecification(.adam).momentsPerWeight == 2)
    let wrong = OptimizerSpecification(.sgd, ["nesterov": true])
    #expect(UpdateRule.sgd.fault(in: wrong.options, sizes: [])?.options == ["nesterov"])
    let right = OptimizerSpecification(.sgd, ["nesterov": true, "momentum": 0.5])
    #expect(UpdateRule.sgd.fault(in: right.options, sizes: []) == nil)
  }
}
