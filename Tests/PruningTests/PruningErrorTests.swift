import Pruning
import Testing

@Suite struct PruningErrorTests {
  @Test func wording() {
    #expect(
      PruningError.notANumber(source: "a", tensor: "w", count: 3).description
        == "a: 3 scores of 'w' are NaN; a ranking needs numbers")
    #expect(
      PruningError.shape(source: "a", tensor: "w", found: [1], expected: [2, 3]).description
        == "a: scores of 'w' have shape [1]; the weights have [2, 3]")
    #expect(
      PruningError.names(source: "a", missing: ["v", "w"], foreign: ["x"]).description
        == "a: scores must cover the prunable tensors exactly; missing: v, w; "
        + "not prunable or unknown: x")
    #expect(
      PruningError.unknownExclusion(tensor: "w", known: ["a", "b"]).description
        == "no prunable tensor is called 'w'; there are a, b")
    #expect(
      PruningError.nothingToRank(source: "a").description
        == "a: there are no scores to rank; name a file that has some, and exclude fewer tensors")
    #expect(
      PruningError.names(source: "a", missing: [], foreign: ["\u{1B}c"]).description
        == "a: scores must cover the prunable tensors exactly; not prunable or unknown: \\u{1B}c")
    #expect(
      PruningError.exactDiagonal(count: 9, limit: 5).description
        == "the exact diagonal of the Hessian takes a Hessian–vector product for each of 9 weights; "
        + "the limit is 5: write an `exact-up-to` below which fewer lie")
    #expect(
      PruningError.command(arguments: ["python3", "s.py"], problem: "failed").description
        == "criterion command 'python3 s.py' failed")
  }
}
