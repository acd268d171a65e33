import ArgumentParser
import Recipes
import Wording

/// `--rename` of commands on weights and masks of the user's.
struct RenameOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A name in the file and the network's for the same, such as fc1=fc_layers.0; may be repeated.",
      discussion: """
        Of a tensor, or of all below a module. What has other names is matched by shape where that is unambiguous, and \
        shown; module. and _orig_mod. before names are left out.
        """))
  var rename: [String] = []

  func validate() throws {
    for text in rename where Rename(text) == nil {
      throw ValidationError(
        "--rename \(text.printable): write FILE=NETWORK, the name in the file and the network's, as in"
          + " 'fc1=fc_layers.0'")
    }
  }

  var renames: [Rename] { rename.compactMap { Rename($0) } }
}
