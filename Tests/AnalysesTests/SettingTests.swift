import Laboratory
import Testing

@testable import Analyses
@testable import Suites

@Suite("Settings in place of a suite's values")
struct SettingTests {
  private func keys(_ text: String, _ settings: String...) throws -> [Key] {
    let decoded = try Suite.decode(
      text, file: "suite.yaml", setting: [Setting](settings),
      context: SuiteContext(folder: .init(filePath: "/nowhere"), dataFolders: []),
      analyses: AnalysisList.all)
    return try SuiteWork(expanding: decoded).artifacts.map(\.key)
  }

  private func message(_ text: String, _ settings: String...) -> String {
    do {
      _ = try Suite.decode(
        text, file: "suite.yaml", setting: [Setting](settings),
        context: SuiteContext(folder: .init(filePath: "/nowhere"), dataFolders: []),
        analyses: AnalysisList.all)
      return ""
    } catch { return "\(error)" }
  }

  @Test(
    "the same work as the suite with the value written in it",
    arguments: [
      ("training.duration=3ep", "duration: 8ep", "duration: 3ep"),
      ("training.learning-rate=0.05", "duration: 8ep", "learning-rate: 0.05, duration: 8ep"),
      ("densities=[50%, 0.8^6]", "[0.8^3, 10%]", "[50%, 0.8^6]"),
      ("dataset={name: digits, validation: 40}", "digits", "{name: digits, validation: 40}"),
      ("replicates=2", "network:", "replicates: 2\nnetwork:"),
      ("methods.random.scope=layerwise", "scope: global", "scope: layerwise"),
      ("methods.a.b c=magnitude", "a.b c: snip", "a.b c: magnitude"),
      ("methods.new=synflow", "random:", "new: synflow, random:"),
    ])
  func same(_ setting: String, _ old: String, _ new: String) throws {
    let text = yaml(methods: "{random: {criterion: random, scope: global}, a.b c: snip}")
    let edited = text.replacing(old, with: new)
    #expect(edited != text)
    let (set, written) = (try keys(text, setting), try keys(edited))
    #expect(Set(set) == Set(written))
    #expect(Set(set) != Set(try keys(text)), "the setting must change something")
  }

  @Test("several act one after another, and nothing is a place for keys")
  func several() throws {
    let text = yaml().replacing("training: {duration: 8ep, batch-size: 162}", with: "training:")
    let set = try keys(text, "training.duration=8ep", "training.batch-size=162")
    #expect(set == (try keys(yaml())))
  }

  @Test("mistakes name the key and no line of the file")
  func mistakes() {
    #expect(
      message(yaml(), "training.learnin-rate=1").hasPrefix(
        "--set training.learnin-rate=1: training.learnin-rate: unknown key; did you mean `learning-rate`?"
      ))
    #expect(
      message(yaml(), "training.duration=soon")
        == "--set training.duration=soon: training.duration: found `soon`; write a duration above 0, such as"
        + " 8ep, 500it or 8ep500it")
    #expect(
      message(yaml(), "dataset.validation=40")
        == "--set dataset.validation=40: dataset.validation: found `digits` in the file, which has no keys"
        + " below it; write all of it, as in `--set 'dataset={…}'`")
    #expect(
      message(yaml(), "densities=[10%").hasPrefix("--set densities=[10%: densities: malformed YAML")
    )
    #expect(
      message(yaml(), "densities").hasPrefix("--set densities: there is no value; write KEY=VALUE"))
    #expect(message(yaml(), "training.=1").hasPrefix("--set training.=1: a name is empty"))
    #expect(
      message(yaml(), "replicates=2", "replicates=3")
        == "--set replicates=…: stated more than once; keep one")
    // What the file itself says wrong keeps its line.
    #expect(
      message(yaml(more: "sed: 1"), "replicates=4").hasPrefix("suite.yaml:7: sed: unknown key"))
  }
}
