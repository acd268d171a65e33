import Engines
import Foundation
package import Laboratory
import Networks
package import Recipes
import Tensors

extension RepetitionRecipe: SoloAct {
  /// Trains once more in one go, by a process that has done nothing else, and compares where both ended.
  ///
  /// - Throws: a sentence where a program that says it is deterministic is not.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> Outcome<
    RepetitionResult
  > {
    if let divergence = try assignment.divergence(of: [InputRole.weights]) {
      return .diverged(divergence)
    }
    guard let program = walk.problem.network.program else {
      preconditionFailure("\(walk.problem.network) is no program's")
    }
    let network = Network(walk.problem)
    let first = try assignment.weights(after: walk.end, of: InputRole.weights, for: network)
    let session = EngineSession(program, bench.settings)
    let scratch = try assignment.scratch()
    let start = try session.weightsFile(of: walk.start, assignment, in: scratch)
    let order = scratch.appendingPathComponent("order.safetensors")
    try ProgramOrder(of: walk).write(steps: walk.firstStep..<walk.end, to: order)
    _ = try session.ask(
      Train(
        weights: start.path, state: nil, mask: nil, from: walk.firstStep, to: walk.end,
        duration: walk.scheduleEnd, scheduleOffset: walk.scheduleOffset, order: order.path,
        seed: walk.order.seedOfProgram, keep: [walk.end], folder: scratch.path),
      progress: assignment.report)
    let second = try session.weights(
      in: scratch.appendingPathComponent(Train.weights(after: walk.end)), of: network,
      "after step \(walk.end)")
    let result = try RepetitionResult(of: first, and: second)
    if program.description.deterministic, !result.repeats {
      throw session.failure(
        "says that it is deterministic, and the same training done twice ended"
          + " \(Float(result.distance)) apart, \(result.differing) of \(result.count) numbers differing; seed all"
          + " that it draws by the request's `seed`, or let it say `deterministic: false`")
    }
    return .found(result)
  }
}

extension RepetitionResult {
  /// How `second` differs from `first`.
  fileprivate init(of first: Weights, and second: Weights) throws {
    var (count, differing, squares) = (0, 0, 0.0)
    for (one, other) in zip(first.tensors, second.tensors) {
      for (a, b) in zip(try one.elements(of: Float.self), try other.elements(of: Float.self)) {
        count += 1
        differing += a.bitPattern == b.bitPattern ? 0 : 1
        squares += (Double(a) - Double(b)) * (Double(a) - Double(b))
      }
    }
    self.init(count: count, differing: differing, distance: squares.squareRoot())
  }
}
