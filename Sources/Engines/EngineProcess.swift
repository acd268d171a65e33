package import Foundation
import Processes
import Recipes
import Wording

/// A program that trains, kept alive: questions are lines of JSON on its standard input, and lines on its standard
/// output are answers.
///
/// Not `Sendable`: one question at a time, on one thread.
package final class EngineProcess {
  private let command: [String]
  /// Seconds without a line after which it counts as hanging.
  private let patience: Double
  private let program: SupervisedProgram
  private var requests, answers: Int32
  private var received = Data()
  private var asked = 0
  private var ending: SupervisedProgram.Ending?

  /// Where files are exchanged; gone with the program.
  package var exchange: URL { program.exchange }

  /// Starts `command` in `folder`.
  ///
  /// - Parameters:
  ///   - command: the program and its arguments.
  ///   - folder: where it runs.
  ///   - number: the process' number among those of a suite, for programs that share out devices.
  ///   - patience: seconds that may pass without a line.
  package init(_ command: [String], in folder: URL, number: Int, patience: Double) throws {
    self.command = command
    self.patience = patience
    do {
      program = try SupervisedProgram(
        { exchange in
          let environment = [
            "ESPALIER_ENGINE=\(EngineDescription.version)", "ESPALIER_PROCESS=\(number)",
          ]
          let shell = "exec \"$@\" < \"$0/requests\" > \"$0/answers\""
          return ["env"] + environment + ["sh", "-c", shell, exchange.path] + command
        }, seconds: Self.lifetime, in: folder)
    } catch {
      throw EngineError(
        command: command, problem: error.words(SystemReason.words))
    }
    (requests, answers) = (-1, -1)
    requests = try fifo("requests", O_RDWR)
    answers = try fifo("answers", O_RDONLY | O_NONBLOCK)
    program.start()
  }

  /// Longer than any suite; it ends with this process.
  private static let lifetime = 1e9

  private func fifo(_ name: String, _ flags: Int32) throws -> Int32 {
    let path = exchange.appendingPathComponent(name).path
    guard mkfifo(path, 0o600) == 0 else {
      throw failure("cannot be reached (\(SystemReason.words(ofCode: errno)))")
    }
    let file = open(path, flags | O_CLOEXEC)
    guard file >= 0 else {
      throw failure("cannot be reached (\(SystemReason.words(ofCode: errno)))")
    }
    return file
  }

  deinit { end() }

  /// Lets the program go, and waits until it has.
  package func end() {
    for file in [requests, answers] where file >= 0 { close(file) }
    (requests, answers) = (-1, -1)
    program.end()
  }

  /// Asks, and waits for the answer; `progress` hears the share that is done.
  package func ask<Verb: EngineVerb>(_ verb: Verb, progress: (Double) -> Void = { _ in }) throws
    -> Verb.Answer
  {
    asked += 1
    var line = try JSONEncoder().encode(Request(id: asked, verb: verb))
    line.append(UInt8(ascii: "\n"))
    try send(line)
    while true {
      let reply = try reply(to: Verb.self)
      guard reply.id == asked else {
        throw failure(
          "answered \(reply.id.map { "question \($0)" } ?? "no question") where question \(asked), `\(Verb.name)`,"
            + " was asked; it must answer in turn")
      }
      if let error = reply.error { throw failure("cannot \(Verb.name): \(error.printable)") }
      if let answer = reply.answer { return answer }
      progress(min(max(reply.progress ?? 0, 0), 1))
    }
  }

  private func send(_ line: Data) throws {
    var rest = line[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(requests, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw endedFailure("") }
      rest = rest.dropFirst(count)
    }
  }

  private func reply<Verb: EngineVerb>(to _: Verb.Type) throws -> Reply<Verb.Answer> {
    let line = try nextLine(for: Verb.name)
    do {
      return try JSONDecoder().decode(Reply<Verb.Answer>.self, from: line)
    } catch {
      let text = String(decoding: line.prefix(120), as: UTF8.self).printable
      throw failure(
        "answered `\(Verb.name)` with `\(text)`\(Self.words(error)); answers are lines of JSON as ENGINE.md has them, and"
          + " whatever else it prints belongs on standard error")
    }
  }

  /// The next line of its standard output.
  private func nextLine(for verb: String) throws -> Data {
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        defer { received = Data(received[(end + 1)...]) }
        return Data(received[..<end])
      }
      var wait = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, Int32(min(patience * 1000, 2e9)))
      if ready < 0, errno == EINTR { continue }
      guard ready != 0 else {
        let failure = failure(
          "said nothing for \(Format.significant(patience)) s while asked to \(verb), and was stopped; raise its"
            + " `timeout`, or let it tell its progress")
        end()
        throw failure
      }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(answers, &buffer, buffer.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { throw endedFailure(" while asked to \(verb)") }
      received += buffer[..<count]
    }
  }

  /// That it ended, and when.
  private func endedFailure(_ occasion: String) -> EngineError {
    let ending = self.ending ?? program.ending()
    self.ending = ending
    let wasKilled =
      switch ending {
      case .killed, .lost: true
      case .exited, .late, .refused: false
      }
    return failure(ending.words + occasion, wasKilled: wasKilled)
  }

  private func failure(_ problem: String, wasKilled: Bool = false) -> EngineError {
    EngineError(
      command: command, problem: problem, lastWords: program.lastWords, wasKilled: wasKilled)
  }

  private static func words(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "" }
    let (context, missing): (DecodingError.Context, String?) =
      switch error {
      case .keyNotFound(let key, let context): (context, key.stringValue)
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .dataCorrupted(let context):
        (context, nil)
      @unknown default: (.init(codingPath: [], debugDescription: ""), nil)
      }
    let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }
      .joined()
    if let missing { return ", which lacks `\(missing)`" }
    return path.isEmpty ? "" : ", whose \(path.drop { $0 == "." }) is not what the protocol says"
  }
}

/// A question with its number.
private struct Request<Verb: EngineVerb>: Encodable {
  let id: Int
  let verb: Verb

  private enum CodingKeys: CodingKey { case id, verb }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(Verb.name, forKey: .verb)
    try verb.encode(to: encoder)
  }
}

/// One line of a program.
private struct Reply<Answer: Decodable>: Decodable {
  let id: Int?
  let progress: Double?
  let answer: Answer?
  let error: String?
}
