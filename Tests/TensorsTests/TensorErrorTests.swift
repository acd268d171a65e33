import Tensors
import Testing

@Suite struct TensorErrorTests {
  @Test func wording() {
    #expect(TensorError.operation("no").description == "tensor operation: no")
    #expect(
      TensorError.file(path: "a.safetensors", problem: "cannot be read").description
        == "a.safetensors: cannot be read")
    #expect(
      TensorError.malformed(path: "a.safetensors", problem: "it is short").description
        == "a.safetensors: not a sound safetensors file: it is short; write it again")
    #expect(
      TensorError.missing(path: "a", tensor: "w", present: ["b", "c"]).description
        == "a: holds no tensor 'w'; it holds b, c")
    #expect(
      TensorError.missing(path: "a", tensor: "w", present: ["\u{1B}[31m"]).description
        == "a: holds no tensor 'w'; it holds \\u{1B}[31m")
    #expect(
      TensorError.missing(path: "a", tensor: "w", present: []).description
        == "a: holds no tensor 'w'; it holds none")
  }
}
