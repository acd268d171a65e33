import Suites

/// What a paper says of comparisons that a suite makes too.
package struct PublishedClaim: Hashable, Codable, Sendable {
  /// A verdict as papers may state it; about the suite's metric.
  package enum Statement: String, Hashable, Codable, Sendable, CaseIterable {
    case maintained, lowered, raised
  }

  /// The claim in a sentence.
  package let claim: String
  /// Where it is published.
  package let source: String
  /// The networks and data that it was made of.
  package let setting: String
  /// The methods that it is about.
  package let methods: [String]
  /// The ablations that it is about; `none` where it is about the methods themselves against random pruning.
  package let ablations: [String]
  /// The verdicts that agree with it.
  package let says: [Statement]
}

/// Keys of an entry of `published:`.
enum PublishedKey: String, SuiteKey {
  case claim, source, setting, methods, ablations, says
}

extension Field {
  /// Reads `published:`, whose claims are about some of `methods`.
  func publishedClaims(_ methods: [Method]) -> [PublishedClaim] {
    (list("a list of claims, each with \(PublishedKey.names.joined(separator: ", "))") ?? [])
      .compactMap { $0.publishedClaim(methods) }
  }

  private func publishedClaim(_ methods: [Method]) -> PublishedClaim? {
    guard let fields = fields(PublishedKey.self) else { return nil }
    let claim = fields.required(.claim, example: "claim: shuffling costs nothing")?
      .text("the claim in a sentence")
    let source = fields.required(.source, example: "source: Frankle et al. (ICLR 2021), abstract")?
      .text("where it is published")
    let setting = fields.required(.setting, example: "setting: ResNet-20 on CIFAR-10")?
      .text("the networks and data it was made of")
    let names = fields.required(.methods, example: "methods: [snip]")?
      .nonEmpty("a list of the suite's methods") { $0.name("method", among: methods.map(\.name)) }
    let ablations = fields.required(.ablations, example: "ablations: [shuffle]")?
      .nonEmpty("a list of ablations, or [none] for methods against random pruning") {
        $0.scalar == RunRecord.unablated ? RunRecord.unablated : $0.combination()?.name
      }
    let says = fields.required(.says, example: "says: [maintained]")?.statements()
    guard let claim, let source, let setting, let names, let ablations, let says else { return nil }
    for method in methods where names.contains(method.name) {
      let known = methods.comparisons(of: method)
      for ablation in ablations where !known.contains(ablation) {
        report(
          .unexpected(
            found: "`\(ablation)` of `\(method.name)`",
            expected: "comparisons that the suite makes: of \(method.name) "
              + known.joined(separator: ", ")))
      }
    }
    return PublishedClaim(
      claim: claim, source: source, setting: setting, methods: names, ablations: ablations,
      says: says)
  }

  private func statements() -> [PublishedClaim.Statement]? {
    func one(_ field: Field) -> PublishedClaim.Statement? { field.name("verdict") }
    guard isList else { return one(self).map { [$0] } }
    return nonEmpty("verdicts, such as [maintained, raised]", read: one)
  }
}
