import Foundation
import Images
import Recipes
import Testing

@Suite struct DecodedImagesTests {
  /// Decodes a folder of `files`; `damage` may change files between the scan and the decoding.
  func decode(_ files: [String: Data], damage: [String: Data] = [:]) throws -> DecodedImages {
    try withTemporaryFolder { root in
      let folder = root.appending(path: "data")
      try write(files, to: folder)
      let scan = try ImageFolderScan(ImageFolder(listing: folder.path))
      try write(damage, to: folder)
      return try decoded(ImageFolder(listing: folder.path), scan, in: root)
    }
  }

  @Test func pngsComeBackAsTheyAre() throws {
    let files = smallFolder()
    let images = try decode(files)
    #expect(images.labels == [0, 0, 1, 1, 0, 1])
    // Class by class, training first: the seeds of `smallFolder`.
    let expected = [0, 1, 3, 4, 2, 5].flatMap {
      planes(picture(8, 6, channels: 3, seed: $0), channels: 3)
    }
    #expect(images.pixels == expected)
  }

  @Test(arguments: [1, 2, 3, 4]) func formsBecomeRGB(channels: Int) throws {
    var files = smallFolder()
    let pixels = picture(8, 6, channels: channels, seed: 2)
    files["train/ant/1.png"] = png(pixels, width: 8, height: 6, channels: channels)
    #expect(
      try decode(files).pixels.prefix(3 * 48) == planes(pixels, channels: channels)[...])
  }

  @Test func greyFoldersHaveOneChannel() throws {
    let pixels = picture(8, 6, channels: 1)
    let images = try decode(
      smallFolder().mapValues { _ in png(pixels, width: 8, height: 6, channels: 1) })
    #expect(images.pixels == Array(repeating: pixels, count: 6).flatMap(\.self))
  }

  @Test(arguments: [1, 3]) func jpegsComeCloseToWhatWentIn(channels: Int) throws {
    var files = smallFolder()
    let pixels = picture(8, 6, channels: channels)
    files["train/ant/1.png"] = jpeg(pixels, width: 8, height: 6, channels: channels)
    let decoded = try decode(files).pixels.prefix(3 * 48)
    let worst = zip(decoded, planes(pixels, channels: channels))
      .map { abs(Int($0.0) - Int($0.1)) }.max()!
    #expect(worst <= 4)
    files["train/ant/1.png"] = jpeg(
      pixels, width: 8, height: 6, channels: channels, quality: 5)
    let coarse = try decode(files).pixels.prefix(3 * 48)
    #expect(
      zip(coarse, planes(pixels, channels: channels)).contains { abs(Int($0.0) - Int($0.1)) > 4 })
  }

  private func problem(_ files: [String: Data], damage: [String: Data]) throws -> ImageError {
    do {
      _ = try decode(files, damage: damage)
    } catch let error as ImageError {
      return error
    }
    Issue.record("decoded")
    return .damaged([])
  }

  @Test func truncatedImagesAreAllNamed() throws {
    var files = smallFolder()
    let large = picture(8, 6, channels: 3)
    files["train/ant/j.jpg"] = jpeg(large, width: 8, height: 6, channels: 3)
    var truncated = files
    truncated["train/ant/j.jpg"] = files["train/ant/j.jpg"]!.dropLast(8)
    truncated["train/bee/2.png"] = files["train/bee/2.png"]!.dropLast(30)
    guard case .damaged(let damages) = try problem(truncated, damage: [:]) else {
      Issue.record("another error")
      return
    }
    try #require(
      damages.map { $0.file.suffix(15) } == ["train/ant/j.jpg", "train/bee/2.png"])
    #expect(damages[0].problem.hasPrefix("is a damaged JPEG ("))
    #expect(damages[1].problem.hasPrefix("is a damaged PNG ("))
  }

  @Test func aFolderThatChangedIsRefused() throws {
    let files = smallFolder()
    guard
      case .changed = try problem(
        files, damage: ["train/ant/1.png": files["train/ant/2.png"]!])
    else {
      Issue.record("another error")
      return
    }
  }

  @Test func filesOfOtherImagesAreRefused() throws {
    try withTemporaryFolder { root in
      try write(smallFolder(), to: root.appending(path: "data"))
      let folder = try ImageFolder(listing: root.appending(path: "data").path)
      let scan = try ImageFolderScan(folder)
      let sound = try decoded(folder, scan, in: root)
      let file = root.appending(path: "images.bytes")
      let bytes = try Data(contentsOf: file)
      #expect(
        bytes.count == 6 * (2 + 3 * 48) && bytes.suffix(144).elementsEqual(sound.pixels.suffix(144))
      )
      // A file is not written over.
      #expect(throws: ImageError.self) { try decoded(folder, scan, in: root) }
      for contents in [bytes.dropLast(), Data()] {
        try contents.write(to: file)
        #expect(
          throws: ImageError.unreadable(
            path: file.path, reason: "it does not hold the images of this suite")
        ) { try DecodedImages(readingFrom: file.path, specification: scan.specification) }
      }
      try FileManager.default.removeItem(at: file)
      #expect(
        throws: ImageError.unreadable(path: file.path, reason: "no such file or directory")
      ) { try DecodedImages(readingFrom: file.path, specification: scan.specification) }
    }
  }

  @Test func progressCountsUpToAll() throws {
    try withTemporaryFolder { root in
      try write(smallFolder(), to: root.appending(path: "data"))
      let folder = try ImageFolder(listing: root.appending(path: "data").path)
      let scan = try ImageFolderScan(folder)
      var counts: [Int] = []
      _ = try decoded(folder, scan, in: root) { counts.append($0) }
      #expect(counts == [4, 6])
    }
  }
}
