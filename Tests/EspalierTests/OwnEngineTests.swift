import Foundation
import Testing

/// Suites whose networks a program has, by the engine in Python's standard library alone.
@Suite struct OwnEngineTests {
  static let suite = """
    analysis: ablation
    replicates: 2
    engine: {command: ["python3", "plain_engine.py"], timeout: 60s}
    training: {duration: 3ep}
    densities: [50%, 20%]
    methods:
      random: random
      magnitude: {criterion: magnitude, mask-from: last, continue-from: 1ep}
      SNIP: {criterion: snip, schedule: {linear: 2}}
      GraSP: grasp
    ablations: [shuffle, reinitialize, invert-layerwise]
    statistics: {margin: 5}
    """

  /// The same network under random masks alone, once.
  private static let smallest = """
    analysis: ablation
    replicates: 2
    engine: {command: ["python3", "plain_engine.py"], timeout: 2s}
    training: {duration: 1ep}
    densities: [50%]
    methods: {random: random}
    ablations: [shuffle]
    statistics: {margin: 5}
    """

  /// A folder with the engine and `suite`.
  private func program(_ suite: String = suite) throws -> Program {
    let program = try Program()
    try FileManager.default.copyItem(
      at: Program.repository.appending(path: "Tests/Engines/plain_engine.py"),
      to: program.path("plain_engine.py"))
    try program.write(suite, to: "suite.yaml")
    return program
  }

  @Test("a program's networks are pruned, ablated, audited and judged; nothing is computed twice")
  func whole() throws {
    let program = try program()
    defer { program.remove() }
    let run = try program.run("run", "suite.yaml")
    #expect(run.status == 0, "\(run.errors)")
    let rows = try Table(program.read("records.csv")).named
    // 2 replicates of the dense network, and of 4 methods with 3 ablations at 2 densities.
    #expect(rows.count == 2 * (1 + 4 * 4 * 2))
    for row in rows {
      let accuracy = try #require(Double(row["accuracy"]!))
      #expect((0...100).contains(accuracy), "\(row)")
      #expect(row["pruned"] == row["pruned_at_zero"], "\(row)")
      // 132 weights, half or a fifth of which are kept.
      let pruned = ["1": "0", "0.5": "66", "0.2": "105"][row["density"]!]
      #expect(row["pruned"] == pruned, "\(row)")
      // Paths through layers that nobody knows are not told.
      #expect(row["connected"] == "" && row["outputs_reached"] == "", "\(row)")
    }
    let dense = rows.filter { $0["method"] == "dense" }
    #expect(dense.allSatisfy { Double($0["accuracy"]!)! > 70 }, "\(dense)")
    let anew = rows.filter { $0["ablation"] == "reinitialize" }
    #expect(anew.allSatisfy { $0["reinitialized"] == $0["reinitialized_of"] })
    let report = try program.read("report.md")
    #expect(report.contains("the first training, done twice, ended at the same bits"))
    #expect(report.contains("the program's own optimizer and schedule; batch 16, 3ep (45 steps)"))
    let again = try program.run("run", "suite.yaml")
    #expect(again.errors.contains(" 0 computed") || again.errors.contains("were there"))
    #expect(again.status == 0)
  }

  @Test("two processes give what one gives")
  func processes() throws {
    let program = try program(
      Self.suite.replacing("timeout: 60s", with: "timeout: 60s, processes: 2"))
    defer { program.remove() }
    #expect(try program.run("run", "suite.yaml", store: "two").status == 0)
    #expect(try program.run("run", "suite.yaml", "--workers", "1", store: "one").status == 0)
    #expect(try program.results(store: "one") == program.results(store: "two"))
  }

  @Test(
    "an engine that goes wrong is told of in a sentence with what to do",
    arguments: [
      ("hang", "said nothing for 2 s while asked to train, and was stopped; raise its `timeout`"),
      (
        "die",
        "ended with status 1 while asked to train; it said: plain engine: the lights went out"
      ),
      ("rubbish", "answered `train` with `Epoch 1 of 30: loss 0.6931`; answers are lines of JSON"),
      ("other-id", "`train`, was asked; it must answer in turn"),
      (
        "torn",
        "wrote weights that cannot be used after step 15: weights-15.safetensors: not a sound"
      ),
      ("nan", "weights-15.safetensors: tensor 'output.weight' holds NaN or infinity"),
      ("lost-mask", "lost the mask after step 15: "),
      ("renamed", "has no tensor 'first.weight'; its tensors are hidden.weight, hidden.bias"),
      (
        "reshaped",
        "tensor 'hidden.weight' has shape [8, 12]; the network of `python3 plain_engine.py`"
      ),
      ("unseeded", "says that it is deterministic, and the same training done twice ended"),
      ("slow-start", "engine.command: the engine `python3 plain_engine.py` said nothing for 2 s"),
    ])
  func faults(fault: String, sentence: String) throws {
    let program = try program(Self.smallest)
    defer { program.remove() }
    let run = try program.run("run", "suite.yaml", environment: ["PLAIN_ENGINE_FAULT": fault])
    #expect(run.status == 1)
    #expect(run.errors.contains(sentence), "\(run.errors)")
    // Mended, the same command goes on; what was made before stands, and what was drawn without a seed never comes again.
    let mended = try program.run("run", "suite.yaml")
    #expect(mended.status == (fault == "unseeded" ? 1 : 0), "\(mended.errors)")
    let left = try FileManager.default.contentsOfDirectory(
      atPath: program.path("store/temporary").path)
    #expect(left == [])
  }

