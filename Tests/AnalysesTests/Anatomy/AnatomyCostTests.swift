import Laboratory
import Recipes
import Testing

@testable import Analyses
@testable import Suites

/// What masks cost, which two methods share most, and what a first layer still reads.
@Suite struct AnatomyCostTests {
  private static func suite(_ network: String, replicates: Int = 3) -> String {
    """
    analysis: anatomy
    network: \(network)
    dataset: digits
    replicates: \(replicates)
    densities: [50%, 20%]
    methods: {random: random, snip: snip}
    """
  }

  /// One convolution of 3 × 3 with two outputs, and a linear layer.
  private static let convolution =
    "{layers: [{conv: {outputs: 2, kernel: 3}}, relu, flatten, linear]}"

  /// Made-up masks of a planned network's own layers: what `kept` says each keeps, in its first places.
  private func found(
    _ planned: Planned<AnatomyDesign>, kept: (AnatomyCell.Place, Int, TensorSpecification) -> Int
  ) -> [Key: any Encodable] {
    let tensors = planned.suite.problem.tensors.filter(\.isPrunable)
    var found: [Key: any Encodable] = [:]
    for cell in planned.plan.cells {
      let counts = tensors.enumerated().map { kept(cell.first, $0.offset, $0.element) }
      guard let second = cell.second else {
        found[cell.key] = MaskStructure(
          layers: zip(tensors, counts).enumerated().map { structure($1.0, $1.1, isFirst: $0 == 0) })
        found[cell.mask!] = MaskResult(
          audit: MaskAudit(
            layers: zip(tensors, counts).map {
              LayerCount(name: $0.name, size: $0.count, kept: $1)
            }, effective: counts.map { $0 - 1 }, outputs: 10), ranking: nil, change: nil)
        continue
      }
      guard cell.relation == .overlap else {
        found[cell.key] = ScoreCorrelation(
          parts: [.init(name: ScoreCorrelation.whole, size: 20, spearman: 0, kendall: 0)])
        continue
      }
      found[cell.key] = MaskOverlap(
        layers: zip(tensors, counts).enumerated().map { index, layer in
          let other = kept(second, index, layer.0)
          let chance = layer.1 * other / layer.0.count
          let both = cell.first.method == second.method ? chance + 4 : chance - 4
          return MaskOverlap.Layer(
            name: layer.0.name, size: layer.0.count, first: layer.1, second: other,
            both: min(layer.1, other, max(both, layer.1 + other - layer.0.count, 0)))
        })
    }
    return found
  }

  private func structure(_ tensor: TensorSpecification, _ kept: Int, isFirst: Bool)
    -> MaskStructure.Layer
  {
    let (outputs, inputs) = (tensor.shape[0], tensor.shape[1])
    let kernel = tensor.count / outputs / inputs
    var (incoming, outgoing, positions) = (
      [Int](repeating: 0, count: outputs), [Int](repeating: 0, count: inputs),
      [Int](repeating: 0, count: kernel)
    )
    for place in 0..<kept {
      incoming[place / (inputs * kernel)] += 1
      outgoing[place / kernel % inputs] += 1
      positions[place % kernel] += 1
    }
    return MaskStructure.Layer(
      name: tensor.name, shape: tensor.shape, kept: kept, incoming: .init(of: incoming),
      outgoing: .init(of: outgoing), positions: positions,
      emptyKernels: outputs * inputs - (kept + kernel - 1) / kernel,
      inputs: isFirst && kernel == 1 ? outgoing : nil)
  }

  /// At 50 % random keeps half of both layers, snip all of the convolution.
  private func kept(_ place: AnatomyCell.Place, _ layer: Int, _: TensorSpecification) -> Int {
    let total = place.density == Density("50%")! ? 649 : 260
    let convolution = place.method == "snip" ? 18 : total == 649 ? 9 : 4 + place.replicate % 2
    return layer == 0 ? convolution : total - convolution
  }

  @Test("costs are counted by hand")
  func costs() throws {
    let planned = try Planned(AnatomyDesign.self, Self.suite(Self.convolution))
    let (rows, terms) = try planned.table(found(planned, kept: kept))
    // 8 × 8 digits: 18 weights at 64 places and 1,280 at one; 2 + 10 biases.
    let first = try #require(rows.first { $0.other == nil })
    #expect(first.multiplications == 1152 && first.unprunable == 2)
    #expect(rows.filter { $0.other != nil }.allSatisfy { $0.multiplications == nil })
    let masks = try AnatomyMasks(rows, terms.settings)
    let random = masks.costs("random", Density("50%")!)
    #expect(random.count == 3)
    #expect(random[0].multiplications == 2432 && random[0].parameters == 1310)
    #expect(random[0].keptMultiplications == 9 * 64 + 640 && random[0].keptParameters == 661)
    #expect(random[0].effectiveMultiplications == 8 * 64 + 639)
    #expect(masks.costs("snip", Density("50%")!)[0].keptMultiplications == 1152 + 631)
  }

