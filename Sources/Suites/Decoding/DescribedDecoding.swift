import Recipes

extension Field {
  /// Reads a descriptor's name here, and its options from `fields`, which may hold those of all descriptors.
  ///
  /// What is wrong is noted and the default taken; `nil` where there is none.
  ///
  /// - Parameters:
  ///   - fields: values by the options' names.
  ///   - parent: the mapping that `fields` belong to, to which what is missing is noted.
  ///   - sizes: those of the prunable tensors, empty where they are not known.
  ///   - files: finds a folder of images.
  func described<Kind: Descriptor>(
    as _: Kind.Type, options fields: [String: Field], within parent: Field? = nil,
    sizes: [Int] = [], files: SuiteFiles? = nil
  ) -> Described<Kind>? {
    name(Kind.sort, among: Kind.names).flatMap(Kind.named).flatMap {
      (parent ?? self).described($0, options: fields, sizes: sizes, files: files)
    }
  }

  /// Reads the options of `kind` from `fields`.
  func described<Kind: Descriptor>(
    _ kind: Kind, options fields: [String: Field], sizes: [Int] = [], files: SuiteFiles? = nil
  ) -> Described<Kind>? {
    for option in Kind.options where !kind.options.contains(where: { $0.name == option.name }) {
      fields[option.name]?.report(.inapplicable(owner: kind.owner, remedy: "remove it"))
    }
    var stated: [String: OptionValue] = [:]
    var isWhole = true
    for option in kind.options {
      stated[option.name] = fields[option.name]?.value(
        of: option, files, beside: fields, of: kind.options)
      guard option.standard == nil, stated[option.name] == nil else { continue }
      isWhole = false
      if fields[option.name] == nil {
        findings.add(
          .missing(example: "\(option.name): \(option.example)"), line: line,
          path: path.isEmpty ? option.name : "\(path).\(option.name)")
      }
    }
    guard isWhole else { return nil }
    let described = Described(kind, stated)
    for option in kind.options where described.options[option.name] == nil {
      fields[option.name]?.report(
        .inapplicable(owner: option.idle?.owner ?? kind.owner, remedy: "remove it"))
    }
    if let fault = kind.fault(in: described.options, sizes: sizes) {
      let blamed = fault.options.lazy.compactMap { fields[$0] }.first
      (blamed ?? self).report(.misfit(fault.sentence))
    }
    return described
  }

  private func value(
    of option: CheckedOption, _ files: SuiteFiles?, beside fields: [String: Field],
    of options: [CheckedOption]
  ) -> OptionValue? {
    switch option.kind {
    case .examples(let column, let countsClasses):
      files.flatMap { files in
        exampleFile(
          files, column: fields[column],
          default: options.first { $0.name == column }?.standard?.text ?? "",
          countsClasses: countsClasses)
      }.map(OptionValue.examples)
    case .name(let names, let sort): name(sort, among: names).map(OptionValue.name)
    case .folder: files.flatMap(imageFolder).map(OptionValue.folder)
    default: parsed(option.kind.expected, by: option.kind.value)
    }
  }
}
