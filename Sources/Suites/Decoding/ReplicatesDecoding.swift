package import Statistics

/// How many replicates a suite runs.
package struct ReplicateDesign: Hashable, Sendable {
  /// The most that any arm gets.
  package let replicates: Int
  /// After how many is looked, in suites that run until they are decided; `nil` for one look at all of them.
  package let looks: Looks?
}

extension Field {
  /// Reads `replicates:`, a number or looks.
  func replicates() -> ReplicateDesign? {
    guard isMapping else {
      return integer(Self.replicates).map { ReplicateDesign(replicates: $0, looks: nil) }
    }
    guard let fields = fields(LooksKey.self) else { return nil }
    let sizes = fields.required(.looks, example: "looks: [5, 8, 12, 20]")?
      .nonEmpty("numbers of replicates that rise, such as [5, 8, 12, 20]") {
        $0.integer(Self.replicates)
      }
    let until = fields.required(.until, example: "until: decided")?
      .name("end", among: [Self.decided])
    let spending =
      fields[.spending].map { field in
        field.number("an exponent above 0 and up to 10, such as \(Looks.usualExponent)") {
          0 < $0 && $0 <= 10
        }
      } ?? Looks.usualExponent
    guard let sizes, until != nil, let spending else { return nil }
    do {
      let looks = try Looks(sizes, exponent: spending)
      return ReplicateDesign(replicates: looks.last, looks: looks)
    } catch {
      fields[.looks]?.report(
        .unexpected(
          found: sizes.map(String.init).joined(separator: ", "),
          expected: "numbers of replicates that rise, the first at least 2"))
      return nil
    }
  }

  private static let replicates = 1...1000
  private static let decided = "decided"
}
