import Wording

/// Why a suite cannot be used.
package enum SuiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file cannot be read at all.
  case unreadable(TextFileError)
  /// Everything that is wrong with the suite, by line.
  case invalid([SuiteProblem])
  /// Workers that would need more memory than there is.
  case memory(MemoryDemand)

  /// One line per problem.
  package var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .invalid(let problems): problems.map(\.description).joined(separator: "\n")
    case .memory(let demand): demand.refusal
    }
  }
}

/// Something to say about one place of a suite.
package struct Located<Content: Hashable & Sendable & CustomStringConvertible>: Hashable, Sendable,
  CustomStringConvertible
{
  /// The suite's file as the user named it.
  package let file: String
  /// Line, from 1; 0 for what stands in no file.
  package let line: Int
  /// Keys from the top, joined by dots; empty for the whole file.
  package let path: String
  /// What there is to say.
  package let content: Content

  /// `file:line: field: sentence`.
  package var description: String {
    ("\(file)\(line > 0 ? ":\(line)" : ""): " + (path.isEmpty ? "" : "\(path): ")
      + content.description).printableLines
  }
}

/// A mistake and its place.
package typealias SuiteProblem = Located<SuiteFault>

/// A doubt and its place.
package typealias SuiteWarning = Located<SuiteDoubt>

