import Foundation

/// What a user starts from whose own program trains: the adapter for PyTorch, an example, and a suite that runs it.
package enum EngineTemplate {
  /// The files' names and texts.
  package static var files: [(name: String, text: String)] {
    [
      ("espalier_engine.py", text(of: "espalier_engine", "py")),
      ("engine.py", text(of: "engine", "py")),
      ("suite.yaml", text(of: "engine", "yaml")),
    ]
  }

  private static func text(of name: String, _ ending: String) -> String {
    let place = Bundle.module.url(
      forResource: name, withExtension: ending, subdirectory: "Templates")
    guard let place, let text = try? String(contentsOf: place, encoding: .utf8) else {
      preconditionFailure("there is no Templates/\(name).\(ending)")
    }
    return text
  }
}
