import Laboratory
import Recipes
import Testing

@testable import Analyses
@testable import Suites

/// What is planned of one walk.
struct WalkOfPlan {
  let recipe: WalkRecipe
  let inputs: [String: Key]
  /// The states by step.
  var states: [Int: Artifact] = [:]
  var traces: [TraceRecipe] = []

  /// Steps whose weights are kept.
  var kept: [Int] { states.filter { !$0.value.keeps.isEmpty }.keys.sorted() }
}

extension [Artifact] {
  /// The walks of a plan, in the order of their first artifacts.
  var walks: [WalkOfPlan] {
    get throws {
      var (walks, order) = ([Key: WalkOfPlan](), [Key]())
      for artifact in self {
        guard let id = artifact.walk?.id else { continue }
        func add(_ walk: WalkRecipe, _ change: (inout WalkOfPlan) -> Void) {
          if walks[id] == nil { order.append(id) }
          change(&walks[id, default: WalkOfPlan(recipe: walk, inputs: artifact.inputs)])
        }
        if let state = try artifact.work(StateRecipe.self) {
          #expect(artifact.walk?.position == state.step)
          add(state.walk) { $0.states[state.step] = artifact }
        } else {
          let trace = try #require(try artifact.work(TraceRecipe.self))
          #expect(artifact.walk?.position == trace.end)
          add(trace.walk) { $0.traces.append(trace) }
        }
      }
      return order.compactMap { walks[$0] }
    }
  }

  /// The walk that the artifact of `key` is of.
  func walk(of key: Key?) throws -> WalkOfPlan {
    try #require(try walks.first { $0.states.values.contains { $0.key == key } })
  }
}
