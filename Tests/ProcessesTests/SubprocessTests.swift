import Foundation
@testable import Processes
import Testing

@Suite struct SubprocessTests {
  @Test("output, status and signals come back")
  func outcomes() throws {
    let shell = { (line: String) in try Subprocess("sh", ["-c", line]).run() }
    #expect(try shell("echo one; exit 7").status == 7)
    #expect(try shell("echo one; exit 7").output == Data("one\n".utf8))
    #expect(try shell("kill -TERM $$").status == 128 + 15)
    #expect(try shell("head -c 1000000 /dev/zero").output.count == 1_000_000)
  }

  @Test("input, environment and errors are what was asked for")
  func streams() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "subprocess-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (input, errors) = (folder.appending(path: "in").path, folder.appending(path: "err").path)
    try Data("given".utf8).write(to: URL(fileURLWithPath: input))
    let outcome = try Subprocess(
      "/bin/sh", ["-c", "cat; echo \"$A\"; echo wrong >&2"],
      environment: ["A": "b", "PATH": "/bin:/usr/bin"],
      input: input, errors: .file(errors)
    ).run()
    #expect(String(decoding: outcome.output, as: UTF8.self) == "givenb\n")
    #expect(try String(contentsOfFile: errors, encoding: .utf8) == "wrong\n")
    #expect(try Subprocess("cat", []).run().output.isEmpty, "nothing is read unless it is given")
  }

  @Test("what the system has forgotten is no success")
  func forgotten() async {
    await #expect(processExitsWith: .success) {
      signal(SIGCHLD, SIG_IGN)
      let status = try Subprocess("true", []).run().status
      #expect(status == -1)
    }
  }

  @Test("a program that is not there is told")
  func missing() {
    #expect(throws: Subprocess.NotStarted(program: "/no/such/program", code: 2)) {
      try Subprocess("/no/such/program", []).run()
    }
    #expect(
      Subprocess.NotStarted(program: "p", code: 11).description
        == "p could not be started: Resource temporarily unavailable")
  }
}
