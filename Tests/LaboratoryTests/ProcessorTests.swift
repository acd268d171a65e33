import Testing

@testable import Laboratory

struct ProcessorTests {
  @Test func readsModelAndCores() {
    let text = """
      processor\t: 0
      model name\t: Example CPU @ 2.00GHz: special
      flags\t\t: a b

      processor\t: 1
      model name\t: Example CPU @ 2.00GHz: special
      """
    let processor = Processor(cpuinfo: text)
    #expect(processor.model == "Example CPU @ 2.00GHz: special")
    #expect(processor.cores == 2)
  }

  @Test func saysSoWhereNothingIsTold() {
    #expect(Processor(cpuinfo: "").model == "unknown")
    #expect(Processor(cpuinfo: "").cores == 1)
  }

  @Test func thisMachineHasOne() { #expect(Processor.current().cores >= 1) }
}
