import Datasets
import Randomness
import Testing

@Suite struct DataOrderTests {
  private let path = StreamPath(seed: 3) / "order"
  private let indices = (0..<50).map { Int32(2 * $0) }

  private func order(batchSize: Int = 8, path: StreamPath? = nil) -> DataOrder {
    DataOrder(path: path ?? self.path, count: 50, batchSize: batchSize)
  }

  @Test func everyEpochIsAPermutation() {
    for epoch in [0, 1, 2, 1000] {
      let visits = order().epoch(epoch, of: indices)
      #expect(visits.sorted() == indices)
      #expect(visits != indices)
    }
  }

  @Test func epochsDiffer() {
    #expect(Set((0..<20).map { order().epoch($0, of: indices) }).count == 20)
  }

  @Test func anEpochDependsOnItsNumberAloneWhateverRanBefore() {
    let late = order().epoch(7, of: indices)
    let used = order()
    for epoch in [3, 7, 0] { _ = used.epoch(epoch, of: indices) }
    #expect(used.epoch(7, of: indices) == late)
    #expect(order(batchSize: 3).epoch(7, of: indices) == late)
    #expect(order(path: StreamPath(seed: 4) / "order").epoch(7, of: indices) != late)
  }

  @Test(arguments: [(1, 50), (7, 8), (25, 2), (49, 2), (50, 1), (51, 1)])
  func batchesCoverAnEpochOnce(batchSize: Int, batches: Int) {
    let order = order(batchSize: batchSize)
    #expect(order.batchesPerEpoch == batches)
    let ranges = (0..<batches).map { order.range(ofBatch: $0) }
    #expect(ranges.flatMap { Array($0) } == Array(0..<50))
    #expect(ranges.dropLast().allSatisfy { $0.count == batchSize })
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = DataOrder(path: StreamPath(seed: 1), count: 0, batchSize: 8)
    }
    await #expect(processExitsWith: .failure) {
      _ = DataOrder(path: StreamPath(seed: 1), count: 3, batchSize: 8).epoch(0, of: [1])
    }
  }
}
