import Engines
import Foundation
import Laboratory
import Recipes
import Wording

/// A user's program at work for one worker: started when it is first asked, and anew where a signal ended it.
final class EngineSession {
  /// The program, and what it says of itself.
  let specification: EngineSpecification
  private let folder: URL
  private let patience: Double
  private let number: Int
  private var process: EngineProcess?

  /// After so many deaths in a row by signals a question counts as their cause.
  private static let deathsAllowed = 4

  /// A program that runs as `settings` say.
  init(_ specification: EngineSpecification, _ settings: WorkerSettings) {
    self.specification = specification
    folder = URL(fileURLWithPath: settings.folder)
    patience = settings.patience
    number = WorkerEnvironment.number
  }

  /// Asks the program; one that is killed is started again and asked once more.
  func ask<Verb: EngineVerb>(_ verb: Verb, progress: (Double) -> Void = { _ in }) throws
    -> Verb.Answer
  {
    var deaths = 0
    while true {
      do {
        return try running().ask(verb, progress: progress)
      } catch let error as EngineError {
        process = nil
        guard error.wasKilled, deaths < Self.deathsAllowed else { throw error }
        deaths += 1
      }
    }
  }

  /// Lets the program go; the next question starts it anew.
  func end() { process = nil }

  private func running() throws -> EngineProcess {
    if let process { return process }
    try specification.command.requireUnchangedFiles(in: folder)
    let started = try EngineProcess(
      specification.arguments, in: folder, number: number, patience: patience)
    let found = try started.ask(Describe())
    if let difference = specification.description.difference(to: found) {
      throw failure(
        "describes itself otherwise than when the suite was planned: \(difference); run the suite again"
      )
    }
    process = started
    return started
  }

  /// What is wrong with the program, in a sentence.
  func failure(_ problem: String) -> EngineError {
    EngineError(command: specification.arguments, problem: problem)
  }

  /// What is wrong with something that it wrote to `folder`.
  func failure(_ problem: String, in folder: URL, _ error: any Error) -> EngineError {
    let words = "\(error)".replacing(folder.path + "/", with: "")
    return failure("\(problem): \(words)")
  }
}

extension EngineDescription {
  /// The first thing that `other` says otherwise; `nil` where both say the same.
  fileprivate func difference(to other: EngineDescription) -> String? {
    func words(
      _ what: String, _ own: some CustomStringConvertible, _ others: some CustomStringConvertible
    )
      -> String?
    {
      own.description == others.description
        ? nil : "\(what) \(others.description.printable), then \(own.description.printable)"
    }
    guard self != other else { return nil }
    return words("framework", framework, other.framework)
      ?? words("device", device, other.device)
      ?? words("deterministic", deterministic, other.deterministic)
      ?? words("batch size", batchSize, other.batchSize)
      ?? words("metric", metric.name, other.metric.name)
      ?? words("number of tensors", tensors.count, other.tensors.count)
      ?? zip(tensors, other.tensors).first { $0 != $1 }.flatMap {
        words("a tensor", "\($0.name) \($0.shape)", "\($1.name) \($1.shape)")
      } ?? "it has other examples or verbs"
  }
}