  @Test("the report tells what masks cost, and which method's masks need most")
  func report() throws {
    let planned = try Planned(AnatomyDesign.self, Self.suite(Self.convolution))
    let report = try planned.report(found(planned, kept: kept))
    let text = report.text
    #expect(
      text.contains(
        "the network has 1,310 parameters, 2,432 multiply–adds for one example and 5.24 kB"))
    // 649 weights and 12 biases: 8 · 649 + 4 · (3 + 11) + 48 as CSR; ⌈18 / 8⌉ + 160 + 4 · 649 + 48 with a bit mask.
    #expect(
      text.contains(
        /random\s+\| 50 %\s+\|\s+661 \|\s+1.98 \|\s+1,216 \|\s+2 \|\s+94.7 % \|\s+5.3 kB \|\s+2.81 kB \| bit mask/
      ),
      "\(text)")
    #expect(
      text.contains(
        /snip\s+\| 20 %\s+\|\s+272 \|\s+4.82 \|\s+1,394 \|\s+1.74 \|\s+95.3 %/), "\(text)")
    let (rows, terms) = try planned.table(found(planned, kept: kept))
    // 4 or 5 weights of the convolution: 5 · 64 + 255, 4 · 64 + 256, 5 · 64 + 255.
    #expect(
      try AnatomyMasks(rows, terms.settings).costSentence()
        == "At 20 % the masks of random need the fewest multiply–adds (554 multiply–adds, 4.39 times fewer than dense), "
        + "those of snip the most (1,394 multiply–adds, 1.74 times fewer than dense; p = 0.002).")
    // A first convolution reads every place of an image: there is no picture.
    #expect(report.sections.flatMap(\.figures).map(\.name) == ["overlaps"])
    // Of two kernels random keeps the first, of which at 20 % its first four or five positions.
    #expect(text.contains(/random\s+\|[^\n]+\|\s+50 % \|\s+50 %\s+\|/), "\(text)")
    #expect(text.contains("0 % at [1, 2] to 50 % at [0, 0]"), "\(text)")
  }

  @Test("without a difference, and without replicates, nothing is tested")
  func untested() throws {
    let plain = try Planned(AnatomyDesign.self, Self.suite("lenet-20", replicates: 2))
    let (rows, terms) = try plain.table(
      found(plain) { place, _, tensor in
        tensor.count / (place.density == Density("20%")! ? 5 : 2)
      })
    // 64 · 20 + 20 · 10 weights.
    #expect(
      try AnatomyMasks(rows, terms.settings).costSentence()
        == "At 20 % every method's masks leave 296 multiply–adds, 5 times fewer than dense.")
    let few = try Planned(AnatomyDesign.self, Self.suite(Self.convolution, replicates: 2))
    let (two, fewTerms) = try few.table(found(few, kept: kept))
    #expect(
      try AnatomyMasks(two, fewTerms.settings).costSentence()?.hasSuffix(
        "; too few replicates for a test).") == true)
  }

  @Test("every two methods have a cell, and each a picture of what its first layer reads")
  func figures() throws {
    let planned = try Planned(AnatomyDesign.self, Self.suite("lenet-20", replicates: 2))
    let found = self.found(planned) { place, layer, tensor in
      // snip keeps the first weights: whole units; random's first layer keeps less than a unit.
      let share = tensor.count / (place.density == Density("20%")! ? 5 : 2)
      return place.method == "random" && layer == 0 && place.density == Density("20%")! ? 48 : share
    }
    let (rows, terms) = try planned.table(found)
    let pictures = rows.compactMap(\.inputsKept)
    #expect(pictures.count == 4, "of the sparsest masks alone")
    #expect(pictures.allSatisfy { $0.shape == ExampleShape(channels: 1, height: 8, width: 8) })
    let masks = try AnatomyMasks(rows, terms.settings)
    // Made-up pairs of one method share 4 more than chance in each layer, those of two methods 4 fewer.
    let half = Density("50%")!
    let own = try #require(masks.excess("snip", "snip", half))
    let other = try #require(masks.excess("snip", "random", half))
    #expect(own > 0 && other < 0 && other == masks.excess("random", "snip", half))
    #expect(masks.excess("snip", "none", half) == nil)
    let report = try planned.report(found)
    #expect(report.sections.flatMap(\.figures).map(\.name) == ["overlaps", "inputs"])
    #expect(
      report.text.contains(
        "At 20 %, of the 64 numbers of an example those that no weight leaves, mean over replicates: random 16, snip 0."
      ), "\(report.text)")
  }

  @Test("counts in a row are written short and read again")
  func forms() {
    let counts = FieldForm<[Int]>.counts
    #expect(counts.write([0, 0, 0, 12, 3, 3, 1]) == "0*3 12 3*2 1")
    #expect(counts.read("0*3 12 3*2 1") == [0, 0, 0, 12, 3, 3, 1])
    for wrong in [
      "", "1  2", "-1", "a", "1*0", "1*-2", "1*2*3", "1*", "0*99999999", "0*9999999 1 1",
    ] {
      #expect(counts.read(wrong) == nil, "\(wrong)")
    }
    let inputs = FieldForm<KeptInputs>.keptInputs
    let picture = KeptInputs(
      shape: ExampleShape(channels: 1, height: 2, width: 3), counts: [0, 0, 0, 0, 5, 7])
    #expect(inputs.write(picture) == "1x2x3: 0*4 5 7")
    #expect(inputs.read("1x2x3: 0*4 5 7") == picture)
    for wrong in [
      "1x2x3: 0*4 5", "2x3: 0*4 5 7", "1x2x3 0*4 5 7", "0x2x3: ", "1x2xa: 1 2", "1x2x3: ",
    ] {
      #expect(inputs.read(wrong) == nil, "\(wrong)")
    }
    #expect(FieldForm<Int>.operations.read("1000000000001") == 1_000_000_000_001)
    #expect(FieldForm<Int>.operations.read("-1") == nil)
  }
}
