import Foundation
import Reports
import Suites
import Wording

/// A value that a sentence takes: `cell.field[2].name:.1f`, a cell's name, the way through its value, and how a number is
/// written.
struct ValueExpression: Hashable {
  /// A step of the way.
  enum Step: Hashable {
    case member(String)
    case index(Int)
  }

  /// Why an expression or its value cannot be had.
  struct Fault: Error, Hashable {
    let problem: String
  }

  /// The cell's name.
  let cell: String
  /// The way through its value.
  let steps: [Step]
  /// How a number is written; `nil` for as it is.
  let form: NumberForm?

  /// Reads an expression.
  init(_ text: String) throws(Fault) {
    var rest = Substring(text)
    cell = String(Self.name(&rest))
    guard !cell.isEmpty else { throw Fault(problem: "begins with no cell's name") }
    var steps: [Step] = []
    while let next = rest.first, next != ":" {
      rest = rest.dropFirst()
      switch next {
      case ".":
        let name = Self.name(&rest)
        guard !name.isEmpty else { throw Fault(problem: "has a dot without a field's name") }
        steps.append(.member(String(name)))
      case "[":
        guard let end = rest.firstIndex(of: "]") else {
          throw Fault(problem: "has a [ without its ]")
        }
        let inner = rest[..<end]
        rest = rest[rest.index(after: end)...]
        if let index = Int(inner) {
          steps.append(.index(index))
        } else if inner.count > 2, let quote = inner.first, "\"'".contains(quote),
          inner.last == quote
        {
          steps.append(.member(String(inner.dropFirst().dropLast())))
        } else {
          throw Fault(problem: "has neither a number nor a name in quotes between [ and ]")
        }
      default: throw Fault(problem: "has `\(next)` where a dot, [ or a colon may be")
      }
    }
    self.steps = steps
    guard rest.first == ":" else {
      form = nil
      return
    }
    guard let form = NumberForm(rest.dropFirst()) else {
      throw Fault(
        problem: "`\(rest)` is no way to write a number, such as :.1f, :+.2f, :.3g, :.0% or :,")
    }
    self.form = form
  }

  private static func name(_ rest: inout Substring) -> Substring {
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    rest = rest.dropFirst(name.count)
    return name
  }

  /// Its value in `root`, the value of its cell, as it stands in a sentence.
  ///
  /// A field of a list is that of its first entry.
  func text(in root: JSON) throws(Fault) -> String {
    var value = root
    for step in steps {
      if case .member = step, case .list(let entries) = value {
        guard let first = entries.first else {
          throw Fault(problem: "is of a list without entries")
        }
        value = first
      }
      switch (step, value) {
      case (.index(let index), .list(let entries)):
        let place = index < 0 ? entries.count + index : index
        guard entries.indices.contains(place) else {
          throw Fault(problem: "entry \(index) is none of \(Format.count(entries.count))")
        }
        value = entries[place]
      case (.member(let name), .members(let members)):
        guard let member = members[name] else {
          let nearest = Suggestion.nearest(to: name, among: Array(members.keys))
          throw Fault(
            problem: "there is no `\(name)`"
              + (nearest.map { ", did you mean `\($0)`?" } ?? " in \(value.sort)"))
        }
        value = member
      case (.index(let index), _):
        throw Fault(problem: "there is no entry \(index) of \(value.sort)")
      case (.member(let name), _): throw Fault(problem: "there is no `\(name)` in \(value.sort)")
      }
    }
    return try shown(value)
  }

  private func shown(_ value: JSON) throws(Fault) -> String {
    if let number = value.double { return (form ?? .plain).text(of: number) }
    return switch (value, form) {
    case (.text(let text), nil):
      Markdown([
        .paragraph(.init(text.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
      ])
      .rendered().trimmingNewlines
    case (.flag(let flag), nil): String(flag)
    case (.null, _): Format.missing
    default:
      throw Fault(
        problem: form == nil ? "is \(value.sort), not one value" : "is \(value.sort), not a number")
    }
  }
}
