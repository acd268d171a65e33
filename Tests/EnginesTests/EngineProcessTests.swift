import Foundation
import Recipes
import Testing

@testable import Engines

@Suite struct EngineProcessTests {
  private static let description = """
    {"protocol": 1, "framework": "sh 1", "device": "cpu", "deterministic": true, "tensors": [{"name": "w", "shape": [2, 3], \
    "prunable": true, "buffer": false}], "examples": {"train": 8, "validation": 0, "test": 4}, "classes": null, \
    "batch-size": 4, "metric": {"name": "loss", "better": "lower", "unit": "nats"}, "verbs": ["initialize"]}
    """.replacing("\n", with: "")

  /// An engine in the shell: `script` sees every request as $line and its number as $id.
  private func engine(_ script: String, patience: Double = 20) throws -> EngineProcess {
    let loop = """
      while read -r line; do
        id=$(printf '%s' "$line" | sed 's/.*"id":\\([0-9]*\\).*/\\1/')
        \(script)
      done
      """
    return try EngineProcess(
      ["sh", "-c", loop], in: FileManager.default.temporaryDirectory, number: 3, patience: patience)
  }

  private func problem(_ script: String, patience: Double = 20) throws -> String {
    let engine = try engine(script, patience: patience)
    defer { engine.end() }
    let error = #expect(throws: EngineError.self) { try engine.ask(Describe()) }
    return error.map { "\($0)" } ?? ""
  }

  @Test("questions are answered in turn, progress is heard, and the program goes with its folder")
  func conversation() throws {
    let engine = try engine(
      """
      echo "$line" >> "$log"; echo "heard $ESPALIER_PROCESS" >&2
      printf '{"id": %s, "progress": 0.25}\\n{"id": %s, "progress": 7}\\n' $id $id
      case "$line" in
        *describe*) printf '{"id": %s, "answer": \(Self.description)}\\n' $id;;
        *) printf '{"id": %s, "answer": {}}\\n' $id;;
      esac
      """.replacing("$log", with: "/dev/null"))
    var heard: [Double] = []
    let description = try engine.ask(Describe()) { heard.append($0) }
    #expect(description.tensors == [.init(name: "w", shape: [2, 3], prunable: true)])
    #expect(
      (description.classes, description.batchSize, description.problem == nil) == (nil, 4, true))
    _ = try engine.ask(Initialize(seed: 9_007_199_254_740_991, weights: "/w")) { heard.append($0) }
    #expect(heard == [0.25, 1, 0.25, 1])
    let exchange = engine.exchange
    #expect(FileManager.default.fileExists(atPath: exchange.path))
    engine.end()
    #expect(!FileManager.default.fileExists(atPath: exchange.path))
  }

  @Test("requests are lines of JSON with the verb's own fields")
  func requests() throws {
    let engine = try engine(
      """
      printf '%s\\n' "$line" >&2
      printf '{"id": %s, "error": "no"}\\n' $id
      """)
    defer { engine.end() }
    let error = #expect(throws: EngineError.self) {
      try engine.ask(
        Train(
          weights: "/w", state: nil, mask: "/m", from: 0, to: 4, duration: 8, scheduleOffset: 2,
          order: "/o", seed: 5, keep: [2, 4], folder: "/f"))
    }
    let failure = try #require(error)
    #expect(failure.problem == "cannot train: no")
    let request = try #require(
      try JSONSerialization.jsonObject(with: Data(failure.lastWords.utf8)) as? [String: Any])
    #expect(request["verb"] as? String == "train" && request["id"] as? Int == 1)
    #expect(request["keep"] as? [Int] == [2, 4] && request["schedule-offset"] as? Int == 2)
    #expect(request["mask"] as? String == "/m" && request["seed"] as? Int == 5)
  }

  @Test(
    "what goes wrong is a sentence with the program's last words",
    arguments: [
      ("echo ouch >&2; exit 3", "ended with status 3 while asked to describe; it said: ouch"),
      ("kill -9 $$", "was ended by signal 9 while asked to describe"),
      ("echo hello", "answered `describe` with `hello`; answers are lines of JSON"),
      (
        "printf '{\"id\": 7, \"answer\": {}}\\n'",
        "answered `describe` with `{\"id\": 7, \"answer\": {}}`, which lacks `protocol`"
      ),
      (
        "printf '{\"id\": 7, \"error\": \"x\"}\\n'",
        "answered question 7 where question 1, `describe`, was asked; it must answer in turn"
      ),
      ("printf '{\"id\": %s, \"error\": \"no data\"}\\n' $id", "cannot describe: no data"),
    ])
  func faults(script: String, sentence: String) throws {
    let problem = try problem(script)
    #expect(problem.contains(sentence), "\(problem)")
    #expect(problem.hasPrefix("the engine `sh -c "))
  }

  @Test("a program that hangs is stopped, and one that is not there is told")
  func hanging() throws {
    let hanging = try engine("sleep 100", patience: 0.2)
    let stopped = #expect(throws: EngineError.self) { try hanging.ask(Describe()) }
    #expect(
      stopped?.problem.contains("said nothing for 0.2 s while asked to describe, and was stopped")
        == true)
    #expect(!FileManager.default.fileExists(atPath: hanging.exchange.path))
    #expect(throws: EngineError.self) { try hanging.ask(Describe()) }
    let none = try EngineProcess(
      ["/no/such/program"], in: FileManager.default.temporaryDirectory, number: 0, patience: 20)
    let error = #expect(throws: EngineError.self) { try none.ask(Describe()) }
    #expect(error.map { "\($0)" }?.contains("/no/such/program") == true)
    #expect(
      error.map { "\($0)" }?.contains("ended with status 127") == true,
      "\(String(describing: error))")
  }

  @Test(
    "a description that no suite could run with is told",
    arguments: [
      ("\"protocol\": 1", "\"protocol\": 2", "it speaks version 2 of the protocol"),
      ("[2, 3]", "[2, 0]", "w has shape [2, 0]"),
      ("[2, 3]", "[6]", "w is told to be prunable; weights of two or more dimensions are"),
      ("\"prunable\": true", "\"prunable\": false", "no tensor is prunable"),
      ("\"train\": 8", "\"train\": 0", "it tells of 0 training and 4 test examples"),
      ("\"batch-size\": 4", "\"batch-size\": 9", "its batch size of 9 is not from 1 to its 8"),
      ("\"classes\": null", "\"classes\": 1", "it tells of 1 classes"),
    ])
  func descriptions(old: String, new: String, sentence: String) throws {
    let text = Self.description.replacing(old, with: new)
    let description = try JSONDecoder().decode(EngineDescription.self, from: Data(text.utf8))
    #expect(description.problem?.contains(sentence) == true, "\(description.problem ?? "none")")
  }
}
