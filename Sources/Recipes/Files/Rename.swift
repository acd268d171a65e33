import Wording

/// A name in a user's file and the network's own for the same: `fc1=fc_layers.0`, of a tensor or of all below a module.
package struct Rename: Hashable, Sendable, Codable {
  /// The name in the file.
  package let file: String
  /// The network's.
  package let network: String

  /// A file's name and the network's.
  package init(file: String, network: String) {
    (self.file, self.network) = (file, network)
  }

  /// Reads `FILE=NETWORK`; `nil` for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && !$0.contains(where: \.isWhitespace) })
    else { return nil }
    self.init(file: String(parts[0]), network: String(parts[1]))
  }

  /// What ``init(_:)`` reads.
  package var text: String { "\(file)=\(network)" }

  /// The network's name for the file's `name`; `nil` where this says nothing of it.
  func applied(to name: String) -> String? {
    if name == file { return network }
    return name.hasPrefix(file + ".") ? network + name.dropFirst(file.count) : nil
  }
}

extension Rename: CustomStringConvertible {
  package var description: String { "\(file.printable)=\(network.printable)" }
}
