import Recipes
import Testing

@Suite("Ablations")
struct AblationTests {
  @Test("names are unique, and each says where it acts, on what, and where it comes from")
  func vocabulary() {
    #expect(Set(Ablation.all).count == Ablation.all.count)
    #expect(
      Ablation.all.allSatisfy { !$0.act.isEmpty && !$0.words.isEmpty && !$0.source.isEmpty })
    #expect(Ablation.all.allSatisfy { $0.isOfMethods || $0.isOfTickets })
    #expect(Ablation.otherSeed.words(of: "ticket") == "ticket with another seed's weights")
    #expect(!Ablation.ofMethods.contains(.otherSeed) && !Ablation.ofTickets.contains(.bfloat16))
    #expect(Ablation.ofMethods.contains(.shuffle) && Ablation.ofTickets.contains(.shuffle))
  }

  @Test("inversions by the scope of the ranking", arguments: Scope.allCases)
  func inversions(scope: Scope) throws {
    var ends: [Selection] = []
    for ablation in [Ablation.invertGlobal, .invertLayerwise] {
      guard case .ranking(let end) = ablation.stage else { throw CancellationError() }
      ends.append(end(scope))
    }
    #expect(ends == [.lowest, scope == .global ? .lowestWithinLayers : .lowest])
    #expect(Ablation.invertGlobal.inverts && !Ablation.shuffle.inverts)
    #expect(Ablation.shuffle.changesMask && !Ablation.reinitialize.changesMask)
  }
}
