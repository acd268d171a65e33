import Foundation
import Images
import Testing

/// What libjpeg warns of, and what is damaged.
@Suite struct JPEGTests {
  /// Bytes that nothing reads, between the last data of a JPEG and its end.
  private func stuffed(_ jpeg: Data, _ count: Int = 40) -> Data {
    jpeg.dropLast(2) + [UInt8](repeating: 7, count: count) + [0xFF, 0xD9]
  }

  @Test func jpegsThatTheLibraryWarnsOfAreReadAndCounted() throws {
    var files = smallFolder()
    let pixels = picture(8, 6, channels: 3)
    let sound = jpeg(pixels, width: 8, height: 6, channels: 3)
    files["train/ant/1.png"] = sound
    let expected = try DecodedImagesTests().decode(files).pixels
    #expect(try scan(files).warned == nil)
    files["train/ant/1.png"] = stuffed(sound)
    #expect(try DecodedImagesTests().decode(files).pixels == expected)
    files["train/bee/1.png"] = stuffed(sound, 50)
    let warned = try #require(try scan(files).warned)
    #expect(warned.count == 2 && warned.first == "train/ant/1.png")
    // The last data are read some bytes ahead, which the library does not count.
    #expect(warned.words.hasPrefix("Corrupt JPEG data: "))
    #expect(warned.words.hasSuffix(" extraneous bytes before marker 0xd9"))
    // A revision of JFIF that was never published, told while the header is read.
    var unknown = sound
    unknown[try #require(sound.range(of: Data("JFIF\0".utf8))).upperBound] = 9
    files = smallFolder()
    files["train/ant/1.png"] = unknown
    #expect(try DecodedImagesTests().decode(files).pixels == expected)
    #expect(
      try scan(files).warned?.words == "Warning: unknown JFIF revision number 9.01")
  }

  private func scan(_ files: [String: Data]) throws -> ImageFolderScan {
    try withTemporaryFolder { folder in
      try write(files, to: folder)
      return try ImageFolderScan(ImageFolder(listing: folder.path))
    }
  }

  @Test func damageIsFoundBeforeAnythingRuns() throws {
    let sound = jpeg(picture(64, 48, channels: 3), width: 64, height: 48, channels: 3)
    var unknown = sound
    unknown[try #require(sound.range(of: Data("JFIF\0".utf8))).upperBound] = 9
    let whole = png(picture(64, 48, channels: 3), width: 64, height: 48, channels: 3)
    var flipped = whole
    flipped[whole.count / 2] ^= 0x55
    for (damaged, words) in [
      (sound.dropLast(2), "is a damaged JPEG (Premature end of JPEG file)"),
      (sound.prefix(sound.count / 2), "is a damaged JPEG (Premature end of JPEG file)"),
      // A warning of what is skipped hides a second one, that the data then end too early.
      (
        unknown.prefix(sound.count / 2),
        "is a damaged JPEG (Warning: unknown JFIF revision number 9.01)"
      ),
      (
        sound.prefix(sound.count / 2) + [0xFF, 0xD9],
        "is a damaged JPEG (Corrupt JPEG data: premature end of data segment)"
      ),
      (whole.dropLast(60), "is a damaged PNG (ends too early)"),
      (flipped, "is a damaged PNG ("),
    ] {
      let files = ["train/a/1.png", "train/b/1.png", "test/a/1.png", "test/b/1.png"]
      let contents = Dictionary(
        uniqueKeysWithValues: files.map { ($0, $0 == "test/a/1.png" ? Data(damaged) : whole) })
      let error = #expect(throws: ImageError.self) { try scan(contents) }
      guard case .damaged(let damages) = error else {
        Issue.record("\(words): \(String(describing: error))")
        continue
      }
      #expect(damages.map { $0.file.hasSuffix("/test/a/1.png") } == [true])
      #expect(damages[0].problem.hasPrefix(words), "\(damages[0].problem)")
    }
  }
}