/// A mistake in a suite: nothing runs before it is mended.
package enum SuiteFault: Hashable, Sendable, CustomStringConvertible {
  /// No YAML.
  case malformed(String)
  /// Aliases that name one another until a suite has millions of values.
  case tooManyValues
  /// Keys that one mapping states more than once.
  case duplicateKeys([String])
  /// A field that has no default.
  case missing(example: String)
  /// A key that no field has.
  case unknownKey(nearest: String?, known: [String])
  /// A name that nothing of this sort has.
  case unknownName(String, sort: String, nearest: String?, known: [String])
  /// Another type or value than the field's.
  case unexpected(found: String, expected: String)
  /// A list entry equal to an earlier one.
  case repeated(String, earlierLine: Int)
  /// Layers that do not fit one another, the input or the classes.
  case misfit(String)
  /// Batches of which one has a single example, where batch norm needs several values.
  case batchOfOne(examples: Int, what: String, batchSize: Int)
  /// More runs than one suite may have.
  case tooManyRuns(Double)
  /// A field that `owner` has no use for.
  case inapplicable(owner: String, remedy: String)
  /// Fields of which only one can hold.
  case exclusive([String])
  /// A density that no level of a ladder has.
  case unreachableDensity(String, nearest: [String])
  /// A step later than the training's end.
  case beyondDuration(step: String, duration: String)
  /// `continue-from: last` with neither `schedule-from` nor `fine-tune`.
  case openEnd
  /// Fine-tuning at a learning rate of 0.
  case fineTuningAtZero
  /// Tensors that are not prunable.
  case unknownTensor(String, known: [String])
  /// Every prunable tensor is excluded.
  case nothingToPrune
  /// A combination that inverts twice.
  case invertsTwice
  /// Inversion of a method without scores.
  case invertsWithoutScores([String])
  /// Mask files of one name for several densities or replicates.
  case missingPlaceholder(String, count: Int)
  /// Files that do not exist.
  case missingFiles([String], remedy: String)
  /// A dataset's files, absent from all folders looked in.
  case missingData(dataset: String, files: [String], folders: [String])
  /// A file that exists and cannot be read.
  case unreadableFile(String, reason: String)
  /// A program that is not there, or is not executable.
  case missingProgram(String)
  /// A file that is not the mask it is named for, with what to do.
  case mask(String, problem: String)
  /// A folder of images that cannot be used, with the reason and the remedy.
  case imageFolder(String)
  /// Files of a dataset that cannot be used, with the reason and the remedy.
  case unsoundData(String)
  /// More examples of each class to score on than a class has.
  case tooFewExamples(wanted: Int, present: Int, className: String)

  /// What is wrong; what to do.
  package var description: String {
    switch self {
    case .malformed(let reason): "malformed YAML, \(reason); check indents, quotes and brackets"
    case .tooManyValues: "aliases within aliases make more than a million values; write them out"
    case .duplicateKeys(let keys): "\(Self.quoted(keys)) stated more than once; keep one"
    case .missing(let example): "missing; add it, as in `\(example)`"
    case .unknownKey(let nearest, let known): "unknown key; \(Self.advice(nearest, known))"
    case .unknownName(let name, let sort, let nearest, let known):
      "unknown \(sort) `\(name)`; \(Self.advice(nearest, known))"
    case .unexpected(let found, let expected): "found \(found); write \(expected)"
    case .repeated(let entry, let line): "`\(entry)` equals an entry in line \(line); remove one"
    case .misfit(let problem): problem
    case .batchOfOne(let examples, let what, let batchSize):
      "\(Format.count(examples)) \(what) in batches of \(Format.count(batchSize)) make a batch of one, and"
        + " this network has a batch norm that sees one value of each example and channel, which has no"
        + " variance; choose sizes that leave no example alone"
    case .tooManyRuns(let runs):
      "the suite asks for \(Format.count(Int(min(runs, 1e15)))) runs, and one may have"
        + " \(Format.count(SuiteSize.most)); write fewer replicates, densities, methods or ablations, or"
        + " several suites"
    case .inapplicable(let owner, let remedy): "does not apply to \(owner); \(remedy)"
    case .exclusive(let keys): "\(Self.quoted(keys)) exclude one another; keep one"
    case .unreachableDensity(let density, let nearest):
      "`\(density)` is the density of no level; the nearest are \(nearest.joined(separator: " and "))"
    case .beyondDuration(let step, let duration):
      "`\(step)` is not before the end of training at \(duration); write an earlier step or raise"
        + " training.duration"
    case .openEnd:
      "`last` leaves open how long to train on; add `schedule-from: 0it` (learning-rate rewinding)"
        + " or `fine-tune: 2ep` (at the schedule's last learning rate)"
    case .fineTuningAtZero:
      "the schedule ends at learning rate 0; give training.schedule a `final` above 0, or use"
        + " `schedule-from` in place of `fine-tune`"
    case .unknownTensor(let name, let known):
      "the network has no prunable tensor `\(name)`; it has \(Self.quoted(known))"
    case .nothingToPrune: "every prunable tensor is excluded; leave at least one"
    case .invertsTwice: "inverts twice; keep `invert-global` or `invert-layerwise`"
    case .invertsWithoutScores(let names):
      "\(Self.quoted(names)) needs scores, and mask files have none; give this method its own"
        + " `ablations:`, as in `ablations: [shuffle, reinitialize]`"
    case .missingPlaceholder(let placeholder, let count):
      "one file name for \(count) \(placeholder == "{density}" ? "densities" : "replicates"); put"
        + " `\(placeholder)` into it"
    case .missingFiles(let paths, let remedy):
      "no such file: \(Self.quoted(paths)); \(remedy)"
    case .missingData(let dataset, let files, let folders):
      "\(dataset)'s files are missing: \(Self.quoted(files)) (or with .gz)"
        + (folders.isEmpty ? "" : ", not in \(Self.quoted(folders))")
        + "; name their folder by --data DIR or ESPALIER_DATA"
    case .unreadableFile(let path, let reason):
      "`\(path)` cannot be read (\(reason)); check its permissions"
    case .missingProgram(let program):
      program.contains("/")
        ? "there is no program `\(program)`; paths start at the suite's folder, and a program is made one by"
          + " `chmod +x`"
        : "there is no program `\(program)` on the PATH; install it, or write its path, such as `./\(program)`"
    case .mask(let path, let problem): "`\(path)` \(problem)"
    case .imageFolder(let sentence), .unsoundData(let sentence): sentence
    case .tooFewExamples(let wanted, let present, let name):
      "class `\(name)` has \(Format.count(present)) training examples and \(Format.count(wanted)) of"
        + " each class are wanted; "
        + (present > 0
          ? "write `examples-per-class: \(present)` or less"
          : "state how many of all by `examples:` instead")
    }
  }

  private static func advice(_ nearest: String?, _ known: [String]) -> String {
    nearest.map { "did you mean `\($0)`?" } ?? "possible: \(quoted(known))"
  }

  /// The names; of many the first ones and how many more there are.
  private static func quoted(_ names: [String]) -> String {
    let shown = names.prefix(20).map { "`\(Naming.shown($0))`" }
    let rest = names.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(Format.count(rest)) more" : "")
  }
}

