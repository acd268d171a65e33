import Foundation
import Images
import Recipes
import Testing

@Suite struct DecodedImagesTests {
  /// Decodes a folder of `files`; `damage` may change files between the scan and the decoding.
  private func decode(
    _ files: [String: Data], damage: [String: Data] = [:],
    then body: (_ path: String, ImageFolderScan, _ cache: URL) throws -> Void = { _, _, _ in }
  ) throws -> DecodedImages {
    try withTemporaryFolder { root in
      let (folder, cache) = (root.appending(path: "data"), root.appending(path: "a/cache"))
      try write(files, to: folder)
      let scan = try ImageFolderScan(ImageFolder(listing: folder.path))
      try write(damage, to: folder)
      do {
        let path = try DecodedImages.prepare(
          ImageFolder(listing: folder.path), scan.specification, digest: scan.digest,
          in: cache.path)
        #expect(path == DecodedImages.path(of: scan.digest, in: cache.path))
        try body(path, scan, cache)
        return try DecodedImages(
          readingFrom: path, specification: scan.specification, digest: scan.digest)
      } catch {
        // Whatever goes wrong leaves nothing behind that could pass for the images.
        #expect(try FileManager.default.contentsOfDirectory(atPath: cache.path).isEmpty)
        throw error
      }
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

  /// Bytes that nothing reads, between the last data of a JPEG and its end.
  private func stuffed(_ jpeg: Data, _ count: Int = 40) -> Data {
    jpeg.dropLast(2) + [UInt8](repeating: 7, count: count) + [0xFF, 0xD9]
  }

  @Test func jpegsThatTheLibraryWarnsOfAreReadAndCounted() throws {
    var files = smallFolder()
    let pixels = picture(8, 6, channels: 3)
    let sound = jpeg(pixels, width: 8, height: 6, channels: 3)
    files["train/ant/1.png"] = sound
    let expected = try decode(files).pixels
    #expect(try scan(files).warned == nil)
    files["train/ant/1.png"] = stuffed(sound)
    #expect(try decode(files).pixels == expected)
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
    #expect(try decode(files).pixels == expected)
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

  @Test func whatIsThereIsNotDecodedAgain() throws {
    let files = smallFolder()
    _ = try decode(files) { path, scan, cache in
      let written = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber]
      let again = try DecodedImages.prepare(
        ImageFolder(
          listing: cache.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "data").path),
        scan.specification, digest: scan.digest, in: cache.path
      ) { _ in Issue.record("decoded again") }
      #expect(again == path)
      let after = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber]
      #expect(written as? Int == after as? Int)
      #expect(try FileManager.default.contentsOfDirectory(atPath: cache.path).count == 1)
    }
  }

  @Test func processesThatWantTheSameFolderAgree() throws {
    try withTemporaryFolder { root in
      let folder = root.appending(path: "data").path
      let cache = root.appending(path: "cache").path
      try write(smallFolder(), to: URL(filePath: folder))
      let scan = try ImageFolderScan(ImageFolder(listing: folder))
      nonisolated(unsafe) var paths = [String?](repeating: nil, count: 4)
      DispatchQueue.concurrentPerform(iterations: 4) { index in
        let path = try? DecodedImages.prepare(
          ImageFolder(listing: folder), scan.specification, digest: scan.digest, in: cache)
        paths.withUnsafeMutableBufferPointer { $0[index] = path }
      }
      #expect(paths == Array(repeating: DecodedImages.path(of: scan.digest, in: cache), count: 4))
      #expect(try FileManager.default.contentsOfDirectory(atPath: cache).count == 1)
      _ = try DecodedImages(
        readingFrom: paths[0]!, specification: scan.specification, digest: scan.digest)
    }
  }

