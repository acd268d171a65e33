import Foundation
import Images
import Recipes
import Testing

@Suite struct DecodedImagesTests {
  /// Decodes a folder of `files`; `damage` may change files between the scan and the decoding.
  func decode(
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

  @Test func foldersInThePlaceOfFilesAreReplaced() throws {
    try withTemporaryFolder { root in
      let (folder, cache) = (root.appending(path: "data").path, root.appending(path: "cache").path)
      try write(smallFolder(), to: URL(filePath: folder))
      let scan = try ImageFolderScan(ImageFolder(listing: folder))
      let path = DecodedImages.path(of: scan.digest, in: cache)
      for name in [path, "\(path).partial"] {
        try? FileManager.default.removeItem(atPath: path)
        try write(["left/here": Data()], to: URL(filePath: name))
        _ = try DecodedImages.prepare(
          ImageFolder(listing: folder), scan.specification, digest: scan.digest, in: cache)
        #expect(DecodedImages.isWhole(path))
        #expect(try FileManager.default.contentsOfDirectory(atPath: cache).count == 1)
      }
    }
  }

  @Test func whoeverWaitsForAnotherProcessIsTold() throws {
    try withTemporaryFolder { root in
      let (folder, cache) = (root.appending(path: "data").path, root.appending(path: "cache").path)
      try write(smallFolder(), to: URL(filePath: folder))
      let scan = try ImageFolderScan(ImageFolder(listing: folder))
      let path = DecodedImages.path(of: scan.digest, in: cache)
      try write(["\(scan.digest).images.partial": Data()], to: URL(filePath: cache))
      let other = open("\(path).partial", O_WRONLY | O_CLOEXEC)
      try #require(flock(other, LOCK_EX) == 0)
      var told: [String] = []
      _ = try DecodedImages.prepare(
        ImageFolder(listing: folder), scan.specification, digest: scan.digest, in: cache
      ) { _ in
      } waiting: { partial, _ in
        told.append(partial)
        if told.count == 2 { close(other) }
      }
      #expect(told == ["\(path).partial", "\(path).partial"])
      #expect(DecodedImages.isWhole(path))
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
      let foreign =
        "CACHE: does not hold the images of this suite; run again, which decodes the images anew"
      #expect(try problem(sound) == nil)
      #expect(try problem(sound.dropLast()) == foreign)
      #expect(try problem(Data()) == foreign)
      var changed = sound
      changed[20] ^= 1
      #expect(try problem(changed) == foreign)
      changed = sound
      changed[sound.count - 40] ^= 1
      #expect(try problem(changed) == "CACHE: is damaged; run again, which decodes the images anew")
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