  @Test("a training that diverges is a failed run, and the others go on")
  func divergence() throws {
    let program = try program(Self.smallest)
    defer { program.remove() }
    let run = try program.run(
      "run", "suite.yaml", environment: ["PLAIN_ENGINE_FAULT": "diverge"])
    #expect(run.status == 0, "\(run.errors)")
    let rows = try Table(program.read("records.csv")).named.filter { $0["method"] == "random" }
    #expect(rows.count == 4)
    #expect(
      rows.allSatisfy { $0["accuracy"] == "" && $0["outcome"]?.hasPrefix("diverged") == true })
  }

  @Test("what a program cannot be asked is told before anything runs")
  func verbs() throws {
    let program = try program()
    defer { program.remove() }
    let plan = try program.run(
      "plan", "suite.yaml", environment: ["PLAIN_ENGINE_WITHOUT": "hessian-vector"])
    #expect(plan.status == 1)
    #expect(
      plan.errors.contains(
        "methods.GraSP: GraSP needs the verb `hessian-vector`, which `python3 plain_engine.py` does not know"
      ),
      "\(plan.errors)")
    for (from, to, sentence) in [
      (
        "engine:", "network: lenet-16\nengine:", "network: does not apply to a suite with `engine:`"
      ),
      (
        "duration: 3ep", "duration: 3ep, learning-rate: 0.1",
        "training.learning-rate: does not apply to networks of a program"
      ),
    ] {
      try program.write(Self.suite.replacing(from, with: to), to: "other.yaml")
      let plan = try program.run("plan", "other.yaml")
      #expect(plan.status == 1)
      #expect(plan.errors.contains(sentence), "\(plan.errors)")
    }
    try program.write(
      """
      analysis: alignment
      replicates: 3
      engine: {command: ["python3", "plain_engine.py"]}
      training: {duration: 1ep}
      """, to: "other.yaml")
    let other = try program.run("plan", "other.yaml")
    #expect(
      other.errors.contains(
        "engine: does not apply to alignment, which looks into the network's layers"),
      "\(other.errors)")
  }

  @Test(
    "tickets, siblings, planes and masks of a program's networks are asked about alike",
    arguments: [
      ("lottery", "levels: 1\nstatistics: {margin: 5}", "accuracy"),
      ("instability", "steps: [0it, 15it]\npoints: 5", "test_error"),
      ("plane", "side: 3", "test_error"),
      ("anatomy", "densities: [50%]\nmethods: {random: random, Wanda: wanda}", "kept"),
    ])
  func analyses(name: String, keys: String, column: String) throws {
    let program = try program(
      """
      analysis: \(name)
      replicates: 3
      engine: {command: ["python3", "plain_engine.py"]}
      training: {duration: 2ep}
      \(keys)
      """)
    defer { program.remove() }
    let run = try program.run("run", "suite.yaml")
    #expect(run.status == 0, "\(run.errors)")
    let numbers = try Table(program.read("records.csv")).named
      .compactMap { $0[column].flatMap { Double($0) } }
    #expect(numbers.count >= 3 && numbers.allSatisfy { (0...132).contains($0) }, "\(numbers)")
    #expect(Set(numbers).count > 1)
    #expect(try program.read("report.md").contains("ended at the same bits"))
  }

  @Test("`espalier new engine` writes three files, and none over others")
  func starting() throws {
    let program = try Program()
    defer { program.remove() }
    let run = try program.run("new", "engine", "mine")
    #expect(run.output == "mine/espalier_engine.py\nmine/engine.py\nmine/suite.yaml\n")
    #expect(try program.read("mine/engine.py").contains("serve("))
    let again = try program.run("new", "engine", "mine")
    #expect(again.status != 0)
    #expect(again.errors.contains("mine/espalier_engine.py is there already; name another folder"))
  }
}