  @Test func damagedCacheFilesAreDecodedAnew() throws {
    try withTemporaryFolder { root in
      let folder = root.appending(path: "data").path
      try write(smallFolder(), to: URL(filePath: folder))
      let scan = try ImageFolderScan(ImageFolder(listing: folder))
      func prepare() throws -> (path: String, problems: [String], decoded: Bool) {
        var (problems, isDecoded) = ([String](), false)
        let path = try DecodedImages.prepare(
          ImageFolder(listing: folder), scan.specification, digest: scan.digest,
          in: root.appending(path: "cache").path
        ) { _ in
          isDecoded = true
        } redoing: {
          problems.append($0)
        }
        return (path, problems, isDecoded)
      }
      let (path, first, _) = try prepare()
      #expect(first == [])
      let sound = try Data(contentsOf: URL(filePath: path))
      let (_, second, isDecodedAgain) = try prepare()
      #expect(second == [] && !isDecodedAgain)
      var pixel = sound
      pixel[sound.count - 40] ^= 1
      var head = sound
      head[20] ^= 1
      let foreign = "\(path) does not hold the images of this suite"
      for (damaged, problem) in [
        (pixel, "\(path) is damaged"), (head, foreign), (sound.dropLast(), foreign),
        (Data(), foreign),
      ] {
        try damaged.write(to: URL(filePath: path))
        let (again, problems, isDecoded) = try prepare()
        #expect(again == path && problems == [problem] && isDecoded)
        #expect(try Data(contentsOf: URL(filePath: path)) == sound)
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: "\(root.path)/cache").count == 1)
      }
      // Four processes find the same damage and agree.
      try pixel.write(to: URL(filePath: path))
      nonisolated(unsafe) var paths = [String?](repeating: nil, count: 4)
      DispatchQueue.concurrentPerform(iterations: 4) { index in
        let path = try? DecodedImages.prepare(
          ImageFolder(listing: folder), scan.specification, digest: scan.digest,
          in: root.appending(path: "cache").path)
        paths.withUnsafeMutableBufferPointer { $0[index] = path }
      }
      #expect(paths == Array(repeating: path, count: 4))
      #expect(try Data(contentsOf: URL(filePath: path)) == sound)
    }
  }

  @Test func damagedCacheFilesAreRefused() throws {
    _ = try decode(smallFolder()) { path, scan, _ in
      let sound = try Data(contentsOf: URL(filePath: path))
      func problem(_ contents: Data) throws -> String? {
        try contents.write(to: URL(filePath: path))
        do throws(ImageError) {
          _ = try DecodedImages(
            readingFrom: path, specification: scan.specification, digest: scan.digest)
          return nil
        } catch {
          return error.description.replacing(path, with: "CACHE")
        }
      }
      let foreign = "CACHE: does not hold the images of this suite; delete the file and run again"
      #expect(try problem(sound) == nil)
      #expect(try problem(sound.dropLast()) == foreign)
      #expect(try problem(Data()) == foreign)
      var changed = sound
      changed[20] ^= 1
      #expect(try problem(changed) == foreign)
      changed = sound
      changed[sound.count - 40] ^= 1
      #expect(try problem(changed) == "CACHE: is damaged; delete the file and run again")
      try sound.write(to: URL(filePath: path))
    }
  }

  @Test func progressCountsUpToAll() throws {
    try withTemporaryFolder { root in
      try write(smallFolder(), to: root.appending(path: "data"))
      let folder = try ImageFolder(listing: root.appending(path: "data").path)
      let scan = try ImageFolderScan(folder)
      var counts: [Int] = []
      _ = try DecodedImages.prepare(
        folder, scan.specification, digest: scan.digest, in: root.appending(path: "c").path
      ) { counts.append($0) }
      #expect(counts.last == 6 && counts == counts.sorted())
    }
  }
}

private let realFolder = ProcessInfo.processInfo.environment["ESPALIER_DATA"]
  .flatMap { FileManager.default.fileExists(atPath: "\($0)/cifar10-images") ? $0 : nil }

/// JPEGs of a real dataset, where a machine has them.
@Suite(
  .enabled(
    if: realFolder != nil,
    "set ESPALIER_DATA to a folder with cifar10-images and cifar-10-batches-bin to run these"))
struct RealImagesTests {
  /// The batches hold the same JPEGs as Pillow decodes them, in another order.
  @Test func pixelsAreThoseThatPillowReads() throws {
    let root = try #require(realFolder)
    try withTemporaryFolder { cache in
      let folder = try ImageFolder(listing: "\(root)/cifar10-images")
      let scan = try ImageFolderScan(folder)
      #expect(scan.specification.train == 50_000 && scan.specification.test == 10_000)
      #expect(scan.specification.shape == ExampleShape(channels: 3, height: 32, width: 32))
      let path = try DecodedImages.prepare(
        folder, scan.specification, digest: scan.digest, in: cache.path)
      let images = try DecodedImages(
        readingFrom: path, specification: scan.specification, digest: scan.digest)
      let ours = (50_000..<60_000).map { image in
        Data([UInt8(images.labels[image])] + images.pixels[(image * 3072)..<((image + 1) * 3072)])
      }
      let batch = try Data(
        contentsOf: URL(filePath: "\(root)/cifar-10-batches-bin/test_batch.bin"))
      let theirs = stride(from: 0, to: batch.count, by: 3073).map { Data(batch[$0..<($0 + 3073)]) }
      #expect(Set(ours) == Set(theirs))
    }
  }
}
