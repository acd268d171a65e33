import Datasets
import Foundation
import Recipes
import Tensors

/// The examples of every step of a program's training, drawn as for the toolkit's own networks.
struct ProgramOrder {
  private let order: DataOrder
  private let examples: [Int32]

  /// The order of `recipe`.
  init(of recipe: WalkRecipe) {
    let count = recipe.problem.dataset.trainCount
    order = DataOrder(path: recipe.order, count: count, batchSize: recipe.training.batchSize)
    examples = (0..<Int32(count)).map { $0 }
  }

  /// Writes the examples of steps from 0 one after another, `indices`, and how many each step takes, `sizes`.
  func write(steps: Range<Int>, to file: URL) throws {
    var (indices, sizes) = ([Int64](), [Int64]())
    var (epoch, visits) = (-1, [Int32]())
    for step in steps {
      let (number, batch) = step.quotientAndRemainder(dividingBy: order.batchesPerEpoch)
      if number != epoch {
        epoch = number
        visits = order.epoch(number, of: examples)
      }
      let places = order.range(ofBatch: batch)
      indices += visits[places].map(Int64.init)
      sizes.append(Int64(places.count))
    }
    try Safetensors.write(
      [
        ("indices", Tensor(indices, shape: [indices.count])),
        ("sizes", Tensor(sizes, shape: [sizes.count])),
      ], to: file)
  }
}
