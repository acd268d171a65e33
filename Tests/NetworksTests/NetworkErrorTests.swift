import Networks
import Testing

@Suite struct NetworkErrorTests {
  @Test func wording() {
    #expect(
      NetworkError.shape(
        path: "a", tensor: "w", found: [1, 2], expected: [2, 1], network: "lenet-1"
      ).description == "a: tensor 'w' has shape [1, 2]; lenet-1 has [2, 1]")
    #expect(
      NetworkError.foreign(path: "a", tensor: "w", network: "lenet-1", known: ["b", "c"])
        .description
        == "a: lenet-1 has no tensor 'w'; its tensors are b, c")
    #expect(
      NetworkError.type(path: "a", tensor: "w", found: "I64", expected: "F32").description
        == "a: tensor 'w' has elements of type I64; expected F32")
    #expect(
      NetworkError.value(path: "a", tensor: "w", problem: "holds NaN").description
        == "a: tensor 'w' holds NaN")
  }
}
