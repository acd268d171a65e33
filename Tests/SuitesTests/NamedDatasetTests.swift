import Foundation
import Recipes
import Testing

@testable import Suites

@Suite("NamedDataset")
struct NamedDatasetTests {
  private func message(_ text: String, data: [URL] = []) -> String {
    do {
      _ = try NamedDataset(reading: text, dataFolders: data)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("names and mappings; nothing is held out unless they say so")
  func reads() throws {
    let digits = try NamedDataset(reading: "digits", dataFolders: []).specification
    #expect(
      digits.source == DatasetSource(.digits) && digits.validation == 0 && digits.trainCount == 1440
    )
    #expect(digits.normalization == DatasetSource(.digits).defaultNormalization)
    let some = try NamedDataset(reading: "{name: digits, validation: 40}", dataFolders: [])
    #expect(some.specification.validation == 40)
    let mixture = try NamedDataset(
      reading: "{name: gaussian-mixture, classes: 4, dimension: 16, train: 400, test: 200}",
      dataFolders: [])
    #expect(mixture.specification.trainCount == 400 && mixture.paths.isEmpty)
  }

  @Test("what cannot be")
  func refuses() {
    #expect(
      message("digit").contains("--dataset:1: unknown dataset `digit`; did you mean `digits`?"))
    #expect(message("{name: [").contains("malformed YAML"))
    #expect(message("").contains("--dataset:1:"))
    #expect(message("gaussian-mixture").contains("its size too"))
    #expect(message("mnist").contains("name their folder by --data DIR or ESPALIER_DATA"))
    #expect(
      message("{name: none, channels: 1, height: 2, width: 2, classes: 2}")
        .contains("commands that need examples"))
    #expect(message("{name: digits, flip: true}").contains("unknown key"))
  }
}