/// Something in a suite that runs but weakens its answer.
package enum SuiteDoubt: Hashable, Sendable, CustomStringConvertible {
  /// The margin is smaller than what one example contributes to an accuracy.
  case marginBelowExample(margin: Double, example: Double, split: String)
  /// No method prunes at random, so nothing shows whether a method does better than that.
  case noRandomMethod
  /// Random pruning is not shuffled, so the null control is missing.
  case noNullControl
  /// Fewer replicates than an interval of any use needs.
  case fewReplicates(Int)
  /// Masks whose counts scatter about their density, as those drawn weight by weight do.
  case maskDensity(String, String, others: Int)
  /// Tensors of a mask file that were told by their shapes alone.
  case namesMatched(String, [String], others: Int)
  /// A program of which no file enters the key.
  case undigestedCommand
  /// Grey images among coloured ones, or transparency.
  case imagesConverted(Int)
  /// Images that are read although the library that reads them warns.
  case imagesWarned(count: Int, first: String, words: String)
  /// Files and folders among images that are not read.
  case filesPassedOver(files: Int, folders: Int, first: String)
  /// Channels that alignment leaves where they are, with the reason.
  case unitsHeld(String)
  /// A class with fewer training examples than are scored on by default.
  case fewExamples(usual: Int, present: Int, className: String)

  /// What is doubtful; what to do.
  package var description: String {
    switch self {
    case .marginBelowExample(let margin, let example, let split):
      "\(Format.significant(margin)) points is less than one \(split) example"
        + " (\(Format.significant(example)) points); a margin of several examples can be decided"
    case .noRandomMethod:
      "no method prunes at random; add `random: random`, or nothing shows whether a method is like it"
    case .noNullControl:
      "random pruning is not shuffled; add `shuffle`, the suite's null control"
    case .fewReplicates(let count):
      "\(count == 1 ? "one replicate gives no interval" : "\(count) replicates give wide intervals")"
        + "; \(Suite.usualReplicates) are the default"
    case .maskDensity(let path, let difference, let others):
      "`\(path)` \(difference), as if drawn weight by weight"
        + (others == 0 ? "" : " (\(Format.count(others)) more likewise)")
        + "; methods compare best at one number of weights"
    case .namesMatched(let path, let words, let others):
      "`\(path)` has other names, and by shape \(Format.list(words, limit: 20))"
        + (others == 0 ? "" : " (\(Format.count(others)) more likewise)")
        + "; if that is wrong, say which is which, as in `rename: {fc1: fc_layers.0}`"
    case .undigestedCommand:
      "no file of this program enters the keys, so scores stay as they are when it is edited; name its"
        + " files, as in `depends-on: [my_scores.py, helpers]`"
    case .imagesConverted(let count):
      "\(Format.count(count, "image")) \(count == 1 ? "is" : "are") grey or transparent; \(count == 1 ? "it becomes" : "they become") RGB, transparency dropped"
    case .imagesWarned(let count, let first, let words):
      "\(count == 1 ? "one JPEG is" : "\(Format.count(count)) JPEGs are") read although libjpeg warns,"
        + " of \(first): \(words)"
    case .filesPassedOver(let files, let folders, let first):
      [(files, "file"), (folders, "folder")].filter { $0.0 > 0 }
        .map { "\(Format.count($0.0)) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: " and ")
        + " \(files + folders == 1 ? "is" : "are") not read, as \(first): images end in .jpg, .jpeg or"
        + " .png and stand in train/CLASS/ and test/CLASS/ or val/CLASS/"
    case .unitsHeld(let reason):
      "alignment moves the other units alone: \(reason)"
    case .fewExamples(let usual, let present, let name):
      "class `\(name)` has only \(Format.count(present)) training examples; scored on"
        + " \(Format.count(present)) of each class in place of \(Format.count(usual))"
    }
  }
}
