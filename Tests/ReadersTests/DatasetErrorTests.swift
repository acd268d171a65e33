import Readers
import Testing

@Suite struct DatasetErrorTests {
  @Test func wording() {
    #expect(
      DatasetError.missing(file: "a", problem: "was not found").description
        == "a: was not found; name the folder that holds it with --data DIR or ESPALIER_DATA")
    #expect(
      DatasetError.malformed(file: "a", problem: "is short").description
        == "a: is short; fetch the file again")
    let (expected, found) = (String(repeating: "ab", count: 32), String(repeating: "cd", count: 32))
    #expect(
      DatasetError.changed(file: "a", expected: expected, found: found).description
        == "a: its SHA-256 is cdcdcdcdcdcd… and the plan was made for abababababab…: the file "
        + "changed; start the run again")
    #expect(
      DatasetError.tooFew(wanted: 3, present: 2, what: "examples of class 4").description
        == "the training split holds 2 examples of class 4 and 3 are wanted; score on fewer")
  }
}
