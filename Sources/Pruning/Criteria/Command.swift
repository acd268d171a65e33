import Foundation
import Networks
import Recipes
import Tensors

extension Scoring {
  /// Scores that a user's program writes.
  ///
  /// The program gets three more arguments: a safetensors file of the weights (state-dict names,
  /// pruned weights zero), one of the scoring set (`inputs` `[N, C, H, W]`, `labels` `[N]`), and the
  /// path of the scores file it has to write, one floating-point tensor per prunable weight tensor.
  func commandScores(_ command: CommandSpecification) throws -> Scores {
    let exchange = FileManager.default.temporaryDirectory
      .appendingPathComponent("espalier-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: exchange, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: exchange) }
    let files = ["weights", "batch", "scores"].map {
      exchange.appendingPathComponent("\($0).safetensors")
    }
    try weights.write(to: files[0])
    let whole = try joinedBatch()
    try Safetensors.write([("inputs", whole.inputs), ("labels", whole.labels)], to: files[1])
    try CommandRun(command: command, folder: folder, log: exchange.appendingPathComponent("log"))
      .run(appending: files.map(\.path))
    guard FileManager.default.fileExists(atPath: files[2].path) else {
      throw PruningError.command(
        arguments: command.arguments,
        problem: "ended well but wrote no scores to the path in its last argument")
    }
    do {
      return try Scores(readingFrom: files[2], for: network)
    } catch {
      throw PruningError.command(
        arguments: command.arguments,
        problem: "wrote scores that cannot be used: "
          + "\(error)".replacingOccurrences(of: exchange.path + "/", with: ""))
    }
  }
}
