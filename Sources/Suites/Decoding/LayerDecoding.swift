import Recipes

extension Field {
  /// Reads a layer: the name of its kind, or that with what is stated about it; `name` is what it is called by
  /// where nothing else is.
  func layer(default name: String) -> LayerPlan? {
    guard let (kindName, stated) = choice("layer", among: LayerKind.names),
      let kind = LayerKind.all.first(where: { $0.name == kindName })
    else { return nil }
    guard kind.isNamed || !kind.options.isEmpty || !kind.branches.isEmpty else {
      stated?.report(.inapplicable(owner: kind.label, remedy: "write `- \(kind.label)`"))
      return stated == nil ? LayerPlan(kind) : nil
    }
    let parent = stated ?? self
    let needsMore =
      kind.options.contains { $0.example != nil } || kind.branches.contains { $0.example != nil }
    let fields: [String: Field]
    if stated == nil && (!needsMore || kind.shorthand != nil) {
      fields = [:]
    } else if let shorthand = kind.shorthand, !parent.isMapping {
      fields = [shorthand: parent]
    } else if let found = parent.fields(named: kind.keys) {
      fields = found
    } else {
      return nil
    }
    let options = parent.options(of: kind, from: fields)
    let branches = parent.branches(of: kind, from: fields, named: name)
    for option in kind.inapplicable {
      fields[option]?.report(.inapplicable(owner: kind.name, remedy: "remove it"))
    }
    let name = kind.isNamed ? fields["name"]?.name(of: "a layer") ?? name : nil
    guard let options, let branches else { return nil }
    return LayerPlan(kind, name: name, options, branches: branches)
  }

  /// Reads the options of `kind`; `nil` where one that has no default is missing or wrong.
  private func options(of kind: LayerKind, from fields: [String: Field]) -> [String: OptionValue]? {
    var values: [String: OptionValue] = [:]
    var isWhole = true
    for option in kind.options {
      let sort = option.kind(OptionValues(values))
      if let field = fields[option.name] {
        values[option.name] = field.parsed(sort.expected, by: sort.value)
      } else if let example = option.example {
        missing(option.name, example: "\(option.name): \(example.text)")
      }
      guard values[option.name] == nil else { continue }
      isWhole = isWhole && option.example == nil
      // The other defaults may depend on what is not there.
      if isWhole { values[option.name] = option.standard(OptionValues(values)) }
    }
    return isWhole ? values : nil
  }

  /// Reads the branches of `kind`, whose layers are called by their places below `name`.
  private func branches(
    of kind: LayerKind, from fields: [String: Field], named name: String
  ) -> [[LayerPlan]]? {
    let branches = kind.branches.compactMap { branch -> [LayerPlan]? in
      if let field = fields[branch.name] { return field.layers(named: "\(name).\(branch.name)") }
      guard let example = branch.example else { return [] }
      missing(branch.name, example: example)
      return nil
    }
    return branches.count == kind.branches.count ? branches : nil
  }

  private func missing(_ key: String, example: String) {
    findings.add(
      .missing(example: example), line: line, path: path.isEmpty ? key : "\(path).\(key)")
  }
}

extension LayerKind {
  /// The keys below its name.
  fileprivate var keys: [String] {
    options.map(\.name) + inapplicable + branches.map(\.name) + (isNamed ? ["name"] : [])
  }
}
