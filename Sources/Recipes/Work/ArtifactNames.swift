/// Names under which an artifact finds the artifacts it needs.
package enum InputRole {
  /// A state whose weights are used.
  package static let weights = "weights"
  /// The mask of the subnetwork.
  package static let mask = "mask"
  /// Scores that are ranked.
  package static let scores = "scores"
  /// The mask whose per-layer counts are taken.
  package static let counts = "counts"
  /// What made the weights at a path's or curve's start: a state, or an alignment.
  package static let start = "start"
  /// What made the weights at its end.
  package static let end = "end"
  /// The mask whose pruned weights stay pruned.
  package static let within = "within"
  /// The mask that a curve's start lies in.
  package static let startMask = "start-mask"
  /// The mask that its end lies in.
  package static let endMask = "end-mask"
  /// A trained curve.
  package static let curve = "curve"
  /// The decoded images of the dataset whose examples are read.
  package static let images = "images"
  /// What made the three networks of a plane.
  package static let corners = ["first", "second", "third"]
}

/// Names of files inside an artifact's folder.
package enum ArtifactFile {
  /// A mask: one `BOOL` tensor per prunable tensor.
  package static let mask = "mask.safetensors"
  /// Scores: one `F32` or `F64` tensor per prunable tensor.
  package static let scores = "scores.safetensors"

  /// The labels of a folder of images as 16-bit numbers, little-endian, and the pixels `[train + test, C, H, W]`.
  package static let images = "images.bytes"

  /// Which test examples a state classifies correctly: a `U8` tensor `test` `[⌈N/8⌉]`, bit k of byte j for
  /// example 8·j + k.
  package static let right = "right.safetensors"
  /// What an optimizer remembers beside a state's weights: `F32` tensors `moment.0`, `moment.1`, ….
  package static let moments = "moments.safetensors"
  /// What a program's optimizer remembers beside a state's weights: bytes that the program alone reads, none where it
  /// remembers nothing.
  package static let memory = "memory.bytes"

  /// The weights after `iteration` optimizer steps.
  package static func weights(after iteration: Int) -> String {
    "weights-\(iteration)it.safetensors"
  }

  /// Bend 1, 2, … of a curve: a state dict.
  package static func bend(_ number: Int) -> String { "bend-\(number).safetensors" }
}
