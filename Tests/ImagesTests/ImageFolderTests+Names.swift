import Foundation
import Glibc
import Images
import Recipes
import Testing

/// Names that are another text, or none, in their bytes.
extension ImageFolderTests {
  /// é in one code point, and as e with an accent.
  private static let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")

  @Test func classesThatLookAlikeAreToldApartByTheirBytes() throws {
    for split in ["train", "test"] {
      // Dictionaries take both for one key.
      let image = try #require(smallFolder()["train/ant/1.png"])
      let message = try withTemporaryFolder { folder in
        try write(smallFolder(), to: folder)
        for name in [Self.composed, Self.decomposed] {
          try write(["\(split)/\(name)/1.png": image], to: folder)
        }
        try write(["train/\(Self.composed)/1.png": image], to: folder)
        return #expect(throws: ImageError.self) {
          try ImageFolderScan(ImageFolder(listing: folder.path))
        }?.description.replacing(folder.path, with: "ROOT")
      }
      #expect(
        message
          == "ROOT/\(split): two classes are called `café`, in the bytes 63 61 66 65 cc 81 and in "
          + "63 61 66 c3 a9; rename one, or put their images together")
    }
  }

  @Test func splitsInOneFormEachArePairs() throws {
    var files: [String: Data] = [:]
    for (path, data) in smallFolder() {
      let name = path.hasPrefix("train") ? Self.composed : Self.decomposed
      files[path.replacing("bee", with: name)] = data
    }
    let scan = try scan(files)
    #expect(scan.specification.train == 4 && scan.specification.test == 2)
    #expect(scan.classes == ["ant", Self.composed] && scan.trainingCounts == [2, 2])
    #expect(Array(scan.classes[1].utf8) == Array(Self.composed.utf8))
  }

  @Test func filesThatLookAlikeAreBothRead() throws {
    let files = smallFolder()
    try withTemporaryFolder { folder in
      // Dictionaries take both for one key.
      try write(files, to: folder)
      for (name, data) in [
        (Self.composed, "train/bee/1.png"), (Self.decomposed, "train/bee/2.png"),
      ] {
        try write(["train/ant/\(name).png": files[data]!], to: folder)
      }
      let scan = try ImageFolderScan(ImageFolder(listing: folder.path))
      #expect(scan.specification.train == 6)
    }
  }

  @Test func namesThatAreNoTextAreTold() throws {
    let latin: [CChar] = Array("caf".utf8CString.dropLast()) + [CChar(bitPattern: 0xE9)]
    for place in ["train", "test", "train/ant"] {
      let message = try withTemporaryFolder { folder in
        try write(smallFolder(), to: folder)
        let path = Array("\(folder.path)/\(place)/".utf8CString.dropLast()) + latin + [0]
        try #require(mkdir(path, 0o700) == 0)
        return #expect(throws: ImageError.self) { try ImageFolder(listing: folder.path) }?
          .description.replacing(folder.path, with: "ROOT")
      }
      #expect(
        message
          == "ROOT/\(place): holds `caf\u{FFFD}`, in the bytes 63 61 66 e9, which are no UTF-8; rename "
          + "it")
    }
  }
}
