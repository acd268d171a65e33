import Digests
import Foundation
import Laboratory
import Networks
import Pruning
import Randomness
import Recipes
import Testing

@testable import Experiments

/// How masks lie, and what two of them share, counted by hand and once more from their files.
@Suite(.serialized) struct AnatomyBehaviourTests {
  private static let root = StreamPath(seed: 6)

  private static let problem = Problem.shapesAlone(root)

  private static func mask(_ criterion: Criterion, _ density: String, in bench: Bench) throws
    -> Artifact
  {
    let scored = ScoresRecipe(
      problem: problem,
      weights: .initialization(
        InitializationRecipe(
          initializer: InitializerSpecification(weights: .kaimingNormal, biases: .zero),
          stream: root / "initialization")),
      criterion: .init(criterion),
      scoring: ScoringSpecification(examples: .total(0), batchSize: 1, mode: .identity),
      stream: root / "scoring")
    return try bench.make(
      MaskRecipe(
        problem: problem, scores: .artifact, density: Density(density)!, scope: .global,
        selection: .highest, excluded: []),
      inputs: [InputRole.scores: try bench.make(scored)])
  }

  private static func layers(of mask: Artifact, in bench: Bench) throws -> [Mask.Layer] {
    let path = try bench.store.verifiedFile(ArtifactFile.mask, of: mask.key)
    return try Mask(readingFrom: URL(fileURLWithPath: path), for: Network(problem)).layers
  }

  @Test("the structure of a kernel is counted by hand")
  func kernels() {
    // Two units of two inputs, kernels of 1 × 3.
    let layer = MaskStructure.Layer(
      Mask.Layer(
        name: "conv", shape: [2, 2, 1, 3], kept: [1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]))
    #expect(layer.kept == 3)
    #expect(layer.incoming == .init(of: [2, 1]) && layer.outgoing == .init(of: [3, 0]))
    #expect(layer.outgoing.dead == 1 && layer.incoming.dead == 0)
    #expect(layer.outgoing.values == [0, 3] && layer.outgoing.units == [1, 1])
    #expect(layer.positions == [1, 2, 0] && layer.emptyKernels == 2)
    #expect(layer.inputs == nil)
    let image = Mask.Layer(name: "conv", shape: [1, 2, 1, 1], kept: [1, 0])
    #expect(
      MaskStructure.Layer(image, readsExamples: true).inputs == nil,
      "a kernel reads every place of an image")
  }

  @Test("a mask's structure has all its kept weights, into units and out of them")
  func structure() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let mask = try Self.mask(.magnitude, "0.2", in: bench)
    let structure: MaskStructure = try bench.result(
      try bench.make(
        MaskStructureRecipe(problem: Self.problem), inputs: [InputRole.mask: mask]))
    #expect(try comesBack(MaskStructureRecipe(problem: Self.problem), schema: 2))
    #expect(structure.layers.map(\.shape) == [[12, 10], [9, 12], [3, 9]])
    #expect(structure.layers.map(\.kept).reduce(0, +) == Density("0.2")!.kept(of: 255))
    for (layer, kept) in zip(structure.layers, try Self.layers(of: mask, in: bench)) {
      let columns = layer.shape[1]
      let rows = (0..<layer.shape[0]).map { row in
        (0..<columns).reduce(0) { $0 + Int(kept.kept[row * columns + $1]) }
      }
      #expect(layer.incoming == .init(of: rows))
      for degrees in [layer.incoming, layer.outgoing] {
        #expect(zip(degrees.values, degrees.units).reduce(0) { $0 + $1.0 * $1.1 } == layer.kept)
      }
      #expect(layer.outgoing.units.reduce(0, +) == columns)
      #expect(layer.positions == [layer.kept])
      let leaving = (0..<columns).map { column in
        (0..<layer.shape[0]).reduce(0) { $0 + Int(kept.kept[$1 * columns + column]) }
      }
      #expect(layer.outgoing == .init(of: leaving))
      #expect(layer.inputs == (layer.name == structure.layers[0].name ? leaving : nil))
      #expect(layer.emptyKernels == kept.kept.count - layer.kept)
    }
  }

  @Test("an overlap is what both masks keep; a mask shifted by one weight is found")
  func overlap() throws {
    let bench = try Bench()
    defer { bench.remove() }
    let first = try Self.mask(.magnitude, "0.4", in: bench)
    let second = try Self.mask(.random, "0.3", in: bench)
    #expect(try comesBack(MaskOverlapRecipe(problem: Self.problem), schema: 1))
    func overlap(_ first: Artifact, _ second: Artifact) throws -> [MaskOverlap.Layer] {
      let result: MaskOverlap = try bench.result(
        try bench.make(
          MaskOverlapRecipe(problem: Self.problem), inputs: ["first": first, "second": second]))
      return result.layers
    }
    let (one, other) = (
      try Self.layers(of: first, in: bench), try Self.layers(of: second, in: bench)
    )
    for (found, masks) in zip(try overlap(first, second), zip(one, other)) {
      let pairs = zip(masks.0.kept, masks.1.kept)
      #expect(found.both == pairs.count { $0 == 1 && $1 == 1 })
      #expect(found.first == masks.0.kept.count { $0 == 1 })
      #expect(found.second == masks.1.kept.count { $0 == 1 })
      #expect(found.size == masks.0.kept.count && found.both < found.first)
    }
    #expect(try overlap(first, first).allSatisfy { $0.both == $0.first })
    // One kept weight moves on by one place.
    var moved = one
    let place = try #require(
      zip(one[0].kept, one[0].kept.dropFirst()).enumerated().first { $1.0 == 1 && $1.1 == 0 }
    ).offset
    var kept = one[0].kept
    kept.swapAt(place, place + 1)
    moved[0] = Mask.Layer(name: one[0].name, shape: one[0].shape, kept: kept)
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors")
    defer { try? FileManager.default.removeItem(at: file) }
    try Mask(layers: moved).write(to: file)
    let digest = try Digest.sha256(ofFile: file.path).hexadecimal
    let imported = try bench.make(
      ImportedMaskRecipe(problem: Self.problem, digest: digest, density: Density("0.4")!),
      masks: [digest: file.path])
    let shifted = try overlap(first, imported)
    #expect(shifted[0].both == shifted[0].first - 1)
    #expect(shifted.dropFirst().allSatisfy { $0.both == $0.first })
  }
}
