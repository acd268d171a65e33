/// An option of a criterion, an optimizer …: declared once, read alike from suites and the command line.
package struct CheckedOption: Sendable {
  /// What its values are.
  package enum Kind: Sendable {
    /// A finite number, which messages call `noun`.
    case number(NumberRange, noun: String)
    case integer(ClosedRange<Int>)
    case flag
    /// One of `names`; `sort` says of what, in messages.
    case name(_ names: [String], sort: String)
    /// A user's program with its files; it takes the place of a name.
    case command
    /// A folder of images.
    case folder
    /// A file of examples; the option `column` names the column of labels where it is a table. Classes are counted by
    /// the labels of one that `countsClasses`.
    case examples(column: String, countsClasses: Bool)
    /// Any text, which messages call `noun`.
    case text(noun: String)

    /// What to write, in messages.
    package var expected: String {
      switch self {
      case .number(let range, let noun): "a \(noun) \(range.rawValue)"
      case .integer(let range):
        range.upperBound == .max
          ? "a whole number of at least \(range.lowerBound)"
          : "a whole number from \(range.lowerBound) to \(range.upperBound)"
      case .flag: "true or false"
      case .name(let names, _): names.joined(separator: " or ")
      case .command: "a program and its arguments"
      case .folder: "a folder"
      case .examples: "a file of examples, .safetensors or .csv"
      case .text(let noun): "a \(noun)"
      }
    }

    /// The value that `text` states; `nil` for what it cannot be.
    package func value(from text: String) -> OptionValue? {
      let value: OptionValue? =
        switch self {
        case .number: Self.number(text).map(OptionValue.number)
        case .integer: Int(text).map(OptionValue.integer)
        case .flag: Bool(text).map(OptionValue.flag)
        case .name: .name(text)
        case .text: text.isEmpty ? nil : .name(text)
        case .command, .folder, .examples: nil
        }
      return value.flatMap(checked)
    }

    /// The finite number that `text` is, such as 0.5, .5 or 1e-8.
    package static func number(_ text: String) -> Double? {
      guard text.wholeMatch(of: /[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?/) != nil,
        let value = Double(text), value.isFinite
      else { return nil }
      return value
    }

    /// `value`, a whole number as a number where one is wanted; `nil` where it is none of this kind.
    func checked(_ value: OptionValue) -> OptionValue? {
      switch (self, value) {
      case (.number, .integer(let integer)): checked(.number(Double(integer)))
      case (.number(let range, _), .number(let number)): range.contains(number) ? value : nil
      case (.integer(let range), .integer(let integer)): range.contains(integer) ? value : nil
      case (.name(let names, _), .name(let name)): names.contains(name) ? value : nil
      case (.flag, .flag), (.command, .command), (.folder, .folder), (.examples, .examples),
        (.text, .name):
        value
      default: nil
      }
    }
  }

  /// Where a number must lie, as messages say it.
  package enum NumberRange: String, Sendable {
    case above0 = "above 0"
    case atLeast0 = "of at least 0"
    case from0Below1 = "of at least 0 and below 1"

    func contains(_ number: Double) -> Bool {
      switch self {
      case .above0: number > 0
      case .atLeast0: number >= 0
      case .from0Below1: number >= 0 && number < 1
      }
    }
  }

  /// Its key in suites and on the command line.
  package let name: String
  /// What its values are.
  package let kind: Kind
  /// The value where none is stated; `nil` where one must be.
  package let standard: OptionValue?
  /// A flag that makes this option idle where it is set, and how messages call what it then is.
  package private(set) var idle: (flag: String, owner: String)?
  /// What reports say of the value, `{}` standing for it and `{noun}` for a counted noun; flags that are not set and
  /// counts of 0 are left out, as is everything without words.
  package private(set) var words: String?
  /// What it does, in a few words for help.
  package let help: String
  /// A value to show where one must be stated.
  package private(set) var example = ""

  /// A finite number.
  package static func number(
    _ name: String, as noun: String = "number", _ range: NumberRange, default standard: Double?,
    words: String? = nil, help: String
  ) -> CheckedOption {
    CheckedOption(
      name: name, kind: .number(range, noun: noun), standard: standard.map(OptionValue.number),
      words: words, help: help)
  }

  /// A whole number.
  package static func integer(
    _ name: String, _ range: ClosedRange<Int>, default standard: Int?, example: String = "",
    idleWhere idle: (flag: String, owner: String)? = nil, words: String? = nil, help: String
  ) -> CheckedOption {
    CheckedOption(
      name: name, kind: .integer(range), standard: standard.map(OptionValue.integer), idle: idle,
      words: words, help: help, example: example)
  }

  /// `true` or `false`, which is the default.
  package static func flag(_ name: String, words: String? = nil, help: String) -> CheckedOption {
    CheckedOption(name: name, kind: .flag, standard: .flag(false), words: words, help: help)
  }

  /// One of an enumeration's names.
  package static func choice<Name: RawRepresentable<String> & CaseIterable>(
    _ name: String, of sort: String, default standard: Name, words: String? = nil, help: String
  ) -> CheckedOption {
    CheckedOption(
      name: name, kind: .name(Name.allCases.map(\.rawValue), sort: sort),
      standard: .name(standard.rawValue), words: words, help: help)
  }

  /// A user's program.
  package static func command(_ name: String, words: String, help: String) -> CheckedOption {
    CheckedOption(name: name, kind: .command, standard: nil, words: words, help: help)
  }

  /// A folder of images.
  package static func folder(_ name: String, example: String, help: String) -> CheckedOption {
    CheckedOption(name: name, kind: .folder, standard: nil, help: help, example: example)
  }

  /// A file of examples, whose column of labels the option `column` names where it is a table.
  package static func examples(
    _ name: String, column: String, countsClasses: Bool, example: String, help: String
  ) -> CheckedOption {
    CheckedOption(
      name: name, kind: .examples(column: column, countsClasses: countsClasses), standard: nil,
      help: help, example: example)
  }

  /// Any text, which messages call `noun`.
  package static func text(_ name: String, as noun: String, default standard: String, help: String)
    -> CheckedOption
  {
    CheckedOption(name: name, kind: .text(noun: noun), standard: .name(standard), help: help)
  }
}
