import Recipes
import Testing

@Suite("Ablations")
struct AblationTests {
  @Test("names are unique, and each says where it acts, on what, and where it comes from")
  func vocabulary() {
    #expect(
      Ablation.all.map(\.name) == [
        "invert-global", "invert-layerwise", "random", "shuffle", "reinitialize", "other-seed",
        "bfloat16",
      ])
    #expect(
      Ablation.all.allSatisfy { !$0.act.isEmpty && !$0.words.isEmpty && !$0.source.isEmpty })
    #expect(Ablation.all.allSatisfy { $0.isOfMethods || $0.isOfTickets })
    #expect(
      Ablation.ofTickets.map { $0.words(of: "ticket") } == [
        "random pruning", "shuffled ticket", "reinitialized ticket",
        "ticket with another seed's weights",
      ])
    #expect(
      Ablation.ofMethods.map(\.name) == [
        "invert-global", "invert-layerwise", "shuffle", "reinitialize", "bfloat16",
      ])
  }

  @Test("inversions by the scope of the ranking", arguments: Scope.allCases)
  func inversions(scope: Scope) throws {
    var ends: [Selection] = []
    for ablation in [Ablation.invertGlobal, .invertLayerwise] {
      guard case .ranking(let end) = ablation.stage else { throw CancellationError() }
      ends.append(end(scope))
    }
    #expect(ends == [.lowest, scope == .global ? .lowestWithinLayers : .lowest])
    #expect(Ablation.all.filter(\.inverts) == [.invertGlobal, .invertLayerwise])
    #expect(Ablation.all.filter(\.changesMask) == [.shuffle])
  }
}
