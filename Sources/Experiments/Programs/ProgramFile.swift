import Digests
import Engines
import Foundation
import Laboratory
import Networks
import Recipes
import Tensors
import Wording

extension EngineSession {
  /// The network at step 0 that `recipe` names, drawn by the program into `file`.
  func initialize(_ recipe: InitializationRecipe, into file: URL) throws {
    _ = try ask(Initialize(seed: recipe.stream.seedOfProgram, weights: file.path))
  }

  /// Weights of `network` that the program wrote; `occasion` is when, for messages.
  func weights(in file: URL, of network: Network, _ occasion: String) throws -> Weights {
    do {
      return try Weights(readingFrom: file, for: network)
    } catch {
      throw failure(
        "wrote weights that cannot be used \(occasion)", in: file.deletingLastPathComponent(), error
      )
    }
  }

  /// Stops the run where a weight that `mask` prunes is not zero in what is made for `label`: a lost mask is the field's
  /// commonest accident, and no result stands after it.
  ///
  /// - Returns: how many are zero, all of those that it prunes.
  func requirePruned(_ weights: Weights, by mask: Mask, _ occasion: String, of label: String) throws
    -> Int
  {
    var pruned = 0
    for layer in mask.layers {
      let index = weights.specifications.firstIndex { $0.name == layer.name }!
      let values = try weights.tensors[index].elements(of: Float.self)
      let lost = values.indices.filter { layer.kept[$0] == 0 && values[$0] != 0 }
      guard let first = lost.first else {
        pruned += layer.kept.count - layer.keptCount
        continue
      }
      let problem = failure(
        "lost the mask \(occasion): \(Format.count(lost.count, "pruned weight")) of"
          + " \(layer.name.printable) are not zero, the first \(Self.position(first, layer.shape)) ="
          + " \(values[first]); it must set pruned weights to zero after every step")
      throw LaboratoryError.distrusted(label: label, problem: "\(problem)")
    }
    return pruned
  }

  /// Throws where all of `weights` have the bits that they had before.
  func requireMoved(_ weights: Weights, from before: Weights, steps: Int, _ occasion: String) throws
  {
    let moved = try zip(before.tensors, weights.tensors).contains { before, after in
      try before.inOrder().withBytes { Data($0) } != after.inOrder().withBytes { Data($0) }
    }
    guard !moved else { return }
    throw failure(
      "trained nothing \(occasion): all weights have the bits that they had"
        + " \(Format.count(steps, "step")) before; it must write what its optimizer has moved")
  }

  /// The subscript of an element, such as `[3, 0]`.
  private static func position(_ index: Int, _ shape: [Int]) -> String {
    var (rest, subscripts) = (index, [Int]())
    for extent in shape.reversed() {
      subscripts.insert(rest % extent, at: 0)
      rest /= extent
    }
    return "\(subscripts)"
  }
}

extension Weights {
  /// SHA-256 of each prunable tensor's values.
  var prunableDigests: [String] {
    get throws {
      try zip(specifications, tensors).filter(\.0.isPrunable).map {
        try $1.inOrder().withBytes { Digest.sha256(of: Data($0)).hexadecimal }
      }
    }
  }
}

extension URL {
  /// Makes the folder, empty.
  func madeAnew() throws -> URL {
    try? FileManager.default.removeItem(at: self)
    try FileManager.default.createDirectory(at: self, withIntermediateDirectories: true)
    return self
  }
}
