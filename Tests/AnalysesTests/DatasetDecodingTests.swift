import Foundation
import Glibc
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Decoding datasets")
struct DatasetDecodingTests {
  @Test(
    "CIFAR in the folder, in one of its name and in the archive's own, gzipped or not",
    arguments: [
      ("cifar-10", ["", "cifar-10/", "cifar-10-batches-bin/"]),
      ("cifar-100", ["", "cifar-100/", "cifar-100-binary/"]),
    ])
  func cifar(_ name: String, _ folders: [String]) throws {
    let source = DatasetSource(name == "cifar-10" ? .cifar10 : .cifar100)
    let digest = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    for folder in folders {
      for ending in ["", ".gz"] {
        let scratch = try Scratch()
        defer { scratch.remove() }
        for file in source.files { try scratch.write("\(folder)\(file)\(ending)", "a") }
        let digests = found(source, in: [scratch.url]).digests
        #expect(digests == Array(repeating: digest, count: source.files.count))
      }
    }
    let scratch = try Scratch()
    defer { scratch.remove() }
    for file in source.files {
      // Zeros are images of class 0.
      let bytes =
        switch file {
        case "train.bin": 3074 * 50_000
        case "test.bin": 3074 * 10_000
        default: 3073 * 10_000
        }
      try scratch.write(file, "")
      try #require(truncate(scratch.url.appending(path: file).path, bytes) == 0)
    }
    let suite = yaml().replacing("dataset: digits", with: "dataset: \(name)")
    let dataset = try decode(suite, data: [scratch.url]).suite.problem.dataset
    #expect(dataset.source == source && dataset.digests.count == source.files.count)
    #expect(dataset.augmentation == nil && dataset.validation == 5000)
    #expect(dataset.normalization == source.defaultNormalization)
  }

  @Test("missing batches are named")
  func missing() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for file in DatasetSource(.cifar10).files.dropFirst() { try scratch.write(file, "a") }
    let path = scratch.url.path(percentEncoded: false)
    #expect(
      problems(
        yaml().replacing("dataset: digits", with: "dataset: cifar-10"), data: [scratch.url]) == [
          "suite.yaml:3: dataset: cifar-10's files are missing: `data_batch_1.bin` (or with .gz),"
            + " not in `\(path)`, `\(path)/cifar-10`, `\(path)/cifar-10-batches-bin`; name their"
            + " folder by --data DIR or ESPALIER_DATA"
        ])
  }

  private func augmentation(_ text: String) throws -> Augmentation? {
    try decode(
      yaml().replacing("dataset: digits", with: "dataset: {name: digits, augmentation: \(text)}")
    ).suite.problem.dataset.augmentation
  }

  @Test("augmentation")
  func augmentations() throws {
    #expect(try augmentation("{flip: true, crop: 1}") == Augmentation(flip: true, crop: 1))
    #expect(try augmentation("{crop: 7}") == Augmentation(flip: false, crop: 7))
    #expect(try augmentation("{flip: true}") == Augmentation(flip: true, crop: 0))
    // What varies nothing has the key of what is not there.
    #expect(try augmentation("{flip: false, crop: 0}") == nil)
  }

  @Test(
    "one mistake, one message",
    arguments: [
      (
        "{name: digits, augmentation: {crop: 8}}",
        "3: dataset.augmentation.crop: found `8`; write a whole number from 0 to 7"
      ),
      (
        "{name: digits, augmentation: {flip: maybe}}",
        "3: dataset.augmentation.flip: found `maybe`; write true or false"
      ),
      (
        "{name: digits, augmentation: {flips: true}}",
        "3: dataset.augmentation.flips: unknown key; did you mean `flip`?"
      ),
      (
        "{name: digits, augmentation: true}",
        "3: dataset.augmentation: found `true`; write a mapping with keys such as `flip:`"
      ),
      (
        "{name: teacher-student, classes: 4, dimension: 16, train: 400, test: 200,"
          + " augmentation: {flip: true}}",
        "3: dataset.augmentation: does not apply to teacher-student; remove it"
      ),
      (
        "{name: digits, folder: x}",
        "3: dataset.folder: does not apply to digits; remove it"
      ),
      (
        "images",
        "3: dataset: found `images`; write its folder too: {name: images, folder: tiny-imagenet-200}"
      ),
      ("{name: images}", "3: dataset.folder: missing; add it, as in `folder: tiny-imagenet-200`"),
      (
        "{name: images, folder: /nowhere/at/all}",
        "3: dataset.folder: /nowhere/at/all/train: is no folder; images stand in train/CLASS/ and"
          + " test/CLASS/ or val/CLASS/"
      ),
    ])
  func mistakes(_ dataset: String, _ message: String) {
    let text = yaml().replacing("dataset: digits", with: "dataset: \(dataset)")
    #expect(problems(text) == ["suite.yaml:" + message])
  }
}
