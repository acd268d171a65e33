import Testing

@Suite struct NotebookFaultTests {
  @Test(
    "what cannot be a notebook says where and why",
    arguments: [
      ("- item\n\n  ```sh\n  ls\n  ```\n", "a.md:3: an sh cell inside a list or a quotation"),
      ("> ```espalier\n> espalier status\n> ```\n", "a.md:1: an espalier cell inside a list"),
      ("```sh\nls\n", "a.md:1: the sh cell that begins here has no end"),
      (
        "```sh name=a\n```\n\n```sh name=a\n```\n",
        "a.md:4: the cell in line 1 has the name `a` already"
      ),
      ("```sh name=A\n```\n", "a.md:1: `A` cannot name a cell"),
      ("```sh nome=a\n```\n", "a.md:1: unknown option `nome`; did you mean `name`?"),
      ("```sh name\n```\n", "a.md:1: `name` behind the fence is no option"),
      ("```sh name=a name=b\n```\n", "a.md:1: option `name` is stated twice"),
      ("```sh writes=\"a b\n```\n", "a.md:1: a quotation mark behind the fence has no partner"),
      ("```sh show=loudly\n```\n", "a.md:1: `show=loudly`: write output, folded, markdown, none"),
      ("```sh writes=../a\n```\n", "a.md:1: ../a is no path below the notebook's folder"),
      ("```espalier\nanalysis: ablation\n```\n", "a.md:1: a suite needs a name"),
      ("```espalier\nespalier status\nls\n```\n", "a.md:3: `ls` is no command of the toolkit"),
      ("```espalier\nespalier status | head\n```\n", "a.md:1: `|` is a shell's"),
      ("```espalier\nespalier 'status\n```\n", "a.md:1: a quotation mark has no partner"),
      ("```records\nfrom: x\n```\n", "a.md:1: there is no cell of the name `x`"),
      ("```records\nfrom: x.csv\nlimit: 0\n```\n", "a.md:3: limit: found `0`"),
      ("```records\nfrom: [\n```\n", "a.md:3: malformed YAML"),
      ("{{ a.b }}\n", "a.md:1: there is no cell of the name `a`"),
      ("text\n{{ a b }}\n", "a.md:2: {{ a b }}: has ` ` where a dot, [ or a colon may be"),
      ("{{ 1..2 }}\n", "a.md:1: {{ 1..2 }}: has a dot without a field's name"),
      (
        "<!-- end of espalier output -->\n",
        "a.md:1: the end marker of an output that begins nowhere"
      ),
      (
        "text\n\n<!-- espalier output text=0123456789abcdef -->\n",
        "a.md:3: a marker of an output that stands under no cell"
      ),
      (
        "```sh\n```\n\n<!-- espalier output text=0123456789abcdef -->\n\nx\n",
        "a.md:4: the output that begins here has no end marker"
      ),
      (
        "```sh\n```\n\n<!-- espalier output text=01 -->\n",
        "a.md:4: a marker of an output that was edited"
      ),
      (
        "```sh\n```\n\n<!-- espalier output text=0123456789abcdef\n",
        "a.md:4: a marker of an output that was edited"
      ),
      (
        "```sh\n```\n\n<!-- espalier output text=0123456789abcdef -->\n\n<!-- espalier output text=0123456789abcdef -->\n",
        "a.md:6: an output begins inside the one that began in line 4"
      ),
      (
        "```sh name=a\n```\n\nx <data value=\"{{ a }}\">5 y\n",
        "a.md:4: a value that begins here has no `</data>` in the same paragraph"
      ),
      (
        "```sh writes=x\n```\n\n```sh writes=x\n```\n",
        "a.md:4: cell 2 writes x, which the cell in line 1 writes already"
      ),
      (
        "```sh reads=x\n```\n\n```sh writes=x\n```\n",
        "a.md:1: cell 1 reads x, which cell 2 in line 4 makes only further down"
      ),
      (
        "```sh name=a reads=x writes=y\n```\n\n```sh name=b reads=y writes=x\n```\n",
        "a.md:1: cells that read one another in a circle: cell 'a' reads cell 'b' reads cell 'a'"
      ),
    ])
  func says(text: String, sentence: String) throws {
    let bench = try Bench()
    try bench.write(text)
    let complaint = bench.complaint { try bench.run() }
    #expect(complaint.hasPrefix(sentence), "\(complaint)")
    #expect(bench.complaint { _ = try bench.stale() } == complaint)
    #expect(try bench.read() == text, "nothing is lost")
  }

  @Test(
    "what is no cell is left alone",
    arguments: [
      "```text\n{{ x }}\n```\n", "    ```sh\n    ls\n    ```\n", "a `{{ x }}` b\n",
      "``a ` {{ x }}``\n",
      "<!-- {{ x }} -->\n", "x <!-- {{ x }} --> y\n", "\\{{ x }}\n", "a {{ b\n\nc }}\n",
      "```python\n```\n", "~~~\n{{ x }}\n~~~\n", "````md\n```sh\nls\n```\n````\n", "",
    ])
  func leftAlone(text: String) throws {
    let bench = try Bench()
    try bench.write(text)
    #expect(try bench.run() == 0)
    #expect(try bench.read() == text)
    #expect(try bench.stale() == [])
  }

  @Test("a cell may stand between tildes, behind longer fences, and print fences")
  func fences() throws {
    let bench = try Bench()
    try bench.write(
      "~~~sh\necho '```'; echo '<!-- end of espalier output -->'\n~~~\n\n````sh\necho 2\n````\n")
    #expect(try bench.run() == 2)
    #expect(try bench.read().contains("````text\n```\n<!-- end of espalier output -->\n````"))
    #expect(try bench.stale() == [])
    #expect(try bench.run(all: true) == 2)
  }
}
