import Foundation
import Images
import Laboratory
import Recipes
import Suites

extension PlannedSuite {
  /// Decodes a folder of images into the store's `images` folder, unless they are there or nothing needs
  /// them, and tells workers where the pixels are.
  ///
  /// - Returns: what keeps them in the store until the run itself does; nil where nothing needs them.
  mutating func prepareImages(beside store: Store) throws -> Lease? {
    let dataset = suite.problem.dataset
    guard let specification = dataset.source.imageFolder, let digest = dataset.digests.first,
      let folder = settings.dataPaths[ImageFolderSpecification.file],
      try !store.assess(plan).toCompute.isEmpty
    else { return nil }
    try store.prepare()
    // Before they are looked for, so that nobody collects them in between.
    let lease = try store.lease(plan)
    let total = specification.train + specification.test
    let isTerminal = isatty(STDERR_FILENO) == 1
    var shown = 0
    var (started, ended) = (false, false)
    var nextNote = 2.0
    let path = try DecodedImages.prepare(
      ImageFolder(listing: folder), specification, digest: digest, in: store.paths.images
    ) { done in
      started = true
      lease.beat()
      let percent = 100 * done / total
      // Elsewhere than on a terminal a line for each tenth will do.
      guard isTerminal || percent / 10 > shown / 10 || done == total else { return }
      shown = percent
      let line = "decoding images: \(done) of \(total), \(percent) %"
      StandardStreams.tell(isTerminal ? "\r\u{1B}[K\(line)" : line + "\n")
      ended = done == total
    } waiting: { partial, seconds in
      lease.beat()
      guard seconds >= nextNote else { return }
      // Then after 1, 2, 4, … minutes.
      nextNote = max(60, 2 * nextNote)
      note("waiting for another process that decodes the same images (it holds \(partial))")
    } redoing: {
      note("\($0); decoding the images anew")
    }
    if isTerminal, started, ended { note("") }
    settings.dataPaths[ImageFolderSpecification.file] = path
    return lease
  }
}
