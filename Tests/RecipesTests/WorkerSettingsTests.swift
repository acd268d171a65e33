import Recipes
import Testing

@Suite("What a worker knows beside recipes")
struct WorkerSettingsTests {
  @Test("files of one name in two datasets are told apart by their contents")
  func paths() {
    var settings = WorkerSettings()
    let names = DatasetSource(.mnist).files
    for folder in ["one", "other"] {
      for name in names {
        settings.locate(name, digest: "digest of \(folder)", at: "/\(folder)/\(name)")
      }
    }
    for folder in ["one", "other"] {
      // Whole files may be equal too: empty ones are.
      let paths = settings.paths(
        of: .init(.mnist), Array(repeating: "digest of \(folder)", count: 4))
      #expect(paths.count == 4 && names.allSatisfy { paths[$0] == "/\(folder)/\($0)" })
    }
    // Some files unknown, some datasets without any.
    #expect(
      settings.paths(of: .init(.mnist), ["digest of one", "x"]) == [names[0]: "/one/\(names[0])"])
    #expect(settings.paths(of: .init(.digits), ["x"]).isEmpty)
  }
}
