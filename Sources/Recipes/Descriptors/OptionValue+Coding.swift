extension KeyedEncodingContainer<NameKey> {
  /// Encodes an option's value as what it is.
  mutating func encode(_ value: OptionValue, forKey key: NameKey) throws {
    switch value {
    case .number(let value): try encode(value, forKey: key)
    case .integer(let value): try encode(value, forKey: key)
    case .flag(let value): try encode(value, forKey: key)
    case .name(let value): try encode(value, forKey: key)
    case .command(let value): try encode(value, forKey: key)
    case .folder(let value): try encode(value, forKey: key)
    case .examples(let value): try encode(value, forKey: key)
    }
  }
}

extension KeyedDecodingContainer<NameKey> {
  /// Decodes an option's value of the sort `kind`, whatever its bounds.
  func value(of kind: CheckedOption.Kind, forKey key: NameKey) throws -> OptionValue {
    switch kind {
    case .number: .number(try decode(Double.self, forKey: key))
    case .integer: .integer(try decode(Int.self, forKey: key))
    case .flag: .flag(try decode(Bool.self, forKey: key))
    case .name, .text: .name(try decode(String.self, forKey: key))
    case .command: .command(try decode(CommandSpecification.self, forKey: key))
    case .folder: .folder(try decode(ImageFolderSpecification.self, forKey: key))
    case .examples: .examples(try decode(ExampleFile.self, forKey: key))
    }
  }
}
