import Foundation
import Recipes
import Tensors

/// Text that a tool writes where the user says.
enum OutputFile {
  /// Writes `text` to `path`, whole or not at all.
  static func write(_ text: String, to path: String) throws {
    do {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw TensorError.file(
        path: path, problem: "cannot be written (\(SystemReason.words(error)))")
    }
  }
}
