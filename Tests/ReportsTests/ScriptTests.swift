import Testing

@Suite struct ScriptTests {
  @Test func readsBlocksAndSeesTheirAbsence() {
    #expect(
      Script("$a << EOD\n1 2\n3 4\n\n5 6\nEOD\nplot").blocks == [[[[1, 2], [3, 4]], [[5, 6]]]])
    #expect(Script("plot 1").blocks.isEmpty)
  }
}
