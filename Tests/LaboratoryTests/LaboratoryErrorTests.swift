import Testing

@testable import Laboratory

struct LaboratoryErrorTests {
  @Test func namesThePathAndSuggestsWhatToDo() {
    #expect(
      LaboratoryError.storeNotWritable(path: "/s/claims", reason: "Read-only file system")
        .description
        == "The store cannot be written: /s/claims: Read-only file system. Choose another folder"
        + " with --store or ESPALIER_STORE, or make this one writable.")
    #expect(
      LaboratoryError.workerDoesNotStart(path: "/w", ending: "ended", lastLines: ["a", "b"])
        .description == "The worker program /w ended.\nIts last lines were:\n  a\n  b")
    #expect(LaboratoryError.diskFull(path: "/s/x").description.contains("/s/x"))
    #expect(LaboratoryError.workerNotFound(path: "/w").description.contains("swift build"))
  }

  @Test func missingInputsAreListed() {
    let key = artifact("a").key
    let inputs = ["x", "y"].map { MissingInput(label: $0, role: "weights", key: key) }
    #expect(
      LaboratoryError.missingInputs(inputs).description
        == "The plan lacks 2 inputs:\n  x needs \(key.short) as its weights\n"
        + "  y needs \(key.short) as its weights")
  }

  @Test func onlyTheStoresErrorsStopARun() {
    #expect(LaboratoryError.diskFull(path: "").stopsTheRun)
    #expect(LaboratoryError.storeNotWritable(path: "", reason: "").stopsTheRun)
    #expect(!LaboratoryError.unsuitableOutcome(label: "", problem: "").stopsTheRun)
  }
}
