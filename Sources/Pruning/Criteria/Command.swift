import Foundation
import Networks
import Recipes
import Tensors

extension Formula {
  /// Scores that a user's program writes.
  ///
  /// The program gets three more arguments: a safetensors file of the weights (state-dict names,
  /// pruned weights zero), one of the scoring set (`inputs` `[N, C, H, W]`, `labels` `[N]`; where another program has
  /// the examples, their `indices` `[N]` among the training examples), and the path of the scores file it has to write, one floating-point tensor per prunable weight tensor.
  static let command = Formula(.command) { scoring, options in
    guard case .command(let command)? = options["command"] else {
      preconditionFailure("a command without its program")
    }
    return try scoring.scores(of: command)
  }
}

extension Scoring {
  fileprivate func scores(of command: CommandSpecification) throws -> Scores {
    let run = try CommandRun(command, in: folder)
    defer { run.end() }
    try weights.write(to: run.weights)
    if let program {
      let indices = try Tensor(program.indices, shape: [program.indices.count])
      try Safetensors.write([("indices", indices)], to: run.batch)
    } else {
      let whole = try joinedBatch()
      try Safetensors.write([("inputs", whole.inputs), ("labels", whole.labels)], to: run.batch)
    }
    try run.run()
    guard FileManager.default.fileExists(atPath: run.scores.path) else {
      throw run.failure("ended well but wrote no scores to the path in its last argument")
    }
    do {
      return try Scores(readingFrom: run.scores, for: network)
    } catch {
      throw run.failure("wrote scores that cannot be used: \(error)")
    }
  }
}
