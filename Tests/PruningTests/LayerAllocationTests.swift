import Networks
import Pruning
import Randomness
import Recipes
import Testing

@Suite struct LayerAllocationTests {
  private let scopes: [Scope] = [.erdosRenyi, .erdosRenyiKernel]

  @Test func countsAreWithinOneOfThePublishedProceduresDensities() throws {
    let allocations = try Reference.load().allocations
    #expect(allocations.count == 16)
    for expected in allocations {
      let density = try #require(Density(expected.density))
      let found = LayerAllocation(
        expected.kernel ? .erdosRenyiKernel : .erdosRenyi, shapes: expected.shapes
      ).counts(of: density.kept(of:))
      let sizes = expected.shapes.map { $0.reduce(1, *) }
      #expect(found.reduce(0, +) == density.kept(of: sizes.reduce(0, +)))
      for (layer, count) in found.enumerated() {
        let quota = expected.densities[layer] * Double(sizes[layer])
        #expect(
          abs(Double(count) - quota) < 1 && count <= sizes[layer],
          "\(expected.network) at \(expected.density), layer \(layer)")
      }
    }
  }

  @Test func sharesAreThoseOfTheFormulas() {
    func counts(_ scope: Scope, _ shapes: [[Int]], _ total: Int) -> [Int] {
      LayerAllocation(scope, shapes: shapes).counts { _ in total }
    }
    // (30 + 10) · 9 = 360 to (20 + 20) · 1 = 40: nine to one.
    #expect(counts(.erdosRenyi, [[30, 10, 3, 3], [20, 20]], 200) == [180, 20])
    // 30 + 10 + 3 + 3 = 46 to 20 + 20 = 40; a fully connected layer has no kernel.
    #expect(counts(.erdosRenyiKernel, [[30, 10, 3, 3], [20, 20]], 86) == [46, 40])
    // 2 · 2 fills up at 4 of its share 4/44 of 110, and the other has the rest.
    #expect(counts(.erdosRenyi, [[2, 2], [20, 20]], 110) == [4, 106])
    #expect(counts(.erdosRenyi, [[2, 2], [20, 20]], 404) == [4, 400])
    // Ties go to the earlier layer.
    #expect(counts(.erdosRenyi, [[5, 5], [5, 5], [5, 5]], 4) == [2, 1, 1])
    #expect(counts(.erdosRenyi, [[5, 5], [5, 5]], 0) == [0, 0])
    // Uniform: each layer by itself.
    #expect(
      LayerAllocation(.layerwise, shapes: [[5, 3], [4, 2]]).counts(of: Density("0.5")!.kept(of:))
        == [8, 4])
  }

  @Test func countsAddUpAndGrowWithTheTotal() {
    var stream = RandomStream(StreamPath(seed: 3) / "shapes")
    for round in 0..<20 {
      let shapes = (0..<(1 + stream.integer(below: 5))).map { _ -> [Int] in
        let kernel = 1 + 2 * stream.integer(below: 2)
        let matrix = [1 + stream.integer(below: 5), 1 + stream.integer(below: 5)]
        return stream.integer(below: 2) == 0 ? matrix : matrix + [kernel, kernel]
      }
      let sizes = shapes.map { $0.reduce(1, *) }
      for scope in scopes {
        var last = sizes.map { _ in 0 }
        for total in 0...sizes.reduce(0, +) {
          let counts = LayerAllocation(scope, shapes: shapes).counts { _ in total }
          #expect(counts.reduce(0, +) == total, "round \(round)")
          #expect(zip(last, counts).allSatisfy { $0 <= $1 }, "round \(round), \(total)")
          last = counts
        }
        #expect(last == sizes)
      }
    }
  }

  @Test func schedulesReachTheSameCountsWhateverTheSteps() throws {
    let setting = try Setting()
    for scope in scopes {
      func prune(_ schedule: PruningSchedule, _ keeping: IterativePruning.Keeping) throws -> Mask {
        try IterativePruning(
          schedule: schedule, density: Density("0.13")!, scope: scope, excluded: []
        ).run(from: setting.all, keeping: keeping) { _, iteration in
          try setting.scoring(batches: [], seed: UInt64(iteration)).scores(by: .init(.random))
        }.mask
      }
      let counts = try prune(.oneShot, .highest).layers.map(\.keptCount)
      #expect(counts.reduce(0, +) == Density("0.13")!.kept(of: 246))
      // 32 weights at 20 : 23 : 13 are 11.43, 13.14 and 7.43; half a weight more is first due at 20.
      #expect(counts == [12, 13, 7])
      for schedule in [PruningSchedule.linear(iterations: 7), .exponential(iterations: 12)] {
        #expect(try prune(schedule, .highest).layers.map(\.keptCount) == counts)
        #expect(try prune(schedule, .lowest).layers.map(\.keptCount) == counts)
      }
    }
  }
}
