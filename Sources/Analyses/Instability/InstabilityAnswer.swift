import Recipes
import Reports
import Suites
import Wording

extension InstabilityAnalysis {
  /// The question and its answer: one sentence, and one table.
  func answerSection(_ verdicts: InstabilityVerdicts) throws -> ReportSection {
    var section = ReportSection(blocks: [.heading(1, .init(terms.question))])
    guard !runs.isEmpty || !diverged.isEmpty else {
      section.blocks += ReportSection.missing(terms.missing)
      return section
    }
    section.say("\(frame) \(strong: answer(verdicts) + ".")")
    section.blocks.append(.table(try matrix(verdicts)))
    section.blocks += ReportSection.missing(terms.missing)
    section.say(legend(verdicts))
    section.say(noise)
    return section
  }

  private var alpha: String { Format.percent(InstabilityDesign.alpha) }

  private var frame: String {
    "On this test set, by this recipe, at \(alpha) familywise for each kind of claim:"
  }

  /// What is claimed of each network, those of which the same is claimed together.
  private func answer(_ verdicts: InstabilityVerdicts) -> String {
    let claims = settings.networks.flatMap { network in
      settings.policies.indices.map { policy in
        (network.words + settings.words(policy), claim(network, policy, verdicts))
      }
    }
    return claims.map(\.1).distinct.map { claim in
      "\(claims.filter { $0.1 == claim }.map(\.0).sentence): \(claim)"
    }.joined(separator: "; ")
  }

  /// From which step on a network is stable, and what is shown of the steps before.
  private func claim(_ network: Subnetwork, _ policy: Int, _ verdicts: InstabilityVerdicts)
    -> String
  {
    func steps(_ stability: Stability) -> [Step] {
      settings.steps.filter {
        verdicts[.init(network: network, policy: policy, step: $0)]?.stability == stability
      }
    }
    let (stable, unstable, undecided) = (steps(.stable), steps(.unstable), steps(.undecided))
    var parts: [String] = []
    if let first = stable.first, let last = stable.last {
      parts.append(
        stable.count == 1
          ? "stable at k = \(first)" : "stable at every tested k from \(first) to \(last)")
    }
    for (words, found) in [("unstable", unstable), ("undecided", undecided)] where !found.isEmpty {
      parts.append("\(words) at k = \(found.map(\.description).sentence)")
    }
    return parts.joined(separator: ", ")
  }

  private func matrix(_ verdicts: InstabilityVerdicts) throws -> Markdown.Table {
    var table = Markdown.Table(
      [.text("network")] + settings.steps.map { .text("k = \(code: $0.description)") })
    for network in settings.networks {
      for policy in settings.policies.indices {
        let cells = try settings.steps.map { step -> Markdown.Text in
          func mean(_ number: (PathSummary) -> Double) throws -> String {
            Format.number(
              try estimate(network, from: step, on: .test, policy: policy, of: number)?.mean,
              digits: 2)
          }
          let stability =
            verdicts[.init(network: network, policy: policy, step: step)]?.stability ?? .undecided
          let verdict: Markdown.Text =
            stability == .undecided ? "undecided" : "\(strong: stability.rawValue)"
          return verdict
            + ": \(try mean(\.barrier)), excess \(try mean(\.rise))"
        }
        table.append([.init(network.words + settings.words(policy))] + cells)
      }
    }
    return table
  }

  private func legend(_ verdicts: InstabilityVerdicts) -> Markdown.Text {
    let threshold = Format.significant(settings.stableBelow)
    let replicates = terms.replicates
    return """
      The numbers are points of test error: the barrier on the segment between siblings, its highest error \
      less the mean of both ends (Frankle, Dziugaite, Roy & Carbin, ICML 2020), and what it exceeds the \
      floor by that unequal ends alone give, |E₁ − E₂| / 2. \
      \(emphasis: "Stable"): a one-sided t-test shows the mean barrier, and so the excess too, below \
      \(threshold) points, step by step from the last on. \(emphasis: "Unstable"): one shows the mean excess, \
      and so the barrier too, above. No more than \(alpha) of suites say anything false of either kind in \
      these \(Format.count(verdicts.count, "cell")). \(emphasis: "Undecided") is neither, as is every cell of \
      which a training diverged, a point is not finite or a segment is missing. Each number is a mean over the \
      pairs of \(Format.count(settings.orders)) siblings, then over \
      \(Format.count(replicates, "initialization")), which are what tests and intervals vary.
      """
  }

  /// In which noise siblings differ.
  private var noise: Markdown.Text {
    """
    Siblings are copies of one network after k steps. Their noise is the order in which they see the \
    examples from there on\(settings.isAugmented ? " and how these are augmented" : ""), drawn anew for each; \
    nothing else differs. The optimizer's moments begin at zero.
    """
  }
}
