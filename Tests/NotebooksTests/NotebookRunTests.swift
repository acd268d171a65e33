import Foundation
import Testing

@Suite struct NotebookRunTests {
  private static let two = """
    # Two cells

    ```sh name=first
    echo '{"mean": 97.314, "runs": [3, 5]}'
    ```

    Accuracy is {{ first.mean:.1f }} % over {{first.runs[-1]}} runs; `{{ code }}` and \\{{ braces }} stay.

    ```sh
    echo second
    ```

    ```python
    print("left alone")
    ```

    """

  @Test("outputs stand beneath their cells, values in sentences, and a second run does nothing")
  func runs() throws {
    let bench = try Bench()
    try bench.write(Self.two)
    #expect(try bench.run() == 2)
    let text = try bench.read()
    #expect(
      text.contains(
        "```text\n{\"mean\": 97.314, \"runs\": [3, 5]}\n```\n\n<!-- end of espalier output -->"))
    #expect(text.contains("```text\nsecond\n```"))
    #expect(
      text.contains(
        "Accuracy is <data value=\"{{ first.mean:.1f }}\">97.3</data> % over <data value=\"{{ first.runs[-1] }}\">5</data> runs; `{{ code }}` and \\{{ braces }} stay."
      ))
    #expect(text.contains("print(\"left alone\")\n```\n"))
    #expect(try bench.stale() == [])
    #expect(try bench.run() == 0)
    #expect(try bench.read() == text)
    #expect(try bench.run(all: true) == 2)
    #expect(try bench.read() == text)
  }

  @Test("clearing gives back what was written")
  func clears() throws {
    for text in [Self.two, Self.two.replacing("\n", with: "\r\n"), String(Self.two.dropLast())] {
      let bench = try Bench()
      try bench.write(text)
      try bench.run()
      #expect(try bench.read() != text)
      try bench.notebook.clear()
      let written = text.replacing("{{first.runs[-1]}}", with: "{{ first.runs[-1] }}")
      #expect(try bench.read() == written)
    }
  }

  @Test("lines that end with a return keep it, and outputs get it")
  func returns() throws {
    let bench = try Bench()
    try bench.write(Self.two.replacing("\n", with: "\r\n"))
    try bench.run()
    let text = try bench.read()
    #expect(text.contains("second\r\n```\r\n"))
    #expect(text.replacing("\r\n", with: "").contains(where: \.isNewline) == false)
    #expect(try bench.stale() == [])
    try bench.write("a\r\nb\nc\r\n")
    #expect(bench.complaint { try bench.run() }.contains("some lines end with a line feed"))
  }

  @Test("a cell that was edited is found and runs alone")
  func edited() throws {
    let bench = try Bench()
    try bench.write(Self.two)
    try bench.run()
    try bench.write(try bench.read().replacing("echo second", with: "echo third"))
    #expect(try bench.stale() == ["a.md:17: cell 2 is stale: its text changed"])
    #expect(try bench.run() == 1)
    #expect(try bench.read().contains("```text\nthird\n```"))
    #expect(try bench.stale() == [])
  }

  @Test("a value that a sentence lost or that was edited is found")
  func values() throws {
    let bench = try Bench()
    try bench.write(Self.two)
    try bench.run()
    try bench.write(try bench.read().replacing(">97.3<", with: ">99.3<"))
    #expect(
      try bench.stale() == ["a.md:15: {{ first.mean:.1f }} says 99.3, and its cell says 97.3"])
    #expect(try bench.run() == 0)
    #expect(try bench.read().contains(">97.3<"))
    try bench.write(try bench.read() + "\n{{ first.runs[0] }}\n")
    #expect(
      try bench.stale() == [
        "a.md:33: {{ first.runs[0] }} has no value yet, and its cell says 3"
      ])
  }

  @Test("a cell that fails says where and with which words; what stood beneath it stays")
  func fails() throws {
    let bench = try Bench()
    try bench.write(Self.two)
    try bench.run()
    let before = try bench.read()
    try bench.write(
      before.replacing("echo '{", with: "true; echo '{")
        .replacing("echo second", with: "echo lost words >&2; exit 3"))
    let complaint = bench.complaint { try bench.run() }
    #expect(
      complaint.hasPrefix(
        "a.md:17: cell 2 failed; its earlier output stays: sh ended with code 3, with the words\nlost words"
      ))
    let after = try bench.read()
    #expect(after.contains("true; echo"))
    #expect(bench.told.count { $0.contains("cell 'first' runs") } == 2, "the cell above it has run")
    #expect(after.contains("```text\nsecond\n```"))
    #expect(try bench.stale().count == 1)
  }

  @Test("shell cells run only where they may, and nothing runs before that is told")
  func shell() throws {
    let bench = try Bench()
    try bench.write(Self.two)
    #expect(
      bench.complaint { try bench.run(allowsShell: false) }.hasPrefix(
        "a.md:3: shell cells in lines 3, 9 run programs with your rights"))
    #expect(try bench.read() == Self.two)
    try bench.run()
    #expect(try bench.run(allowsShell: false) == 0, "none has to run")
  }

  @Test("a cell that reads what another makes runs after it, and again where that changes")
  func chain() throws {
    let bench = try Bench()
    let text = """
      ```sh
      printf 'method,accuracy\\na,1\\nb,3\\n' > made/t.csv
      ```

      ```records name=top
      from: made/t.csv
      sort: -accuracy
      limit: 1
      ```

      Best: {{ top.method }} with {{ top[0].accuracy:.2f }}.

      """
    try bench.write(text)
    #expect(try bench.run() == 2)
    #expect(try bench.read().contains("| b      |        3 |"))
    #expect(
      try bench.read().contains(
        ">b</data> with <data value=\"{{ top[0].accuracy:.2f }}\">3.00</data>."))
    try bench.write(try bench.read().replacing("b,3", with: "b,0"))
    #expect(
      try bench.stale() == [
        "a.md:1: cell 1 is stale: its text changed",
        "a.md:9: cell 'top' is stale: made/t.csv changed; cell 1, which it reads, is to run",
      ])
    #expect(try bench.run() == 2)
    #expect(try bench.read().contains(">a</data>"))

    // In another clone what the first cell made is not there, and nothing is stale for it.
    try FileManager.default.removeItem(at: bench.url("made"))
    #expect(try bench.stale() == [])
    try bench.write(try bench.read() + "\n{{ top.accuracy }}\n")
    #expect(try bench.stale().count == 1)
    #expect(
      bench.complaint { try bench.run() }.hasSuffix(
        "{{ top.accuracy }}: what its cell reads is not there; run the notebook with --all"))
    #expect(try bench.run(all: true) == 2)
    #expect(try bench.stale() == [])
  }

  @Test("files that cells read are part of their keys")
  func files() throws {
    let bench = try Bench()
    try bench.write("1", to: "in.txt")
    try bench.write("```sh\ncat in.txt\n```\n")
    try bench.run()
    #expect(try bench.stale() == [])
    try bench.write("2", to: "in.txt")
    #expect(try bench.stale() == ["a.md:1: cell 1 is stale: in.txt changed"])
    try FileManager.default.removeItem(at: bench.url("in.txt"))
    #expect(
      try bench.stale() == ["a.md:1: cell 1 is stale: in.txt, which it read, is not there"])
    try bench.write("```sh\ntouch out.txt && cat out.txt\n```\n")
    #expect(
      bench.complaint { try bench.run() }.hasPrefix(
        "a.md:1: cell 1 has changed out.txt, which it reads; say writes=out.txt"))
    try bench.write("```sh writes=out.txt\ntouch out.txt && cat out.txt\n```\n")
    #expect(try bench.run() == 1)
    #expect(try bench.stale() == [])
  }

  @Test("a suite shows its answer, gives its records, and goes stale with its recipes")
  func suites() throws {
    let bench = try Bench()
    try bench.write(
      """
      ```espalier name=collapse
      analysis: collapse
      ```

      ```records name=rows
      from: collapse
      limit: 2
      ```

      """)
    #expect(try bench.run() == 2)
    let text = try bench.read()
    #expect(text.contains("[The whole report](a/collapse/report.md)"))
    #expect(text.contains("](a/collapse/figures/"))
    #expect(try bench.stale() == [])
    bench.schema = "2"
    #expect(
      try bench.stale() == [
        "a.md:1: cell 'collapse' is stale: its recipes changed: another schema of the toolkit, other data or another program",
        "a.md:\(try #require(text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.hasPrefix("```records") }) + 1): cell 'rows' is stale: cell 'collapse' changed; cell 'collapse', which it reads, is to run",
      ])
    bench.schema = "1"
    try FileManager.default.removeItem(at: bench.url("a/collapse/records.csv"))
    #expect(try bench.stale()[0].hasSuffix("a/collapse/records.csv is not there"))
    #expect(try bench.run() == 2)
    #expect(try bench.read() == text)
    try bench.notebook.clear()
    #expect(!FileManager.default.fileExists(atPath: bench.url("a/collapse").path))
  }

  @Test("a suite's value is its report as JSON")
  func suiteValues() throws {
    let bench = try Bench()
    try bench.write(
      """
      ```espalier name=collapse show=none
      analysis: collapse
      ```

      A {{ collapse.analysis }} of {{ collapse.records[0].size:, }} weights, kept {{ collapse.records[0].density:.2% }}.

      """)
    #expect(try bench.run() == 1)
    let text = try bench.read()
    for value in [">collapse<", ">1,728<", ">6.25 %<"] { #expect(text.contains(value), "\(text)") }
  }

  @Test("two processes on one notebook take turns, and an edit meanwhile is not overwritten")
  func turns() throws {
    let bench = try Bench()
    try bench.write("```sh\necho edited >> a.md\n```\n")
    #expect(bench.complaint { try bench.run() }.contains("a.md: was changed while its cells ran"))
    #expect(try bench.read() == "```sh\necho edited >> a.md\n```\nedited\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
    #expect(names == ["a.md"])

    bench.told = []
    try bench.write("```sh\nsleep 0.4; echo $$ \n```\n")
    let other = Thread { _ = try? bench.run() }
    other.start()
    while !bench.told.contains(where: { $0.contains("cell 1 runs") }) { usleep(1000) }
    #expect(try bench.run() == 0, "the other process did it")
    #expect(bench.told.contains { $0.hasSuffix("a.md: waits for another process that runs it") })
    #expect(bench.told.count { $0.contains("cell 1 runs") } == 1)
    #expect(try bench.stale() == [])
  }
}
