import Foundation
package import Laboratory
import Recipes

extension Records {
  /// Which examples of the test split the state with `key` gets right, in their order; `nil` where the store does not
  /// have that.
  package func rightTestExamples(of key: Key) -> [Bool]? {
    guard let store, let state: StateResult = try? result(of: key),
      let count = state.outcome.found?.test.count,
      let path = try? store.verifiedFile(ArtifactFile.right, of: key),
      let file = try? Data(contentsOf: URL(fileURLWithPath: path)),
      let header = try? SafetensorsHeader(file: file),
      let entry = header.entries.first(where: { $0.name == "test" }),
      entry.range.count == (count + 7) / 8
    else { return nil }
    let bytes = [UInt8](file.dropFirst(header.dataStart + entry.range.lowerBound))
    return (0..<count).map { example in
      let bit: UInt8 = 1 << UInt8(example % 8)
      return bytes[example / 8] & bit != 0
    }
  }
}
