import Foundation
import Tensors
import Testing

/// Handles, threads and rounding belong to a whole process or thread, which the tests of all suites
/// share; so everything that counts handles or sets threads runs in a process of its own.
@Suite struct EngineTests {
  @Test func versionsAndThreadsAreStated() {
    let numbers = Engine.version.split(separator: ".").prefix(2).compactMap { Int($0) }
    #expect(numbers.count == 2 && (numbers[0], numbers[1]) >= (1, 13), "\(Engine.version)")
    #expect(Engine.threads >= 1)
    #expect(!Engine.blas.isEmpty && !Engine.blas.contains("\n"), "\(Engine.blas)")
  }

  @Test func theCountOfHandlesSeesWhatIsHeld() async {
    await #expect(processExitsWith: .success) {
      let before = Engine.liveHandles
      do {
        let held = try [Tensor(repeating: 0, shape: [1]), Tensor(repeating: 0, shape: [2])]
        #expect(Engine.liveHandles == before + 2)
        let same = held
        #expect(same.count == 2 && Engine.liveHandles == before + 2)
      }
      #expect(Engine.liveHandles == before)
    }
  }

  @Test func operationsAndTheirErrorsLeakNoHandle() async {
    await #expect(processExitsWith: .success) {
      let before = Engine.liveHandles
      for _ in 0..<3 {
        let a = try Tensor([1.0, 2, 3, 4], shape: [2, 2])
        let row = try Tensor(repeating: 1, shape: [3], type: .float64)
        _ = try (a + a).matmul(a.transposed()).relu().absolute().sum().item
        _ = try a.qr()
        _ = try a.converted(to: .float32).elements(of: Float.self)
        #expect(throws: TensorError.self) { try a.matmul(row) }
        #expect(throws: TensorError.self) { try a + row }
        #expect(throws: TensorError.self) { try row.qr() }
        #expect(throws: TensorError.self) { try Tensor([1.0], shape: [2]) }
        #expect(throws: TensorError.self) { try a.elements(of: Float.self) }
        #expect(throws: TensorError.self) { try a.linear(weight: row, bias: nil) }
      }
      #expect(Engine.liveHandles == before)
    }
  }

  @Test func gradientsRecordedOrNotLeakNoHandle() async {
    await #expect(processExitsWith: .success) {
      let before = Engine.liveHandles
      for recorded in [false, true, true] {
        let x = try Tensor([-2.0, 0.5, 3], shape: [3]).variable()
        let unused = try Tensor([1.0], shape: [1]).variable()
        let gradients = try (x * x * x).sum().gradients(of: [x, unused], recorded: recorded)
        if recorded { _ = try (gradients[0] * gradients[0]).sum().gradients(of: [x]) }
        #expect(throws: TensorError.self) { try (x * x).gradients(of: [x]) }
        #expect(throws: TensorError.self) { try x.detached().sum().gradients(of: [x, x]) }
      }
      #expect(Engine.liveHandles == before)
    }
  }

  @Test func stepsAndFilesLeakNoHandle() async {
    await #expect(processExitsWith: .success) {
      let before = Engine.liveHandles
      try withTemporaryFolder { folder in
        let weight = try Tensor(repeating: 1, shape: [3])
        let gradient = try Tensor(repeating: 1, shape: [3])
        let wrong = try Tensor(repeating: 1, shape: [4])
        func step(_ gradient: Tensor, momentum: Float) throws {
          try weight.stepSGD(
            gradient: gradient, velocity: nil, mask: nil, learningRate: 1, momentum: momentum,
            nesterov: false, weightDecay: 0)
        }
        try step(gradient, momentum: 0)
        #expect(throws: TensorError.self) { try step(wrong, momentum: 0) }
        #expect(throws: TensorError.self) { try step(gradient, momentum: 0.9) }
        let file = folder.appendingPathComponent("a.safetensors")
        try Safetensors.write([("a", weight), ("b", wrong)], to: file)
        #expect(try Safetensors(readingFrom: file).tensors.count == 2)
        try Data(contentsOf: file).dropLast().write(to: file)
        #expect(throws: TensorError.self) { try Safetensors(readingFrom: file) }
      }
      #expect(Engine.liveHandles == before)
    }
  }

  @Test func aWorkerHasOneThreadAndNoSubnormals() async {
    await #expect(processExitsWith: .success) {
      let small = try Tensor([Float(1e-20)], shape: [1])
      #expect(try (small * small).item > 0)
      try Engine.prepareWorker()
      #expect(Engine.threads == 1)
      #expect(try (small * small).item == 0)
    }
  }

  @Test func withoutRecordingThereAreNoGradientsAndAfterwardsThereAre() throws {
    struct Stop: Error {}
    let x = try Tensor([2.0], shape: [1]).variable()
    let square = try Engine.withoutRecording { try x * x }
    #expect(throws: TensorError.self) { try square.sum().gradients(of: [x]) }
    #expect(throws: Stop.self) { try Engine.withoutRecording { throw Stop() } }
    #expect(try (x * x).sum().gradients(of: [x])[0].item == 4)
    try Engine.withoutRecording {
      Engine.withoutRecording {}
      let inner = try x * x
      #expect(throws: TensorError.self) { try inner.sum().gradients(of: [x]) }
    }
  }
}
