import Synchronization

/// Remembers the last answer to a question: a plan asks the same about one problem for each of its artifacts.
package final class LastAnswer<Question: Equatable & Sendable, Answer: Sendable>: Sendable {
  private let last = Mutex<(question: Question, answer: Answer)?>(nil)

  /// Nothing was asked.
  package init() {}

  /// The answer to `question`; found anew where it is not the last one.
  package func callAsFunction(_ question: Question, find: () throws -> Answer) rethrows -> Answer {
    if let last = last.withLock({ $0 }), last.question == question { return last.answer }
    let answer = try find()
    last.withLock { $0 = (question, answer) }
    return answer
  }
}
