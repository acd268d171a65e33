package import Foundation

/// The walk that an artifact is a part of: one pass of work that makes several artifacts on its way.
///
/// All artifacts of a walk have the same inputs, so that they become ready together; one worker makes those
/// that are missing, each in passing, and checkpoints and claims are the walk's. An artifact without a walk
/// is a walk of its own.
package struct Walk: Hashable, Codable, Sendable {
  /// What all artifacts of the walk share.
  package let id: Key
  /// Where on the way this one is made, such as a step.
  package let position: Int

  /// Names a place on a walk.
  package init(id: Key, position: Int) {
    self.id = id
    self.position = position
  }

  /// What the identities of all walks of a recipe have in common; they are made as an artifact's key is.
  package static func beginning(recipe: Data) -> Key.Beginning {
    Key.Beginning([Data("espalier walk".utf8), recipe])
  }
}
