import Randomness
import Testing

@testable import Statistics

@Suite struct AnswersTests {
  @Test(arguments: [0, 1, 63, 64, 65, 200])
  func holdsOneBitPerExample(count: Int) {
    var stream = RandomStream(StreamPath(seed: 26) / "answers" / "\(count)")
    let right = (0..<count).map { _ in stream.uniform() < 0.4 }
    let answers = Answers(right)
    #expect(answers.count == count)
    #expect(answers.rightCount == right.count { $0 })
    #expect(answers.words.count == (count + 63) / 64)
    for index in right.indices {
      #expect((answers.words[index / 64] >> UInt64(index % 64) & 1 == 1) == right[index])
    }
  }

  @Test func differWhereOneAnswerDoes() {
    #expect(Answers([true, false]) == Answers([true, false]))
    #expect(Answers([true, false]) != Answers([true, true]))
    #expect(Answers([true]) != Answers([true, false]))
  }
}
