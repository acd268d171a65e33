package import Datasets
package import Networks
package import Recipes
import Tensors
import Training

extension Network {
  /// The class that `weights` give each example of a split, in evaluation mode: the position of the largest
  /// logit, the first where several are.
  package func predictions(
    _ weights: Weights, on split: Split, of dataset: Dataset, in precision: Precision = .float32
  ) throws -> [Int] {
    var found: [Int] = []
    try forEachBatch(
      weights, of: dataset.indices(of: split), from: split, of: dataset, in: precision
    ) { logits, _ in
      try logits.withElements(of: Float.self) { values in
        for start in stride(from: 0, to: values.count, by: classes) {
          var best = start
          for index in start + 1..<start + classes where values[index] > values[best] {
            best = index
          }
          found.append(best - start)
        }
      }
    }
    return found
  }
}

extension Dataset {
  /// Labels of a split's examples, in the order of ``indices(of:)``.
  package func classes(of split: Split) throws -> [Int] {
    try labels(indices(of: split)[...], of: split).elements(of: Int64.self).map(Int.init)
  }
}
