/// A value that an option was given.
package enum OptionValue: Hashable, Sendable {
  case number(Double)
  case integer(Int)
  case flag(Bool)
  case name(String)
  case command(CommandSpecification)
  case folder(ImageFolderSpecification)
  case examples(ExampleFile)
}

extension OptionValue {
  /// The value as suites write it; empty for what is more than a word.
  package var text: String {
    switch self {
    case .number(let number):
      number == number.rounded() && abs(number) < 1e6 ? "\(Int(number))" : "\(number)"
    case .integer(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .name(let name): name
    case .command, .folder, .examples: ""
    }
  }
}

extension OptionValue: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByStringLiteral
{
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .flag(value) }
  package init(stringLiteral value: String) { self = .name(value) }
}

/// The values of a descriptor's options by name; asking for one that the descriptor does not have traps.
package struct OptionValues: Hashable, Sendable {
  private(set) var values: [String: OptionValue]

  /// Values by their options' names.
  package init(_ values: [String: OptionValue] = [:]) { self.values = values }

  /// The value of `option`; `nil` where another option makes it idle.
  package subscript(_ option: String) -> OptionValue? { values[option] }

  /// The number that `option` is.
  package func number(_ option: String) -> Double {
    guard case .number(let value)? = values[option] else { fatal(option, "number") }
    return value
  }

  /// The whole number that `option` is.
  package func integer(_ option: String) -> Int {
    guard case .integer(let value)? = values[option] else { fatal(option, "whole number") }
    return value
  }

  /// Whether `option` is set.
  package func flag(_ option: String) -> Bool {
    guard case .flag(let value)? = values[option] else { fatal(option, "flag") }
    return value
  }

  /// The one of an enumeration's names that `option` is.
  package func choice<Name: RawRepresentable<String>>(_ option: String, as: Name.Type = Name.self)
    -> Name
  {
    guard case .name(let text)? = values[option], let value = Name(rawValue: text) else {
      fatal(option, "\(Name.self)")
    }
    return value
  }

  /// What the file of examples that `option` is holds.
  package func examples(_ option: String) -> ExampleFile {
    guard case .examples(let value)? = values[option] else { fatal(option, "file of examples") }
    return value
  }

  private func fatal(_ option: String, _ kind: String) -> Never {
    preconditionFailure("no \(kind) `\(option)` among \(values)")
  }
}
