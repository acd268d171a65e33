/// What is said of one criterion, optimizer … outside of its formula: suites, command line, costs and reports read it,
/// and the engine finds the act that belongs to it by its name.
package protocol Descriptor: Sendable {
  /// Every one there is, in the order in which they are listed.
  static var all: [Self] { get }
  /// Those that nobody names: they stand for what is another's, such as a program's own optimizer.
  static var unlisted: [Self] { get }
  /// What one is called in messages, such as `criterion`.
  static var sort: String { get }
  /// Its name in suites, recipes and on the command line.
  var name: String { get }
  /// What messages call it that do not fit it; its name, usually.
  var owner: String { get }
  /// What it is, in a report's words.
  var words: String { get }
  /// Where it comes from: authors, venue, year, equation.
  var source: String { get }
  /// What may be stated about it.
  var options: [CheckedOption] { get }
  /// What is wrong with options that are right each by itself; `sizes` are those of the tensors that are pruned, empty
  /// where they are not known.
  func fault(in options: OptionValues, sizes: [Int]) -> OptionFault?
}

/// Something wrong with options together.
package struct OptionFault: Hashable, Sendable {
  /// The options it is about; the first one that is stated is to blame.
  package let options: [String]
  /// What is wrong; what to do.
  package let sentence: String

  package init(_ options: [String], _ sentence: String) {
    (self.options, self.sentence) = (options, sentence)
  }
}

extension Descriptor {
  package static var unlisted: [Self] { [] }
  package var owner: String { name }
  package func fault(in options: OptionValues, sizes: [Int]) -> OptionFault? { nil }

  /// The one called `name`.
  package static func named(_ name: String) -> Self? {
    all.first { $0.name == name } ?? unlisted.first { $0.name == name }
  }

  /// The names that stand for themselves: all but those of commands.
  package static var names: [String] {
    all.filter { descriptor in
      !descriptor.options.contains { if case .command = $0.kind { true } else { false } }
    }.map(\.name)
  }

  /// The options that some of them have, each once.
  package static var options: [CheckedOption] {
    var names: Set<String> = []
    return all.flatMap(\.options).filter { names.insert($0.name).inserted }
  }

  /// The options that are not idle beside `values`.
  package func options(beside values: OptionValues) -> [CheckedOption] {
    options.filter { $0.idle.map { values[$0.flag] != .flag(true) } ?? true }
  }

  /// `stated` and the defaults of what is not stated.
  package func completed(_ stated: [String: OptionValue]) -> OptionValues {
    let flags = options.filter { $0.idle == nil }
    let values = flags.reduce(into: [:]) { $0[$1.name] = stated[$1.name] ?? $1.standard }
    return OptionValues(
      options(beside: OptionValues(values)).reduce(into: values) {
        $0[$1.name] = stated[$1.name] ?? $1.standard
      })
  }
}
