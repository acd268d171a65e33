/// How one kind of value stands in a table.
package struct FieldForm<Value> {
  /// What to write there, for messages.
  package let expected: String
  /// The field of a value.
  package let write: (Value) -> String
  /// The value of a field; `nil` for what cannot be one.
  package let read: (String) -> Value?
  /// What to write in place of a text that cannot be read.
  package let advice: (String) -> String

  /// A form.
  package init(
    _ expected: String, advice: ((String) -> String)? = nil, write: @escaping (Value) -> String,
    read: @escaping (String) -> Value?
  ) {
    (self.expected, self.write, self.read) = (expected, write, read)
    self.advice = advice ?? { _ in expected }
  }
}

extension FieldForm where Value == Int {
  /// A number of things; sums over all rows of a table stay far from the largest number.
  package static var count: Self {
    Self("a whole number from 0 to 10^12", write: \.description) { text in
      Int(text).flatMap { (0...1_000_000_000_000).contains($0) ? $0 : nil }
    }
  }

  /// A place in a list that counts from 1.
  package static var number: Self {
    Self("a number from 1 on", write: \.description) { Int($0).flatMap { $0 > 0 ? $0 : nil } }
  }
}

extension FieldForm where Value == Double {
  /// Any finite number.
  package static var finite: Self { number("a number") { _ in true } }

  /// A number that `isPossible`.
  package static func number(
    _ expected: String, _ isPossible: @escaping (Double) -> Bool
  ) -> Self {
    Self(expected, write: \.description) { text in
      Double(text).flatMap { $0.isFinite && isPossible($0) ? $0 : nil }
    }
  }
}

extension FieldForm where Value == Bool {
  /// `true` or `false`.
  package static var flag: Self {
    Self("true or false", write: \.description) { Bool($0) }
  }
}

extension FieldForm where Value == String {
  /// Any text.
  package static var text: Self { Self("a text", write: \.self) { $0 } }

  /// A name as suites may give them.
  package static var name: Self {
    Self(
      "a name", advice: { "a name \(Naming.fault(of: $0)?.rule ?? "")" }, write: \.self,
      read: { Naming.fault(of: $0) == nil ? $0 : nil })
  }
}

extension FieldForm where Value: Spelled {
  /// One of the names of an enumeration.
  package static var choice: Self {
    Self(Value.allCases.map(\.rawValue).joined(separator: " or "), write: \.rawValue) {
      Value(rawValue: $0)
    }
  }
}
