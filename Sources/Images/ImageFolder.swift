import Glibc

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

  /// What stands among the images and is not read.
  package struct PassedOver: Hashable, Sendable {
    /// Files that are no images by their names.
    package fileprivate(set) var files = 0
    /// Folders within the folders that images are read from.
    package fileprivate(set) var folders = 0
    /// The first of them, below the folder.
    package fileprivate(set) var first: String?

    /// Nothing so far.
    package init() {}
  }

  /// Classes that 16-bit labels can tell apart.
  package static let largestClassCount = 1 << 16

  /// The folder.
  package let folder: String
  /// Names of the classes in alphabetical order.
  package let classes: [String]
  /// What is not read, hidden files apart.
  package let passedOver: PassedOver
  let train: [Item]
  let test: [Item]
  /// A file other than images whose contents matter.
  let annotations: String?

  /// Lists the files at `folder`, of `largest` classes at most; opens none but annotations.
  package init(listing folder: String, atMost largest: Int = largestClassCount) throws(ImageError) {
    self.folder = folder
    var listing = Listing(root: folder)
    let classes = try listing.classes(of: "train")
    self.classes = classes
    guard classes.count > 1 else {
      throw .missing(path: "\(folder)/train", problem: "holds no folders of two or more classes")
    }
    guard classes.count <= largest else {
      throw .tooManyClasses(
        folder: "\(folder)/train", count: classes.count, largest: largest)
    }
    let labels = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    train = try listing.items(of: "train", classes, labels)
    let annotations = "val/val_annotations.txt"
    if listing.isFile(annotations) {
      self.annotations = annotations
      test = try listing.annotatedItems(annotations, labels)
    } else {
      self.annotations = nil
      let split = listing.isFolder("test") ? "test" : "val"
      let others = try listing.classes(of: split)
      let (first, second) = (Set(classes), Set(others))
      guard first == second else {
        throw .classesDiffer(
          folder: folder, splits: ["train", split],
          onlyInFirst: first.subtracting(second).sorted(),
          onlyInSecond: second.subtracting(first).sorted())
      }
      test = try listing.items(of: split, others, labels)
    }
    passedOver = listing.passedOver
  }

  /// All images: training ones, then test ones.
  var items: [Item] { train + test }
}

/// What stands where below a folder, under the names that the file system has: text that only looks the
/// same, as é in one or two code points, opens another file or none.
private struct Listing {
  static let endings: Set<String> = ["jpg", "jpeg", "png"]

  let root: String
  var passedOver = ImageFolder.PassedOver()

  init(root: String) { self.root = root }

  func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }
  func isFile(_ path: String) -> Bool { kind(path) == S_IFREG }

  private func kind(_ path: String) -> mode_t? {
    var facts = stat()
    return stat("\(root)/\(path)", &facts) == 0 ? facts.st_mode & S_IFMT : nil
  }

  /// Names in a folder, sorted, without hidden ones.
  func names(in path: String) throws(ImageError) -> [String] {
    func failure() -> ImageError {
      .missing(
        path: "\(root)/\(path)", problem: isFolder(path) ? "cannot be read" : "is no folder")
    }
    guard let stream = opendir("\(root)/\(path)") else { throw failure() }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw failure() }
        return names.sorted(by: Self.precedes)
      }
      let bytes = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if bytes.first == UInt8(ascii: ".") { continue }
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw .unreadableName(folder: "\(root)/\(path)", bytes: bytes)
      }
      names.append(name)
    }
  }

  /// Alphabetical order; names that only look the same come by their bytes, not as the folder lists them.
  private static func precedes(_ first: String, _ second: String) -> Bool {
    first == second ? first.utf8.lexicographicallyPrecedes(second.utf8) : first < second
  }

  private mutating func passOver(_ names: [String], of path: String) {
    for name in names {
      if isFolder("\(path)/\(name)") { passedOver.folders += 1 } else { passedOver.files += 1 }
      if passedOver.first == nil { passedOver.first = "\(path)/\(name)" }
    }
  }

  mutating func classes(of split: String) throws(ImageError) -> [String] {
    let names = try names(in: split)
    let classes = names.filter { isFolder("\(split)/\($0)") }
    if let pair = zip(classes, classes.dropFirst()).first(where: { $0 == $1 }) {
      throw .lookAlike(
        folder: "\(root)/\(split)", name: pair.0,
        bytes: [pair.0, pair.1].map { Array($0.utf8) })
    }
    passOver(names.filter { !isFolder("\(split)/\($0)") }, of: split)
    return classes
  }

  /// The images in a folder, or else in its folder `images`; `known` are other names that belong there.
  private mutating func images(in path: String, known: [String] = []) throws(ImageError)
    -> [String]
  {
    var (images, others): ([String], [String]) = ([], [])
    for name in try names(in: path) {
      let ending = name.split(separator: ".").last?.lowercased() ?? ""
      if Self.endings.contains(ending) { images.append(name) } else { others.append(name) }
    }
    if images.isEmpty, isFolder("\(path)/images") {
      passOver(others.filter { $0 != "images" && !known.contains($0) }, of: path)
      return try self.images(in: "\(path)/images")
    }
    passOver(others, of: path)
    return images.map { "\(path)/\($0)" }
  }

  mutating func items(of split: String, _ classes: [String], _ labels: [String: Int])
    throws(ImageError) -> [ImageFolder.Item]
  {
    var items: [ImageFolder.Item] = []
    for name in classes {
      // Tiny ImageNet has boxes beside the images.
      let images = try images(in: "\(split)/\(name)", known: ["\(name)_boxes.txt"])
      guard !images.isEmpty, let label = labels[name] else {
        throw .missing(path: "\(root)/\(split)/\(name)", problem: "holds no images")
      }
      items += images.map { ImageFolder.Item(path: $0, label: label) }
    }
    return items
  }

  /// Images of `val/images` with the classes of a file whose lines are name, class, and a box.
  mutating func annotatedItems(_ file: String, _ labels: [String: Int]) throws(ImageError)
    -> [ImageFolder.Item]
  {
    let path = "\(root)/\(file)"
    guard let bytes = try? RegularFile.contents(path),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw .missing(path: path, problem: "cannot be read") }
    var named: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let fields = line.split(separator: "\t").map(String.init)
      guard fields.count >= 2 else {
        throw .annotations(file: path, problem: "`\(line)` names no image and class")
      }
      if let earlier = named.updateValue(fields[1], forKey: fields[0]), earlier != fields[1] {
        throw .annotations(
          file: path, problem: "names `\(fields[0])` twice, of `\(earlier)` and of `\(fields[1])`")
      }
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
        file: path,
        problem: names.contains(lost)
          ? "does not name `\(lost)`" : "names `\(lost)`, which is not in val/images")
    }
    return images.map { path in
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      return ImageFolder.Item(path: path, label: labels[named[name]!]!)
    }
  }
}
