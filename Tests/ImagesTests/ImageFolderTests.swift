import Foundation
import Glibc
import Images
import Recipes
import Testing

@Suite struct ImageFolderTests {
  func scan(_ files: [String: Data]) throws -> ImageFolderScan {
    try withTemporaryFolder { folder in
      try write(files, to: folder)
      return try ImageFolderScan(ImageFolder(listing: folder.path))
    }
  }

  /// The message for a folder of `files`, in which the folder's own path is left out.
  private func problem(_ files: [String: Data]) throws -> String? {
    try withTemporaryFolder { folder in
      try write(files, to: folder)
      do throws(ImageError) {
        _ = try ImageFolderScan(ImageFolder(listing: folder.path))
        return nil
      } catch {
        return error.description.replacing(folder.path, with: "ROOT")
      }
    }
  }

  @Test func classesShapeAndCountsComeFromTheFolder() throws {
    for test in ["test", "val"] {
      let scan = try scan(smallFolder(test: test))
      #expect(
        scan.specification
          == ImageFolderSpecification(
            classes: 2, shape: ExampleShape(channels: 3, height: 6, width: 8), train: 4, test: 2,
            converted: 0))
      #expect(scan.digest.count == 64)
    }
  }

  @Test func theDigestIsOfNamesAndContentsAndNothingElse() throws {
    let files = smallFolder()
    let digest = try scan(files).digest
    #expect(try scan(files).digest == digest)
    var other = files
    other["train/ant/notes.txt"] = Data("boxes".utf8)
    other["train/ant/.hidden.png"] = Data()
    other["train/readme.md"] = Data()
    #expect(try scan(other).digest == digest)
    other = files
    other["train/ant/4.png"] = other.removeValue(forKey: "train/ant/2.png")
    #expect(try scan(other).digest != digest)
    other = files
    other["train/ant/2.png"] = png(
      picture(8, 6, channels: 3, seed: 9), width: 8, height: 6, channels: 3)
    #expect(try scan(other).digest != digest)
  }

  @Test func endingsDoNotDecide() throws {
    var files = smallFolder()
    files["train/ant/1.JPEG"] = jpeg(
      picture(8, 6, channels: 3), width: 8, height: 6, channels: 3)
    // A PNG under a JPEG's name, as ImageNet has them.
    files["train/ant/5.jpg"] = files["train/ant/2.png"]
    let scan = try scan(files)
    #expect(scan.specification.train == 6)
  }

  @Test func greyAndTransparentImagesAmongOthersAreCounted() throws {
    var files = smallFolder()
    files["train/ant/g.png"] = png(
      picture(8, 6, channels: 1), width: 8, height: 6, channels: 1)
    files["train/bee/g.jpg"] = jpeg(
      picture(8, 6, channels: 1), width: 8, height: 6, channels: 1)
    files["test/bee/t.png"] = png(picture(8, 6, channels: 4), width: 8, height: 6, channels: 4)
    let specification = try scan(files).specification
    #expect(specification.converted == 3 && specification.shape.channels == 3)
    let grey = png(picture(8, 6, channels: 1), width: 8, height: 6, channels: 1)
    let allGrey = try scan(files.mapValues { _ in grey }).specification
    #expect(allGrey.converted == 0 && allGrey.shape.channels == 1)
  }

  @Test func tinyImageNetsValidationLabelsAreInAFile() throws {
    let images = smallFolder()
    var files: [String: Data] = [:]
    for name in ["ant", "bee"] {
      for index in 1...2 {
        files["train/\(name)/images/\(name)_\(index).JPEG"] = images["train/\(name)/\(index).png"]
      }
      files["train/\(name)/\(name)_boxes.txt"] = Data("x".utf8)
    }
    files["val/images/val_0.JPEG"] = images["test/bee/3.png"]
    files["val/images/val_1.JPEG"] = images["test/ant/3.png"]
    files["test/images/test_0.JPEG"] = images["test/ant/3.png"]
    let annotations = "val_0.JPEG\tbee\t0\t0\t1\t1\nval_1.JPEG\tant\t0\t0\t1\t1\n"
    files["val/val_annotations.txt"] = Data(annotations.utf8)
    let scan = try scan(files)
    #expect(scan.specification.train == 4 && scan.specification.test == 2)
    // Labels are part of the digest.
    var other = files
    other["val/val_annotations.txt"] = Data("val_1.JPEG\tbee\nval_0.JPEG\tant\n".utf8)
    #expect(try self.scan(other).digest != scan.digest)
    try withTemporaryFolder { folder in
      try write(files, to: folder)
      let images = try decoded(ImageFolder(listing: folder.path), scan, in: folder)
      #expect(images.labels == [0, 0, 1, 1, 1, 0])
    }
    files["val/val_annotations.txt"] = Data("val_0.JPEG\tbee\nval_2.JPEG\tant\n".utf8)
    #expect(
      try problem(files)
        == "ROOT/val/val_annotations.txt: does not name `val_1.JPEG`; fetch the dataset again")
    files["val/val_annotations.txt"] = Data("\(annotations)val_2.JPEG\tant\n".utf8)
    #expect(
      try problem(files) == "ROOT/val/val_annotations.txt: names `val_2.JPEG`, which is not in "
        + "val/images; fetch the dataset again")
    files["val/val_annotations.txt"] = Data("val_0.JPEG\tbee\nval_1.JPEG\tcat\n".utf8)
    #expect(
      try problem(files) == "ROOT: its splits have different classes: only in train `ant`, only in "
        + "val `cat`; give every class a folder in both")
  }

  @Test func classesThatDifferAreListed() throws {
    var files = smallFolder()
    files["train/cat/1.png"] = files["train/bee/1.png"]
    files["test/dog/1.png"] = files["train/bee/1.png"]
    #expect(
      try problem(files) == "ROOT: its splits have different classes: only in train `cat`, only in "
        + "test `dog`; give every class a folder in both")
    files["test/cat/1.png"] = files["train/bee/1.png"]
    #expect(
      try problem(files)
        == "ROOT: its splits have different classes: only in test `dog`; give every "
        + "class a folder in both")
  }

  @Test func badFoldersAreNamed() throws {
    let remedy = "images stand in train/CLASS/ and test/CLASS/ or val/CLASS/"
    #expect(try problem([:]) == "ROOT/train: is no folder; \(remedy)")
    var files = smallFolder().filter { !$0.key.hasPrefix("test") }
    #expect(try problem(files) == "ROOT/val: is no folder; \(remedy)")
    files = smallFolder().filter { !$0.key.contains("bee") }
    #expect(
      try problem(files) == "ROOT/train: holds no folders of two or more classes; \(remedy)")
    files = smallFolder()
    files["test/bee/3.png"] = nil
    files["test/bee/3.txt"] = Data()
    #expect(try problem(files) == "ROOT/test/bee: holds no images; \(remedy)")
  }

  @Test func sizesThatDifferAreNamedWithBoth() throws {
    var files = smallFolder()
    let small = png(picture(7, 6, channels: 3), width: 7, height: 6, channels: 3)
    files["train/bee/2.png"] = small
    #expect(
      try problem(files) == "ROOT/train/bee/2.png: is 7×6 where train/ant/1.png is 8×6; scale all "
        + "images to one size")
    files["test/bee/3.png"] = small
    #expect(
      try problem(files)
        == "ROOT/train/bee/2.png: is 7×6 where train/ant/1.png is 8×6, and so are 1 "
        + "more not; scale all images to one size")
  }

  @Test func damagedHeadersAreAllNamed() throws {
    var files = smallFolder()
    files["train/ant/1.png"] = Data("GIF89a".utf8)
    files["train/bee/1.png"] = Data()
    #expect(
      try problem(files)
        == "ROOT/train/ant/1.png: is neither JPEG nor PNG; ROOT/train/bee/1.png: is "
        + "empty; fetch or remove the files")
    files = smallFolder()
    files["test/bee/3.png"] = files["test/bee/3.png"]!.prefix(20)
    let message = try problem(files)
    #expect(message?.hasPrefix("ROOT/test/bee/3.png: is a damaged PNG (") == true)
    files["test/bee/3.png"] = jpeg(
      picture(8, 6, channels: 3), width: 8, height: 6, channels: 3
    ).prefix(20)
    #expect(try problem(files)?.hasPrefix("ROOT/test/bee/3.png: is a damaged JPEG (") == true)
    files["test/bee/3.png"] = jpeg(
      picture(8, 6, channels: 4), width: 8, height: 6, channels: 4)
    #expect(
      try problem(files) == "ROOT/test/bee/3.png: is a CMYK image; convert it to RGB; fetch or "
        + "remove the file")
  }

  @Test func whatIsNotReadIsCounted() throws {
    let files = smallFolder()
    #expect(try scan(files).passedOver == ImageFolder.PassedOver())
    var more = files
    more["train/ant/more/1.png"] = files["train/ant/1.png"]
    more["train/ant/more/2.png"] = files["train/ant/1.png"]
    more["train/bee/x.webp"] = Data("RIFF".utf8)
    more["test/bee/y.bmp"] = Data("BM".utf8)
    more["test/readme.md"] = Data()
    more["train/bee/.hidden"] = Data()
    let scan = try scan(more)
    #expect(scan.passedOver.files == 3 && scan.passedOver.folders == 1)
    #expect(scan.passedOver.first == "train/ant/more")
    #expect(try scan.digest == self.scan(files).digest)
    // Tiny ImageNet's boxes are known; another text is not.
    var tiny = files.filter { !$0.key.hasPrefix("train") }
    for name in ["ant", "bee"] {
      tiny["train/\(name)/images/1.png"] = files["train/\(name)/1.png"]
      tiny["train/\(name)/\(name)_boxes.txt"] = Data()
    }
    #expect(try self.scan(tiny).passedOver == ImageFolder.PassedOver())
    tiny["train/ant/notes.txt"] = Data()
    #expect(try self.scan(tiny).passedOver.first == "train/ant/notes.txt")
  }

  @Test func imagesNamedTwiceMustBeOfOneClass() throws {
    var files = smallFolder().filter { !$0.key.hasPrefix("test") }
    for (name, label) in [("a", "ant"), ("b", "bee")] {
      files["val/images/\(name).png"] = files["train/\(label)/1.png"]
    }
    let lines = "a.png\tant\nb.png\tbee\nb.png\tbee\n"
    files["val/val_annotations.txt"] = Data(lines.utf8)
    #expect(try problem(files) == nil)
    files["val/val_annotations.txt"] = Data("\(lines)b.png\tant\n".utf8)
    #expect(
      try problem(files) == "ROOT/val/val_annotations.txt: names `b.png` twice, of `bee` and of "
        + "`ant`; fetch the dataset again")
  }

  @Test func pipesDevicesAndFoldersAreNoImages() throws {
    try withTemporaryFolder { folder in
      try write(smallFolder(), to: folder)
      try #require(mkfifo("\(folder.path)/train/ant/p.png", 0o600) == 0)
      try #require(symlink("/dev/zero", "\(folder.path)/train/ant/z.png") == 0)
      try #require(mkdir("\(folder.path)/train/bee/d.png", 0o700) == 0)
      let error = #expect(throws: ImageError.self) {
        try ImageFolderScan(ImageFolder(listing: folder.path))
      }
      #expect(
        error?.description.replacing(folder.path, with: "ROOT")
          == "ROOT/train/ant/p.png: is a named pipe, no regular file; ROOT/train/ant/z.png: is a device, no regular file; "
          + "ROOT/train/bee/d.png: is a folder, no regular file; fetch or remove the files")
    }
  }

  @Test func moreClassesThanLabelsAreRefused() throws {
    #expect(ImageFolder.largestClassCount == Int(UInt16.max) + 1)
    try withTemporaryFolder { folder in
      var files = smallFolder()
      for split in ["train", "test"] { files["\(split)/cat/1.png"] = files["train/ant/1.png"] }
      try write(files, to: folder)
      #expect(try ImageFolder(listing: folder.path, atMost: 3).classes == ["ant", "bee", "cat"])
      let error = #expect(throws: ImageError.self) {
        try ImageFolder(listing: folder.path, atMost: 2)
      }
      #expect(
        error?.description
          == "\(folder.path)/train: holds folders of 3 classes; at most 2 can be told "
          + "apart")
    }
  }
}
