import Engines
import Foundation
import Laboratory
import Networks
import Pruning
import Randomness
import Recipes
import Tensors

/// What criteria ask of a program's network at some weights under a mask.
final class ProgramScores: ScoredProgram {
  private let session: EngineSession
  private let network: Network
  private let mode: NormalizationMode
  private let weights, scratch: URL
  private let mask: URL
  private let parts: [[Int64]]

  /// A program whose weights are in `weights`, under `mask`, scored on `parts` of its training examples.
  init(
    _ session: EngineSession, _ network: Network, weights: URL, mask: Mask,
    parts: [[Int64]], mode: NormalizationMode, in scratch: URL
  ) throws {
    (self.session, self.network, self.weights, self.parts) = (session, network, weights, parts)
    (self.mode, self.scratch) = (mode, scratch)
    self.mask = scratch.appendingPathComponent("mask.safetensors")
    try mask.write(to: self.mask)
  }

  var indices: [Int64] { parts.flatMap(\.self) }
  var partSizes: [Int] { parts.map(\.count) }

  func gradients(onPart part: Int, temperature: Double) throws -> [Tensor] {
    let (examples, output) = (try write(parts[part]), file("gradient"))
    _ = try session.ask(
      Gradient(
        of: .loss, weights: weights.path, mask: mask.path, examples: examples.path, mode: mode,
        temperature: temperature, output: output.path))
    return try read(output, "gradients")
  }

  func hessianProducts(with vector: [Tensor], onPart part: Int, temperature: Double) throws
    -> [Tensor]
  {
    let (examples, output, given) = (try write(parts[part]), file("product"), file("vector"))
    try Safetensors.write(
      zip(network.prunable, vector).map { ($0.name, try $1.converted(to: .float64)) }, to: given)
    _ = try session.ask(
      HessianVector(
        weights: weights.path, mask: mask.path, examples: examples.path, mode: mode,
        temperature: temperature, vector: given.path, output: output.path))
    return try read(output, "products of the Hessian")
  }

  func flowGradients() throws -> [Tensor] {
    let output = file("gradient")
    _ = try session.ask(
      Gradient(
        of: .synflow, weights: weights.path, mask: mask.path, examples: nil, mode: .identity,
        temperature: 1, output: output.path))
    return try read(output, "gradients")
  }

  func inputNorms() throws -> [Tensor] {
    let (examples, output) = (try write(indices), file("norms"))
    _ = try session.ask(
      ActivationNorms(
        weights: weights.path, mask: mask.path, examples: examples.path, mode: mode,
        output: output.path))
    return try read(output, "norms of inputs") { tensor, shape in
      // Of a convolution in groups, one row of each.
      let row = tensor.count / tensor.shape[0]
      return shape.last == row && shape.count <= 2
        && tensor.shape[0] % shape.dropLast().reduce(1, *) == 0
    }
  }

  private func file(_ name: String) -> URL { scratch.appendingPathComponent("\(name).safetensors") }

  private func write(_ examples: [Int64]) throws -> URL {
    let file = file("examples")
    try Safetensors.write([("indices", Tensor(examples, shape: [examples.count]))], to: file)
    return file
  }

  /// Tensors that the program wrote, one for each prunable one, all finite or refused by who ranks them.
  private func read(
    _ file: URL, _ what: String,
    fits: (TensorSpecification, [Int]) -> Bool = { $0.shape == $1 }
  ) throws -> [Tensor] {
    defer { try? FileManager.default.removeItem(at: file) }
    do {
      let contents = try Safetensors(readingFrom: file)
      return try network.prunable.map { specification in
        let tensor = try contents.tensor(specification.name)
        guard fits(specification, tensor.shape) else {
          throw session.failure(
            "wrote \(what) of shape \(tensor.shape) for \(specification.name), whose shape is"
              + " \(specification.shape)")
        }
        return try tensor.converted(to: .float64)
      }
    } catch let error as EngineError {
      throw error
    } catch {
      throw session.failure("wrote no \(what) that can be read", in: scratch, error)
    }
  }
}

extension ScoringSpecification {
  /// The examples of a program that scores are computed on, by number among the training examples, in parts.
  ///
  /// - Parameter labels: the classes of all of them; asked where as many of each class are wanted.
  func parts(of count: Int, stream path: StreamPath, labels: () throws -> [Int64]) throws
    -> [[Int64]]
  {
    var stream = RandomStream(path)
    let order = stream.permutation(of: count).map(Int64.init)
    let chosen: [Int64]
    switch examples {
    case .total(let wanted): chosen = Array(order.prefix(wanted))
    case .perClass(let wanted):
      let labels = try labels()
      let byClass = Dictionary(grouping: order) { labels[Int($0)] }
        .sorted { $0.key < $1.key }.map { Array($0.value.prefix(wanted)) }
      // Classes in turn, so that every part is as balanced as the whole.
      chosen = (0..<wanted).flatMap { rank in
        byClass.compactMap { rank < $0.count ? $0[rank] : nil }
      }
    }
    return stride(from: 0, to: chosen.count, by: batchSize).map {
      Array(chosen[$0..<min($0 + batchSize, chosen.count)])
    }
  }
}

extension EngineSession {
  /// The classes of the training examples.
  func labels(in scratch: URL) throws -> [Int64] {
    let file = scratch.appendingPathComponent("labels.safetensors")
    _ = try ask(Labels(of: .train, output: file.path))
    do {
      return try Safetensors(readingFrom: file).tensor("labels").elements(of: Int64.self)
    } catch {
      throw failure("wrote no labels that can be read", in: scratch, error)
    }
  }
}
