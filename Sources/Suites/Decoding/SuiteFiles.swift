import Digests
package import Foundation
package import Images
import Laboratory
import Readers
package import Recipes

/// Finds and digests the files that a suite depends on, each once, and collects the paths that
/// workers need; paths never enter keys.
package final class SuiteFiles {
  /// Where files are looked for.
  let context: SuiteContext
  /// Paths that workers need.
  private(set) var settings = WorkerSettings()
  private var digests: [String: String] = [:]
  private var images: ImageFolderScan?
  private var examples: [String: ExampleFile] = [:]
  private var classCounts: [Int: ClassCounts] = [:]

  /// Files of a suite in `context`.
  package init(context: SuiteContext) {
    self.context = context
    settings.folder = context.folder.path(percentEncoded: false)
  }

  /// Notes how long a program that trains may be silent, and how many processes of it there are.
  func notePrograms(patience: Double, processes: Int) {
    settings.patience = patience
    settings.processes = processes
  }

  /// Whether `path`, from the suite's folder, is a file.
  package func holds(_ path: String) -> Bool { isFile(url(path)) }

  /// The path of a file, whatever the current folder.
  package func path(_ path: String) -> String { url(path).path(percentEncoded: false) }

  /// The regular files of the folder at `path`, from the suite's folder, deeper ones too, sorted; `nil`
  /// where it is no folder. Hidden files and what Python compiles are left out, as they change by
  /// themselves.
  package func files(in path: String) -> [String]? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: self.path(path), isDirectory: &isFolder),
      isFolder.boolValue
    else { return nil }
    let names = FileManager.default.enumerator(atPath: self.path(path))
    var files: [String] = []
    while let name = names?.nextObject() as? String {
      let last = (name as NSString).lastPathComponent
      if last.hasPrefix(".") || last == "__pycache__" {
        names?.skipDescendants()
      } else if holds("\(path)/\(name)") {
        files.append("\(path)/\(name)")
      }
    }
    return files.sorted()
  }

  /// SHA-256 of the file at `path`, from the suite's folder.
  package func digest(_ path: String, for field: Field) -> String? { digest(url(path), for: field) }

  /// SHA-256 of a mask file, whose path is noted for workers.
  func maskDigest(_ path: String, for field: Field) -> String? {
    let digest = digest(path, for: field)
    if let digest { settings.maskPaths[digest] = url(path).path(percentEncoded: false) }
    return digest
  }

  /// SHA-256 of every file of `source`, plain or gzipped; empty where a file is missing.
  func datasetDigests(_ source: DatasetSource, for field: Field) -> [String] {
    if let embedded = source.descriptor.embeddedDigest { return [embedded] }
    if source.imageFolder != nil { return images.map { [$0.digest] } ?? [] }
    if source == .file {
      return source.files.map { name in source.options.examples(name).digest }
    }
    let folders = context.folders(of: source.descriptor)
    let found = source.files.map { name in
      folders.lazy.flatMap { [$0.appending(path: name), $0.appending(path: "\(name).gz")] }
        .first(where: isFile)
    }
    let missing = zip(source.files, found).filter { $0.1 == nil }.map(\.0)
    guard missing.isEmpty else {
      field.report(
        .missingData(
          dataset: source.name, files: missing,
          folders: folders.map { $0.path(percentEncoded: false) }))
      return []
    }
    return zip(source.files, found.compactMap(\.self)).compactMap { name, file in
      guard let digest = digest(file, for: field) else { return nil }
      settings.locate(name, digest: digest, at: file.path(percentEncoded: false))
      return digest
    }
  }

  /// Notes what is wrong with the contents of the files of these `digests`, which ``datasetDigests(_:for:)`` found.
  func checkDataset(_ source: DatasetSource, _ digests: [String], for field: Field) {
    do throws(DatasetError) {
      try source.checkFiles(at: settings.paths(of: source, digests))
    } catch {
      field.report(.unsoundData("\(error)"))
    }
  }

  /// The class of `dataset` with the fewest training examples, which are counted up to `enough`; `nil`
  /// where its files cannot be read, which was noted before, or where counting would take long.
  func smallestClass(of dataset: DatasetSpecification, upTo enough: Int)
    -> (name: String, count: Int)?
  {
    let counts: ClassCounts
    if let known = classCounts[enough] {
      counts = known
    } else {
      guard ClassCounts.isCheap(dataset.source),
        let found = try? ClassCounts(
          of: dataset, upTo: enough, paths: settings.paths(of: dataset.source, dataset.digests),
          folder: images?.trainingCounts ?? [])
      else { return nil }
      counts = found
      classCounts[enough] = found
    }
    let (label, count) = counts.smallest
    return (images?.classes[label] ?? "\(label)", count)
  }

  /// The share of the commonest class of `split`, which a network reaches that gives all examples one class; as
  /// though all were equally common where counting would take long, or the files cannot be read, which was noted before.
  package func commonestShare(of split: Split, _ dataset: DatasetSpecification) -> Double {
    let folder = split == .test ? images?.testCounts : images?.trainingCounts
    guard ClassCounts.isCheap(dataset.source),
      let counts = try? ClassCounts(
        of: split, dataset, paths: settings.paths(of: dataset.source, dataset.digests),
        folder: folder ?? [])
    else { return 1 / Double(max(1, dataset.source.classes)) }
    return counts.commonestShare
  }

  /// Looks at every image of the folder `name`, which is below the suite's folder or a data folder;
  /// its path is noted.
  package func imageFolder(named name: String) throws(ImageError) -> ImageFolderScan {
    let candidates = [url(name)] + context.dataFolders.map { $0.appending(path: name) }
    let found = candidates.first { candidate in
      let path = candidate.appending(path: "train").path(percentEncoded: false)
      return FileManager.default.fileExists(atPath: path)
    }
    let folder = (found ?? candidates[0]).path(percentEncoded: false)
    let scan = try ImageFolderScan(ImageFolder(listing: folder))
    images = scan
    settings.locate(ImageFolderSpecification.file, digest: scan.digest, at: folder)
    return scan
  }

  /// Reads the file of examples `name`, which is below the suite's folder or a data folder; its path is noted.
  ///
  /// - Parameters:
  ///   - label: the column of a table that holds labels.
  ///   - countsClasses: whether classes are counted by its labels.
  func exampleFile(named name: String, label: String, countsClasses: Bool) throws(DatasetError)
    -> ExampleFile
  {
    let candidates = [url(name)] + context.dataFolders.map { $0.appending(path: name) }
    let path = (candidates.first(where: isFile) ?? candidates[0]).path(percentEncoded: false)
    let file: ExampleFile
    if let known = examples["\(path)\0\(label)\0\(countsClasses)"] {
      file = known
    } else {
      file = try ExampleFile(reading: path, label: label, countsClasses: countsClasses)
      examples["\(path)\0\(label)\0\(countsClasses)"] = file
    }
    for role in DatasetKind.file.files { settings.locate(role, digest: file.digest, at: path) }
    return file
  }

  private func digest(_ file: URL, for field: Field) -> String? {
    let path = file.path(percentEncoded: false)
    if let known = digests[path] { return known }
    do {
      let digest = try Digest.sha256(ofFile: path).hexadecimal
      digests[path] = digest
      return digest
    } catch {
      field.report(.unreadableFile(path, reason: "\(error)"))
      return nil
    }
  }

  /// Where `path`, from the suite's folder, is.
  package func url(_ path: String) -> URL {
    path.hasPrefix("/") ? URL(filePath: path) : context.folder.appending(path: path)
  }

  /// Pipes and devices are no files: reading one may never end.
  func isFile(_ url: URL) -> Bool {
    InputFile.exists(url.path(percentEncoded: false))
  }

  /// Why `path`, from the suite's folder, is there and no file; `nil` where it is a file, or not there.
  func kindOfOther(_ path: String) -> FileFault? {
    do throws(FileFault) {
      try InputFile.requireRegular(self.path(path))
    } catch .notRegular(let kind) {
      return .notRegular(kind)
    } catch {}
    return nil
  }
}

extension SuiteFiles {
  /// Whether `program` can be run from the suite's folder, where a name with a slash is a path and any other is
  /// looked up on the PATH, as env(1) does.
  func canRun(_ program: String) -> Bool {
    if program.contains("/") { return isProgram(url(program)) }
    let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return search.split(separator: ":").contains { folder in
      isProgram(url(String(folder)).appending(path: program))
    }
  }

  private func isProgram(_ url: URL) -> Bool {
    isFile(url) && FileManager.default.isExecutableFile(atPath: url.path(percentEncoded: false))
  }
}
