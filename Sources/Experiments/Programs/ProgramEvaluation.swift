import Engines
import Foundation
import Recipes
import Tensors
import Training
import Wording

/// What a program says of a split.
struct ProgramEvaluation {
  /// Accuracy and loss; no example of a network that does not classify is right.
  let evaluation: Evaluation
  /// How many classes any example is given; `nil` of a network that does not classify.
  let predicted: StateResult.Predicted?
  /// Which examples are right; `nil` of a network that does not classify.
  let right: [Bool]?
}

extension EngineSession {
  /// Evaluates the weights in `file`; what the program tells is compared with what it writes of each example.
  ///
  /// - Parameter scratch: a folder for its answer.
  func evaluate(_ file: URL, under mask: URL?, on split: Split, in scratch: URL) throws
    -> ProgramEvaluation
  {
    let output = scratch.appendingPathComponent("examples.safetensors")
    try? FileManager.default.removeItem(at: output)
    let answer = try ask(
      Evaluate(weights: file.path, mask: mask?.path, split: split, output: output.path))
    let description = specification.description
    let count = description.examples.count(of: split)
    let isRating = description.classes != nil
    let values: [Double]
    do {
      values = try Safetensors(readingFrom: output).tensor(isRating ? "right" : "losses")
        .converted(to: .float64).elements(of: Double.self)
    } catch {
      throw failure("wrote no evaluation that can be read", in: scratch, error)
    }
    guard values.count == count else {
      throw failure(
        "told of \(Format.count(values.count, "example")) of the \(split.rawValue) split, which has"
          + " \(Format.count(count))")
    }
    let loss = answer.loss.flatMap { $0.isFinite ? $0 : nil }
    guard isRating else {
      let mean = values.reduce(0, +) / Double(count)
      if let loss, abs(loss - mean) > 1e-3 * max(1, abs(mean)) {
        throw failure(
          "tells a loss of \(Format.significant(loss)), and its examples' mean is"
            + " \(Format.significant(mean)); both must be of the same evaluation")
      }
      return ProgramEvaluation(
        evaluation: Evaluation(correct: 0, count: count, loss: loss), predicted: nil, right: nil)
    }
    guard values.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      throw failure("wrote `right` with values other than 0 and 1")
    }
    let correct = values.count { $0 == 1 }
    let evaluation = Evaluation(correct: correct, count: count, loss: loss)
    if let metric = answer.metric, abs(metric - evaluation.accuracy) > 1e-3 {
      throw failure(
        "tells an accuracy of \(Format.significant(metric, digits: 6)), and \(correct) of \(count) examples are right, which"
          + " is \(Format.significant(evaluation.accuracy, digits: 6)); accuracy is told in percent"
      )
    }
    return ProgramEvaluation(
      evaluation: evaluation,
      predicted: answer.predictedClasses.map { StateResult.Predicted(classes: $0, commonest: nil) },
      right: values.map { $0 == 1 })
  }
}

extension EngineDescription.Examples {
  /// How many examples `split` has.
  func count(of split: Split) -> Int {
    switch split {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }
}
