import Foundation
import Networks
import Pruning
import Recipes
import Tensors
import Testing

@Suite struct ScoringTests {
  @Test func weightsAreScoredUnderTheMask() throws {
    let setting = try Setting()
    let half = Mask(
      layers: setting.network.prunable.map { tensor in
        Mask.Layer(
          name: tensor.name, shape: tensor.shape, kept: (0..<tensor.count).map { UInt8($0 % 2) })
      })
    let scoring = try setting.scoring(mask: half)
    #expect(try scoring.weights.bits == setting.weights.masked(by: half).bits)
    let criteria: [CriterionSpecification] = [
      .init(.magnitude), .init(.snip), .init(.grasp, ["temperature": 1]), .init(.synflow),
    ]
    for criterion in criteria {
      for values in try scoring.scores(by: criterion).values {
        #expect(stride(from: 0, to: values.count, by: 2).allSatisfy { values[$0] == 0 })
        #expect(values.contains { $0 != 0 })
      }
    }
  }

  @Test func examplesAreThoseOfAllBatches() throws {
    let setting = try Setting()
    #expect(try setting.scoring(batches: setting.batches(25, batchSize: 10)).examples == 25)
    #expect(try setting.scoring(batches: []).examples == 0)
  }

  @Test func criteriaThatReadNoDataNeedNone() throws {
    let setting = try Setting()
    for criterion in [Criterion.random, .magnitude, .synflow].map({ CriterionSpecification($0) }) {
      let without = try setting.scoring(batches: []).scores(by: criterion).values
      #expect(try without == setting.scoring().scores(by: criterion).values)
    }
  }

  @Test(arguments: [
    CriterionSpecification(.snip), .init(.grasp, ["temperature": 1]),
    .init(.synflow),
  ])
  func weightsThatAreNoNumbersGiveAnErrorThatNamesTheTensor(criterion: CriterionSpecification)
    throws
  {
    let setting = try Setting()
    let broken = Weights(
      specifications: setting.network.tensors,
      tensors: try setting.network.tensors.map { try Tensor(repeating: .nan, shape: $0.shape) })
    let error = #expect(throws: PruningError.self) {
      try setting.scoring(weights: broken).scores(by: criterion)
    }
    #expect(error?.description.contains("84 scores of 'fc_layers.0.weight' are NaN") == true)
  }
}
