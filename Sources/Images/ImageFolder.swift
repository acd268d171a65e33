import Foundation

/// The files of a dataset in which every class has a folder of images.
///
/// Below `train`, and `test` or else `val`, stand the classes' folders with their `.jpg`, `.jpeg` and
/// `.png` files, or with a folder `images` that holds them. A `val/val_annotations.txt`, as Tiny ImageNet
/// has it, names the class of each file of `val/images`; its unlabelled `test` is then not read.
package struct ImageFolder: Sendable {
  /// One image: its path below the folder, and its class.
  struct Item: Hashable, Sendable {
    let path: String
    let label: Int
  }

  /// The folder.
  package let folder: String
  /// Names of the classes in alphabetical order.
  package let classes: [String]
  let train: [Item]
  let test: [Item]
  /// A file other than images whose contents matter.
  let annotations: String?

  /// Lists the files at `folder`; opens none but annotations.
  package init(listing folder: String) throws(ImageError) {
    self.folder = folder
    let listing = Listing(root: folder)
    let classes = try listing.classes(of: "train")
    self.classes = classes
    guard classes.count > 1 else {
      throw .missing(path: "\(folder)/train", problem: "holds no folders of two or more classes")
    }
    let labels = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    train = try listing.items(of: "train", labels)
    if listing.isFile("val/val_annotations.txt") {
      annotations = "val/val_annotations.txt"
      test = try listing.annotatedItems("val/val_annotations.txt", labels)
    } else {
      annotations = nil
      let split = listing.isFolder("test") ? "test" : "val"
      let others = try listing.classes(of: split)
      let (first, second) = (Set(classes), Set(others))
      guard first == second else {
        throw .classesDiffer(
          folder: folder, splits: ["train", split],
          onlyInFirst: first.subtracting(second).sorted(),
          onlyInSecond: second.subtracting(first).sorted())
      }
      test = try listing.items(of: split, labels)
    }
  }

  /// All images: training ones, then test ones.
  var items: [Item] { train + test }
}

/// What stands where below a folder.
private struct Listing {
  static let endings: Set<String> = ["jpg", "jpeg", "png"]

  let root: String

  func isFolder(_ path: String) -> Bool { kind(path) == true }
  func isFile(_ path: String) -> Bool { kind(path) == false }

  private func kind(_ path: String) -> Bool? {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder)
    return exists ? isFolder.boolValue : nil
  }

  /// Names in a folder, sorted, without hidden ones.
  func names(in path: String) throws(ImageError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(path)")
        .filter { !$0.hasPrefix(".") }.sorted()
    } catch {
      throw .missing(
        path: "\(root)/\(path)",
        problem: isFolder(path) ? "cannot be read" : "is no folder")
    }
  }

  func classes(of split: String) throws(ImageError) -> [String] {
    try names(in: split).filter { isFolder("\(split)/\($0)") }
  }

  func images(in path: String) throws(ImageError) -> [String] {
    let names = try names(in: path).filter { name in
      name.split(separator: ".").last.map { Self.endings.contains($0.lowercased()) } ?? false
    }
    if names.isEmpty, isFolder("\(path)/images") { return try images(in: "\(path)/images") }
    return names.map { "\(path)/\($0)" }
  }

  func items(of split: String, _ labels: [String: Int]) throws(ImageError) -> [ImageFolder.Item] {
    var items: [ImageFolder.Item] = []
    for (name, label) in labels.sorted(by: { $0.value < $1.value }) {
      let images = try images(in: "\(split)/\(name)")
      guard !images.isEmpty else {
        throw .missing(path: "\(root)/\(split)/\(name)", problem: "holds no images")
      }
      items += images.map { ImageFolder.Item(path: $0, label: label) }
    }
    return items
  }

  /// Images of `val/images` with the classes of a file whose lines are name, class, and a box.
  func annotatedItems(_ file: String, _ labels: [String: Int]) throws(ImageError)
    -> [ImageFolder.Item]
  {
    guard let text = try? String(contentsOfFile: "\(root)/\(file)", encoding: .utf8) else {
      throw .missing(path: "\(root)/\(file)", problem: "cannot be read")
    }
    var named: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let fields = line.split(separator: "\t")
      guard fields.count >= 2 else {
        throw .annotations(file: "\(root)/\(file)", problem: "`\(line)` names no image and class")
      }
      named[String(fields[0])] = String(fields[1])
    }
    let (first, second) = (Set(labels.keys), Set(named.values))
    guard first == second else {
      throw .classesDiffer(
        folder: root, splits: ["train", "val"], onlyInFirst: first.subtracting(second).sorted(),
        onlyInSecond: second.subtracting(first).sorted())
    }
    let images = try images(in: "val/images")
    let names = Set(images.map { $0.split(separator: "/").last.map(String.init) ?? "" })
    if let lost = Set(named.keys).symmetricDifference(names).min() {
      throw .annotations(
        file: "\(root)/\(file)",
        problem: names.contains(lost)
          ? "does not name `\(lost)`" : "names `\(lost)`, which is not in val/images")
    }
    return images.map { path in
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      return ImageFolder.Item(path: path, label: labels[named[name]!]!)
    }
  }
}
