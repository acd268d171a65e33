import Foundation
package import Recipes
import Wording

/// What the lane without engine reads of a mask file before anything runs: whether it is a mask of the
/// network, and how many weights it keeps.
struct MaskFile {
  /// Sizes and kept weights by tensor.
  package let layers: [String: LayerCount]
  /// Which tensors were told by their shapes alone.
  let matched: [String]

  /// Reads the mask at `path`.
  ///
  /// - Parameters:
  ///   - prunable: the tensors that it must have, and no others.
  ///   - renames: what the suite says of names in the file.
  init(
    readingFrom path: String, of prunable: [TensorSpecification], network: String,
    renames: [Rename] = []
  ) throws(MaskFault) {
    let (contents, header): (Data, SafetensorsHeader)
    do throws(FileFault) {
      contents = try InputFile.contents(of: path)
      header = try SafetensorsHeader(file: contents)
    } catch {
      throw .file(error, path: path)
    }
    let matching: NameMatching
    do throws(NameMatchingFault) {
      matching = try NameMatching(
        header.entries.map { NameMatching.Tensor(name: $0.name, shape: $0.shape) },
        to: prunable.map { NameMatching.Tensor(name: $0.name, shape: $0.shape) }, as: .masks,
        renames: renames)
    } catch {
      throw .unclear(error)
    }
    matched = matching.shown
    let names = header.entries.map { matching.names[$0.name] ?? $0.name }
    let (missing, foreign) = (
      prunable.map(\.name).filter { !names.contains($0) },
      names.filter { name in !prunable.contains { $0.name == name } }
    )
    guard missing.isEmpty, foreign.isEmpty else {
      throw .names(missing: missing, foreign: foreign, network: network)
    }
    var layers: [String: LayerCount] = [:]
    for tensor in prunable {
      let entry = header.entries[names.firstIndex(of: tensor.name)!]
      guard entry.shape == tensor.shape else {
        throw .shape(tensor.name, found: entry.shape, expected: tensor.shape, network: network)
      }
      let start = header.dataStart + entry.range.lowerBound
      let ones = contents.withUnsafeBytes { bytes in
        entry.type.ones(
          in: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + entry.range.count)]))
      }
      switch ones {
      case .success(let kept):
        layers[tensor.name] = LayerCount(name: tensor.name, size: tensor.count, kept: kept)
      case .failure(let other): throw .value(tensor.name, index: other.index)
      }
    }
    self.layers = layers
  }

  /// Compares the weights kept with those that `density` keeps of what is not `excluded`.
  ///
  /// Masks made elsewhere are rounded there, so some weights more or less are nothing to speak of: as many
  /// as there are layers, where each is rounded by itself, and a hundredth of what is kept, as ladders
  /// round in every level and OpenLTH prunes one weight more than asked in each. Masks drawn weight by
  /// weight scatter about their density, by up to four standard deviations; they are taken and told of.
  ///
  /// - Returns: the difference that is told of; `nil` for none, or one of rounding.
  package func difference(from density: Density, excluded: [String]) throws(MaskFault)
    -> MaskDifference?
  {
    let (layers, size, kept) = try counts(excluded: excluded)
    let exact = density.kept(of: size)
    let difference = MaskDifference(
      kept: kept, size: size, exact: exact, density: density.description)
    let rounding = max(layers, exact / 100)
    if abs(kept - exact) <= rounding { return nil }
    let scatter = 4 * (Double(size) * density.value * (1 - density.value)).squareRoot()
    if Double(abs(kept - exact)) <= scatter { return difference }
    throw .count(difference, isInverted: abs(size - kept - exact) <= max(rounding, Int(scatter)))
  }

  /// The density that the mask has, of what is not `excluded`.
  package func density(excluded: [String]) throws(MaskFault) -> Density {
    let (_, size, kept) = try counts(excluded: excluded)
    guard let density = Density(reducing: UInt64(kept), over: UInt64(max(1, size))) else {
      throw .empty
    }
    return density
  }

  /// How many layers are not `excluded`, their weights, and those kept; what is excluded must be whole.
  private func counts(excluded: [String]) throws(MaskFault) -> (layers: Int, size: Int, kept: Int) {
    for layer in layers.values.sorted(by: { $0.name < $1.name })
    where excluded.contains(layer.name) && layer.kept < layer.size {
      throw .prunesExcluded(layer.name, count: layer.size - layer.kept)
    }
    return layers.values.filter { !excluded.contains($0.name) }
      .reduce((0, 0, 0)) { ($0.0 + 1, $0.1 + $1.size, $0.2 + $1.kept) }
  }
}

/// A mask that keeps another number of weights than its density.
package struct MaskDifference: Hashable, Sendable, CustomStringConvertible {
  /// Weights that the mask keeps, of how many, and as many as the density keeps.
  package let kept, size, exact: Int
  /// The density, as a suite writes it.
  package let density: String

  /// Both numbers.
  package var description: String {
    "keeps \(kept) of \(size) weights, and density \(density) keeps \(exact)"
  }
}

/// Why a file is not the mask that a suite says it is.
package enum MaskFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// It is no sound safetensors file.
  case file(FileFault, path: String)
  /// Its tensors are not the network's prunable ones.
  case names(missing: [String], foreign: [String], network: String)
  /// Tensors that cannot be told apart.
  case unclear(NameMatchingFault)
  /// A tensor of another shape.
  case shape(String, found: [Int], expected: [Int], network: String)
  /// An element that is neither 0 nor 1.
  case value(String, index: Int)
  /// Weights are pruned in a tensor that the method leaves whole.
  case prunesExcluded(String, count: Int)
  /// Nothing is kept, which is no density.
  case empty
  /// Another density than the suite's.
  case count(MaskDifference, isInverted: Bool)

  /// What is wrong; what to do.
  package var description: String {
    switch self {
    case .file(let fault, let path): fault.sentence(after: path)
    case .names(let missing, let foreign, let network):
      "is no mask of \(network): "
        + [
          missing.isEmpty ? nil : "it lacks \(Self.quoted(missing))",
          foreign.isEmpty ? nil : "\(Self.quoted(foreign)) cannot be pruned there",
        ].compactMap(\.self).joined(separator: ", and ")
        + "; give it the network's prunable tensors, by their names"
    case .unclear(let fault):
      "\(fault)".replacing(/--rename '(.*)=(.*)'/) { "`rename: {\($0.1): \($0.2)}`" }
        .replacing("--rename", with: "`rename:`")
    case .shape(let name, let found, let expected, let network):
      "tensor `\(name.printable)` has shape \(found); \(network) has \(expected); name a"
        + " mask of this network"
    case .value(let name, let index):
      "tensor `\(name.printable)` is no mask: element \(index) is neither 0 nor 1; write 1 where a"
        + " weight is kept and 0 where it is pruned"
    case .prunesExcluded(let name, let count):
      "prunes \(count) weights of `\(name.printable)`, which `exclude` leaves whole; remove it there"
    case .empty: "keeps no weight; name a mask that keeps one at least"
    case .count(let difference, let isInverted):
      "\(difference), more than rounding moves; "
        + (isInverted
          ? "it seems to be 1 where a weight is pruned: write 1 where it is kept"
          : "name the file of this density, or write the density that it has")
    }
  }

  private static func quoted(_ names: [String]) -> String {
    names.map { "`\($0.printable)`" }.joined(separator: ", ")
  }
}
