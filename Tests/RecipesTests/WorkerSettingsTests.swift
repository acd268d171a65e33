import Recipes
import Testing

@Suite("What a worker knows beside recipes")
struct WorkerSettingsTests {
  @Test("files of one name in two datasets are told apart by their contents")
  func paths() {
    var settings = WorkerSettings()
    let names = DatasetSource(.mnist).files
    for folder in ["one", "other"] {
      for name in names { settings.dataPaths["digest of \(folder)/\(name)"] = "/\(folder)/\(name)" }
    }
    for folder in ["one", "other"] {
      let digests = names.map { "digest of \(folder)/\($0)" }
      let paths = settings.paths(of: .init(.mnist), digests)
      #expect(paths.count == 4 && names.allSatisfy { paths[$0] == "/\(folder)/\($0)" })
    }
    // Some files unknown, some datasets without any.
    #expect(settings.paths(of: .init(.mnist), ["digest of one/\(names[0])", "x"]).count == 1)
    #expect(settings.paths(of: .init(.digits), ["x"]).isEmpty)
  }
}
