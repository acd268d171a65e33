import Testing

@testable import Laboratory

struct StorePathsTests {
  let paths = StorePaths(root: "/s")

  @Test func followsThePlanOfTheHouse() throws {
    let text = "ab" + String(repeating: "0", count: 62)
    let key = try #require(Key(text))
    #expect(paths.artifact(key, kind: "mask") == "/s/artifacts/mask/ab/\(text)")
    #expect(paths.checkpoints(of: key) == "/s/checkpoints/\(text)")
    #expect(paths.claim(on: key) == "/s/claims/\(text)")
    #expect(paths.plan(suite: "one") == "/s/plans/one.json")
  }

  @Test func temporaryNamesTellTheirOwner() {
    let path = paths.newTemporary(for: "probe")
    #expect(path != paths.newTemporary(for: "probe"))
    let name = String(path.dropFirst(paths.temporary.count + 1))
    #expect(StorePaths.owner(ofTemporary: name)?.tag == Owner.current.tag)
    #expect(StorePaths.owner(ofTemporary: "notes.txt") == nil)
  }

  @Test(arguments: [
    (["ESPALIER_STORE": "/e", "XDG_CACHE_HOME": "/x", "HOME": "/h"], "/e"),
    (["ESPALIER_STORE": "", "XDG_CACHE_HOME": "/x", "HOME": "/h"], "/x/espalier"),
    (["XDG_CACHE_HOME": "relative", "HOME": "/h"], "/h/.cache/espalier"),
    (["HOME": "/h"], "/h/.cache/espalier"),
  ])
  func standardRoot(environment: [String: String], root: String) {
    #expect(StorePaths.defaultRoot(environment: environment) == root)
  }
}
