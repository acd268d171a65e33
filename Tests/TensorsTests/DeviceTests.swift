import Tensors
import Testing

@Suite struct DeviceTests {
  private static var hasGPU: Bool { (try? Device.cuda.require()) != nil }

  @Test func tensorsAreOnTheCPU() throws {
    let tensor = try Tensor([Float(1), 2], shape: [2])
    #expect(tensor.device == .cpu)
    let before = Engine.liveHandles
    let same = try tensor.moved(to: .cpu)
    #expect(Engine.liveHandles == before, "nothing is copied to where it is")
    try same.withMutableElements(of: Float.self) { $0[0] = 5 }
    #expect(try tensor.elements() == [Float(5), 2])
    try Device.cpu.require()
  }

  @Test(.disabled(if: hasGPU, "there is a GPU")) func aMissingGPUIsASentenceAndNoTrap() throws {
    let error = #expect(throws: TensorError.self) { try Device.cuda.require() }
    let text = error.map(String.init(describing:)) ?? ""
    #expect(
      text.contains("no CUDA half") && text.contains("libtorch_cuda.so")
        || text.contains("finds no GPU"), "\(text)")
    // Once more: a failure is remembered, not tried again.
    #expect(throws: TensorError.self) { try Device.cuda.require() }
  }

  @Test(.enabled(if: hasGPU, "there is no GPU")) func elementsCrossAndComeBack() throws {
    let tensor = try Tensor([Float(1), 2], shape: [2])
    let there = try tensor.moved(to: .cuda)
    #expect(there.device == .cuda)
    #expect(try there.moved(to: .cpu).elements() == [Float(1), 2])
    #expect(try there.elements() == [Float(1), 2])
  }
}
