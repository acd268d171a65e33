import Glibc

/// What stands on the shelves of a store, listed once: of a large plan most artifacts are absent, and to look
/// for each is dearer than to look at what is there.
struct Shelves {
  private let paths: StorePaths
  /// The kinds there are; nil where that cannot be told.
  private let kinds: Set<String>?
  /// The shelves of a kind, by its path; nil within for what cannot be told.
  private var shelves: [String: Set<String>?] = [:]
  /// What stands on a shelf, by its path.
  private var keys: [String: Set<String>?] = [:]

  init(of store: Store) {
    paths = store.paths
    kinds = Shelves.names(in: store.paths.artifacts)
  }

  /// Whether nothing has an artifact's name and place; false where a look at the place itself must tell.
  mutating func surelyLack(_ artifact: Artifact) -> Bool {
    let kind = artifact.kind
    guard let kinds else { return false }
    guard kinds.contains(kind) else { return true }
    let key = artifact.key.description
    let prefix = String(key.prefix(2))
    guard let shelves = Shelves.listing(of: paths.kind(kind), kept: &shelves) else { return false }
    guard shelves.contains(prefix) else { return true }
    let shelf = paths.shelf(prefix, kind: kind)
    return Shelves.listing(of: shelf, kept: &keys).map { !$0.contains(key) } ?? false
  }

  private static func listing(
    of folder: String, kept: inout [String: Set<String>?]
  ) -> Set<String>? {
    if let known = kept[folder] { return known }
    let names = names(in: folder)
    kept[folder] = .some(names)
    return names
  }

  /// The names in a folder, none where there is nothing; nil for a link, for another thing, and for a folder
  /// that cannot be read.
  private static func names(in folder: String) -> Set<String>? {
    var status = stat()
    guard lstat(folder, &status) == 0 else { return errno == ENOENT ? [] : nil }
    guard status.st_mode & S_IFMT == S_IFDIR else { return nil }
    return (try? FileSystem.names(in: folder, mustExist: true)).map(Set.init)
  }
}
