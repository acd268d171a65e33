import Datasets
import Foundation
import Networks
import Pruning
import Recipes
import Tensors
import Testing

@Suite struct CommandTests {
  private let setting: Setting

  init() throws { setting = try Setting() }

  /// Scores by a shell script, which sees weights, batch and scores file as $1, $2 and $3.
  private func scores(
    _ script: String, in folder: URL, mask: Mask? = nil, timeout: Double = 60
  ) throws -> Scores {
    let command = CommandSpecification(
      arguments: ["sh", "-c", script, "sh"], digests: [:], timeout: timeout)
    return try setting.scoring(
      mask: mask, batches: setting.batches(25, batchSize: 10), folder: folder
    ).scores(by: .init(command))
  }

  private func problem(_ script: String, timeout: Double = 60, tensors: [(String, Tensor)] = [])
    throws -> String?
  {
    try withTemporaryFolder { folder in
      try Safetensors.write(
        tensors.map { (name: $0.0, tensor: $0.1) }, to: folder.appendingPathComponent("s"))
      let error = #expect(throws: PruningError.self) {
        try scores(script, in: folder, timeout: timeout)
      }
      guard case .command(_, let problem) = error else { return nil }
      return problem
    }
  }

  private var good: [(String, Tensor)] {
    get throws {
      try setting.network.prunable.enumerated().map {
        ($1.name, try Tensor(repeating: Double($0), shape: $1.shape, type: .float64))
      }
    }
  }

  @Test func scoresOfAProgramAreRead() throws {
    try withTemporaryFolder { folder in
      try Safetensors.write(
        try good.reversed().map { (name: $0.0, tensor: $0.1) },
        to: folder.appendingPathComponent("s"))
      // It runs in the suite's folder.
      let found = try scores("cp s \"$3\"", in: folder)
      #expect(found.layers.map(\.name) == setting.network.prunable.map(\.name))
      #expect(
        try found.values.enumerated().allSatisfy { index, layer in
          layer.allSatisfy { $0 == Double(index) }
        })
    }
  }

  @Test func theProgramSeesMaskedWeightsAndTheWholeScoringSet() throws {
    let half = Mask(
      layers: setting.network.prunable.map { tensor in
        Mask.Layer(
          name: tensor.name, shape: tensor.shape, kept: (0..<tensor.count).map { UInt8($0 % 2) })
      })
    try withTemporaryFolder { folder in
      try Safetensors.write(
        try good.map { (name: $0.0, tensor: $0.1) }, to: folder.appendingPathComponent("s"))
      _ = try scores(
        "cp \"$1\" w && cp \"$2\" b && cp s \"$3\" && echo \"$3\" > path", in: folder, mask: half)
      let seen = try Weights(
        readingFrom: folder.appendingPathComponent("w"), for: setting.network)
      #expect(try seen.bits == setting.weights.masked(by: half).bits)
      let batch = try Safetensors(readingFrom: folder.appendingPathComponent("b"))
      let batches = try setting.batches(25, batchSize: 10)
      #expect(try batch.tensor("inputs").shape == [25, 1, 1, 6])
      #expect(
        try batch.tensor("inputs").elements(of: Float.self)
          == batches.flatMap { try $0.inputs.elements(of: Float.self) })
      #expect(
        try batch.tensor("labels").elements(of: Int64.self)
          == batches.flatMap { try $0.labels.elements(of: Int64.self) })
      // Nothing of the exchange is left behind.
      let path = try String(contentsOf: folder.appendingPathComponent("path"), encoding: .utf8)
        .trimmingCharacters(in: .newlines)
      #expect(path.hasSuffix("scores.safetensors"))
      #expect(!FileManager.default.fileExists(atPath: (path as NSString).deletingLastPathComponent))
    }
  }

  @Test func aProgramThatFailsIsQuoted() throws {
    let problem = try problem("echo no such layer >&2; exit 3")
    #expect(problem == "ended with status 3; it said: no such layer")
    #expect(try self.problem("kill -9 $$") == "was ended by signal 9")
    // Scores of a program that failed do not count.
    #expect(try self.problem("cp s \"$3\"; exit 1", tensors: good) == "ended with status 1")
  }

  @Test func aProgramThatDoesNotExistIsAnError() throws {
    let error = #expect(throws: PruningError.self) {
      try setting.scoring().scores(
        by: .init(
          CommandSpecification(
            arguments: ["espalier-no-such-program", "x"], digests: [:], timeout: 60)))
    }
    #expect(error?.description.contains("'espalier-no-such-program x'") == true)
    #expect(error?.description.contains("status 127") == true)
  }

  @Test func aFolderThatDoesNotExistIsAnError() throws {
    #expect(throws: PruningError.self) {
      try scores("true", in: URL(fileURLWithPath: "/nonexistent/espalier"))
    }
  }

  @Test func aProgramThatHangsIsStopped() throws {
    let problem = try problem("exec sleep 60", timeout: 1)
    #expect(problem?.hasPrefix("gave no scores within 1 s and was stopped") == true)
  }

  @Test func aProgramThatWillNotStopIsKilledWithWhatItStarted() throws {
    try withTemporaryFolder { folder in
      #expect(throws: PruningError.self) {
        try scores(
          "trap '' TERM; sleep 61 & echo $$ $! > pids; wait; sleep 62", in: folder, timeout: 1)
      }
      let pids = try String(contentsOf: folder.appendingPathComponent("pids"), encoding: .utf8)
        .split(whereSeparator: \.isWhitespace).compactMap { pid_t($0) }
      try #require(pids.count == 2)
      // Signals are delivered in their own time; a process that was not killed lives for a minute.
      let isGone = (0..<200).contains { _ in
        usleep(50_000)
        return pids.allSatisfy { pid in
          let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
          return status.map { $0.contains(") Z ") } ?? true
        }
      }
      #expect(isGone)
      if !isGone { for pid in pids { kill(pid, SIGKILL) } }
    }
  }

  @Test func nothingThatAProgramStartedOutlivesIt() throws {
    try withTemporaryFolder { folder in
      try Safetensors.write(
        try good.map { (name: $0.0, tensor: $0.1) }, to: folder.appendingPathComponent("s"))
      // A session of its own, whose parent is gone.
      _ = try scores(
        "(setsid sleep 63 & echo $! > pid); cp s \"$3\"", in: folder)
      let pid = try #require(
        pid_t(
          String(contentsOf: folder.appendingPathComponent("pid"), encoding: .utf8)
            .trimmingCharacters(in: .newlines)))
      #expect(kill(pid, 0) == -1)
    }
  }

  @Test func aSupervisorThatIsKilledTakesTheProgramWithIt() throws {
    try withTemporaryFolder { folder in
      let error = #expect(throws: PruningError.self) {
        try scores("echo $$ \"$3\" > started; kill -9 $PPID; exec sleep 64", in: folder)
      }
      #expect(
        error?.description.hasSuffix(
          "was stopped: its supervisor was ended by someone else; run the suite again")
          == true)
      let started = try String(
        contentsOf: folder.appendingPathComponent("started"), encoding: .utf8
      ).split(whereSeparator: \.isWhitespace).map(String.init)
      try #require(started.count == 2)
      let isGone = (0..<200).contains { _ in
        usleep(10_000)
        let status = try? String(contentsOfFile: "/proc/\(started[0])/stat", encoding: .utf8)
        return status.map { $0.contains(") Z ") } ?? true
      }
      #expect(isGone)
      #expect(
        !FileManager.default.fileExists(atPath: (started[1] as NSString).deletingLastPathComponent))
    }
  }

  @Test func whatAProgramSaysCannotSteerATerminal() throws {
    #expect(
      try problem("printf 'a\\033[31m\\nb' >&2; exit 1")
        == "ended with status 1; it said: a\\u{1B}[31m\nb")
  }

  @Test func aProgramThatSaysMuchDoesNotHang() throws {
    let problem = try problem("yes abcdefgh | head -c 1000000; echo the end; exit 1")
    #expect(problem?.hasSuffix("the end") == true)
    #expect(problem.map { $0.utf8.count < 3000 } == true)
  }

  @Test func scoresThatAreNotThereOrNotUsableAreTold() throws {
    func expect(_ words: String, _ script: String, _ tensors: [(String, Tensor)] = []) throws {
      let problem = try problem(script, tensors: tensors)
      #expect(problem?.contains(words) == true, "\(problem ?? "none")")
    }
    func replacing(_ index: Int, _ tensor: Tensor) throws -> [(String, Tensor)] {
      var tensors = try good
      tensors[index].1 = tensor
      return tensors
    }
    let copy = "cp s \"$3\""
    try expect("wrote no scores", "true")
    try expect("not a sound safetensors file", "echo nonsense > \"$3\"")
    try expect("not a sound safetensors file", ": > \"$3\"")
    try expect("cannot be read", "mkdir \"$3\"")
    try expect("missing: fc.weight", copy, Array(good.dropLast()))
    try expect(
      "not prunable or unknown: fc_layers.0.bias, fc_layers.1.bias, fc.bias", "cp \"$1\" \"$3\"")
    try expect(
      "'fc.weight' have shape [9, 4]; the weights have [4, 9]", copy,
      replacing(2, Tensor(repeating: 1, shape: [9, 4])))
    try expect(
      "36 scores of 'fc.weight' are NaN", copy,
      replacing(2, Tensor(repeating: .nan, shape: [4, 9])))
    try expect(
      "elements of type I64", copy, replacing(2, Tensor(repeating: 1, shape: [4, 9], type: .int64)))
  }

  @Test func errorsDoNotNameTheExchangeFolder() throws {
    let problem = try problem("echo nonsense > \"$3\"")
    #expect(problem?.contains("scores.safetensors") == true)
    #expect(problem?.contains(FileManager.default.temporaryDirectory.path) == false)
  }

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"),
      "there is no /usr/bin/python3 to write scores with"))
  func aPythonProgramWithoutLibrariesCanScore() throws {
    // Magnitudes, by the format description alone.
    let program = """
      import json, struct, sys
      file = open(sys.argv[1], "rb")
      size, = struct.unpack("<Q", file.read(8))
      header = json.loads(file.read(size))
      data = file.read()
      tensors, out = {}, b""
      for name, entry in header.items():
          if len(entry["shape"]) < 2:
              continue
          a, b = entry["data_offsets"]
          values = struct.unpack(f"<{(b - a) // 4}f", data[a:b])
          start = len(out)
          out += struct.pack(f"<{len(values)}d", *map(abs, values))
          tensors[name] = dict(dtype="F64", shape=entry["shape"], data_offsets=[start, len(out)])
      text = json.dumps(tensors).encode()
      open(sys.argv[3], "wb").write(struct.pack("<Q", len(text)) + text + out)
      """
    try withTemporaryFolder { folder in
      try Data(program.utf8).write(to: folder.appendingPathComponent("magnitude.py"))
      let command = CommandSpecification(
        arguments: ["python3", "magnitude.py"], digests: [:], timeout: 60)
      let found = try setting.scoring(folder: folder).scores(by: .init(command))
      #expect(try found.values == setting.scoring().scores(by: .init(.magnitude)).values)
    }
  }
}
