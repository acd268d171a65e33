import Recipes
import Suites

/// One layer of a mask, of two that are compared, or of weights: a row of records.csv.
struct AnatomyRow: TableRow {
  /// The network's name; `nil` in suites of one.
  var network: String?
  var method = ""
  var density = Density.one
  /// Number of the replicate, from 1.
  var replicate = 1
  /// The mask that it is compared with.
  var otherMethod: String?
  var otherDensity: Density?
  var otherReplicate: Int?
  /// What is measured of the two; `nil` of one mask.
  var relation: AnatomyRelation?
  /// Number of the control, from 1.
  var draw: Int?
  var layer = ""
  /// Weights of the layer, and those kept.
  var size = 0
  var kept = 0
  /// Kept weights that lie on a path from the input to an output.
  var effective: Int?
  /// Units into which its weights lead, and those before it; how many of each have none.
  var units, inputs, deadUnits, deadInputs: Int?
  /// χ² per degree of freedom of the numbers of kept weights into units, and out of those before, and its p-value.
  var incomingDispersion, incomingP, outgoingDispersion, outgoingP: Double?
  /// Kernels of a convolution, and those of which nothing is kept.
  var kernels, emptyKernels: Int?
  /// Kept weights at each position of a convolution's kernel, row by row.
  var positionsKept: [Int]?
  /// Kept weights out of every number of an example, where the layer reads them one by one.
  var inputsKept: KeptInputs?
  /// Multiply–adds of one example with all weights, and parameters that belong to the layer and are never pruned.
  var multiplications, unprunable: Int?
  /// Weights that the other mask keeps, and that both keep.
  var otherKept, both: Int?
  /// Rank correlations of two methods' scores.
  var spearman, kendall: Double?
  /// What the row says of weights; nothing in rows of masks.
  var weights = AnatomyWeightValues()

  init() {}

  static var columns: [Column<AnatomyRow>] {
    [
      Column("network", \.network, .name, isNeeded: false, isWrittenEmpty: false),
      Column("method", \.method, .name), Column("density", \.density, .density),
      Column("replicate", \.replicate, .number), Column("other_method", \.otherMethod, .name),
      Column("other_density", \.otherDensity, .density),
      Column("other_replicate", \.otherReplicate, .number),
      Column("relation", \.relation, .choice),
      Column("draw", \.draw, .number, isNeeded: false, isWrittenEmpty: false),
      Column("layer", \.layer, .text),
      Column("size", \.size, .count), Column("kept", \.kept, .count),
      Column("effective", \.effective, .count), Column("units", \.units, .count),
      Column("inputs", \.inputs, .count), Column("dead_units", \.deadUnits, .count),
      Column("dead_inputs", \.deadInputs, .count),
      Column("incoming_dispersion", \.incomingDispersion, .finite),
      Column("incoming_p", \.incomingP, .finite),
      Column("outgoing_dispersion", \.outgoingDispersion, .finite),
      Column("outgoing_p", \.outgoingP, .finite), Column("kernels", \.kernels, .count),
      Column("empty_kernels", \.emptyKernels, .count),
      Column("positions_kept", \.positionsKept, .counts),
      Column("inputs_kept", \.inputsKept, .keptInputs),
      Column("multiply_adds", \.multiplications, .operations),
      Column("unprunable", \.unprunable, .count),
      Column("other_kept", \.otherKept, .count), Column("both", \.both, .count),
      Column("spearman", \.spearman, .finite, isNeeded: false, isWrittenEmpty: false),
      Column("kendall", \.kendall, .finite, isNeeded: false, isWrittenEmpty: false),
    ] + AnatomyWeightValues.columns
  }

  static var identity: [String] {
    [
      "network", "method", "density", "replicate", "other_method", "other_density",
      "other_replicate",
      "relation", "draw", "layer", "moment", "group",
    ]
  }
}
