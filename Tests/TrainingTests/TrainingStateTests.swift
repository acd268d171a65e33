import Foundation
import Networks
@testable import Recipes
import Tensors
import Testing
import Training

@Suite struct TrainingStateTests {
  @Test(arguments: optimizers, [false, true])
  func aCheckpointOfAnyStepGoesOnToTheSameBits(optimizer: OptimizerSpecification, masked: Bool)
    throws
  {
    let setting = try Setting()
    let training = try setting.training(optimizer, mask: masked ? setting.mask : nil)
    var whole = try training.begin(with: setting.weights(), at: 0)
    try withTemporaryFile { file in
      let folder = file.deletingLastPathComponent()
      // Epochs have six steps: the first of one, its middle and its end; after and before evaluations.
      let stops = [1, 3, 4, 6, 7, 13]
      _ = try training.run(&whole, to: 14) { state in
        if stops.contains(state.iteration) {
          try state.write(to: folder.appendingPathComponent("\(state.iteration)"))
        }
      }
      for stop in stops {
        var state = try TrainingState(
          readingFrom: folder.appendingPathComponent("\(stop)"), for: setting.network,
          optimizer: optimizer)
        #expect(state.iteration == stop && state.optimizer.steps == stop)
        #expect(try training.run(&state, to: 14) == .finished)
        #expect(try state.bits == whole.bits, "from step \(stop)")
        #expect(state.optimizer.steps == whole.optimizer.steps)
      }
    }
  }

  @Test func aCheckpointIsTheStateItWasWrittenFrom() throws {
    let setting = try Setting()
    let training = try setting.training(optimizers[3])
    var state = try training.begin(with: setting.weights(), at: 2)
    _ = try training.run(&state, to: 9)
    state.traces["a"] = TraceResult(curve: [
      .init(iteration: 4, validation: Evaluation(correct: 3, count: 20, loss: 1))
    ])
    try withTemporaryFile { file in
      try state.write(to: file)
      let read = try TrainingState(
        readingFrom: file, for: setting.network, optimizer: optimizers[3])
      #expect(try read.bits == state.bits)
      // Steps of the optimizer and of the training differ after a rewound start.
      #expect(read.iteration == 9 && read.optimizer.steps == 7)
      #expect(read.traces == state.traces && read.traces.count == 1)
    }
  }

  @Test func aLossThatIsNotFiniteSurvivesTheCheckpoint() throws {
    let setting = try Setting()
    var state = try setting.training().begin(with: setting.weights(), at: 0)
    state.traces["a"] = TraceResult(curve: [
      .init(iteration: 4, validation: Evaluation(correct: 3, count: 20, loss: nil)),
      .init(iteration: 8, validation: Evaluation(correct: 4, count: 20, loss: 0.1 + 0.2)),
    ])
    try withTemporaryFile { file in
      try state.write(to: file)
      let read = try TrainingState(
        readingFrom: file, for: setting.network, optimizer: optimizers[0])
      #expect(read.traces == state.traces)
    }
  }

  @Test(arguments: optimizers)
  func weightsAndMomentsInFilesOfTheirOwnGoOnToTheSameBits(optimizer: OptimizerSpecification)
    throws
  {
    let setting = try Setting()
    let training = try setting.training(optimizer, mask: setting.mask)
    var whole = try training.begin(with: setting.weights(), at: 2)
    try withTemporaryFile { file in
      let moments = file.deletingLastPathComponent().appending(path: "moments")
      _ = try training.run(&whole, to: 14) { state in
        if state.iteration == 7 {
          try state.weights.write(to: file)
          try state.optimizer.write(to: moments)
        }
      }
      let remembers = optimizer.momentsPerWeight > 0
      var state = TrainingState(
        weights: try Weights(readingFrom: file, for: setting.network),
        optimizer: try Optimizer(
          optimizer, steps: 5, of: setting.network, readingFrom: remembers ? moments : nil),
        iteration: 7)
      _ = try training.run(&state, to: 14)
      #expect(try state.bits == whole.bits)
      #expect(state.optimizer.steps == whole.optimizer.steps)
      // The wrong subject: without its memory an optimizer goes elsewhere.
      var forgetful = try training.begin(
        with: Weights(readingFrom: file, for: setting.network), at: 7)
      _ = try training.run(&forgetful, to: 14)
      #expect(try (forgetful.bits == whole.bits) == !remembers)
    }
  }

  @Test func otherFilesAreNoCheckpoints() throws {
    let setting = try Setting()
    let weights = try setting.weights()
    try withTemporaryFile { file in
      func error() -> TensorError? {
        #expect(throws: TensorError.self) {
          try TrainingState(readingFrom: file, for: setting.network, optimizer: optimizers[0])
        }
      }
      #expect(error()?.description.contains("cannot be read") == true)
      try weights.write(to: file)
      #expect(error()?.description.contains("no training checkpoint") == true)
      try Safetensors.write(weights.named, to: file, metadata: ["training": "{\"iteration\":1}"])
      #expect(error()?.description.contains("no training checkpoint") == true)
    }
  }

  @Test func aCheckpointOfAnotherOptimizerLacksItsMoments() throws {
    let setting = try Setting()
    let state = try setting.training().begin(with: setting.weights(), at: 0)
    try withTemporaryFile { file in
      try state.write(to: file)
      let error = #expect(throws: TensorError.self) {
        try TrainingState(readingFrom: file, for: setting.network, optimizer: optimizers[4])
      }
      #expect(error?.description.contains("no tensor 'moment.0'") == true)
    }
  }

  /// In a process of its own: a trap would end all tests.
  @Test func aCheckpointOfAnotherNetworkIsAnErrorAndNoTrap() async {
    await #expect(processExitsWith: .success) {
      let setting = try Setting()
      let state = try setting.training(optimizers[1]).begin(with: setting.weights(), at: 0)
      let other = Network(.lenet(hidden: [11, 6]), input: setting.dataset.shape, classes: 4)
      try withTemporaryFile { file in
        try state.write(to: file)
        #expect(throws: (any Error).self) {
          try TrainingState(readingFrom: file, for: other, optimizer: optimizers[1])
        }
        // The right weights beside moments of wrong shapes, and of a wrong type.
        let facts = try Safetensors(readingFrom: file).metadata
        for shape in [[3], setting.network.tensors[0].shape] {
          let moment = try Tensor(repeating: 0, shape: shape, type: .float64)
          try Safetensors.write(
            state.weights.named + (0..<6).map { ("moment.\($0)", moment) }, to: file,
            metadata: facts)
          #expect(throws: (any Error).self) {
            try TrainingState(readingFrom: file, for: setting.network, optimizer: optimizers[1])
          }
        }
      }
    }
  }

  @Test func everyTruncationOfACheckpointIsAnError() throws {
    let setting = try Setting()
    let state = try setting.training(optimizers[1]).begin(with: setting.weights(), at: 0)
    try withTemporaryFile { file in
      try state.write(to: file)
      let contents = try Data(contentsOf: file)
      for length in stride(from: 0, to: contents.count, by: 97) {
        try contents.prefix(length).write(to: file)
        #expect(throws: TensorError.self) {
          try TrainingState(readingFrom: file, for: setting.network, optimizer: optimizers[1])
        }
      }
    }
  }
}
