/// An option of a kind of layer.
package struct LayerOption: Sendable {
  /// Its key in suites and recipes.
  package let name: String
  /// What its values are, by the options before it.
  package let kind: @Sendable (_ earlier: OptionValues) -> CheckedOption.Kind
  /// A value to show where it is missing; `nil` where it may be.
  package let example: OptionValue?
  /// The value where none is stated, by the options before it; `nil` where it then stays without one.
  package let standard: @Sendable (_ earlier: OptionValues) -> OptionValue?

  /// The value that says the same as none, so that one network has one recipe; `nil` where each says something.
  package private(set) var idle: OptionValue?

  /// An option that may be left out.
  init(
    _ name: String, _ kind: @escaping @Sendable (OptionValues) -> CheckedOption.Kind,
    default standard: @escaping @Sendable (OptionValues) -> OptionValue?
  ) {
    (self.name, self.kind, self.standard, example) = (name, kind, standard, nil)
  }

  /// A whole number that must be stated, such as `example`.
  init(_ name: String, _ range: ClosedRange<Int>, example: Int) {
    self.name = name
    self.example = .integer(example)
    kind = { _ in .integer(range) }
    standard = { _ in nil }
  }

  /// A value that must be stated, such as `example`.
  init(_ name: String, _ sort: CheckedOption.Kind, example: OptionValue) {
    self.name = name
    self.example = example
    kind = { _ in sort }
    standard = { _ in nil }
  }

  /// A whole number that is left out of recipes where it is `idle`.
  static func integer(_ name: String, _ range: ClosedRange<Int>, idle: Int) -> LayerOption {
    var option = LayerOption(name, { _ in .integer(range) }, default: { _ in nil })
    option.idle = .integer(idle)
    return option
  }

  /// A whole number.
  static func integer(
    _ name: String, _ range: ClosedRange<Int>,
    default standard: @escaping @Sendable (OptionValues) -> Int?
  ) -> LayerOption {
    LayerOption(name, { _ in .integer(range) }, default: { standard($0).map(OptionValue.integer) })
  }

  /// `true` or `false`.
  static func flag(_ name: String, default standard: Bool) -> LayerOption {
    LayerOption(name, { _ in .flag }, default: { _ in .flag(standard) })
  }
}
