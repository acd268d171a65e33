/// How a family of networks is named, for lists.
package struct NetworkForm: Hashable, Sendable {
  /// The name with letters where numbers stand, such as `lenet-A-B-…`.
  package let form: String
  /// Names of the family.
  package let examples: [String]
  /// What the networks are.
  package let words: String
  /// Where they come from: authors, venue, year.
  package let source: String

  /// Every family that has a name, in the order of ``NetworkSpecification/forms``; beside them stand lists of layers.
  package static let all = [
    NetworkForm(
      form: "lenet-A-B-…", examples: ["lenet-300-100", "lenet-16"],
      words: "fully connected with ReLU, hidden layers of A, B, … units",
      source: "LeCun et al., Proceedings of the IEEE 1998"),
    NetworkForm(
      form: "lenet-5", examples: ["lenet-5"],
      words: "two convolutions of 20 and 50 channels, a hidden layer of 500 units",
      source: "LeCun et al., Proceedings of the IEEE 1998; Lee et al., ICLR 2019"),
    NetworkForm(
      form: "conv-2|4|6", examples: ["conv-2", "conv-4", "conv-6"],
      words: "VGG's first blocks, two hidden layers of 256 units",
      source: "Frankle & Carbin, ICLR 2019"),
    NetworkForm(
      form: "resnet-D[-W]", examples: ["resnet-20", "resnet-56", "resnet-20-64"],
      words: "CIFAR's residual networks of depth D = 6n + 2, W channels at first, 16 unless named",
      source: "He et al., CVPR 2016"),
    NetworkForm(
      form: "wrn-D-K", examples: ["wrn-16-8", "wrn-28-10"],
      words: "wide residual networks of depth D = 6n + 4, K times as wide, pre-activation",
      source: "Zagoruyko & Komodakis, BMVC 2016"),
    NetworkForm(
      form: "vgg-11|13|16|19", examples: ["vgg-11", "vgg-13", "vgg-16", "vgg-19"],
      words: "with batch norm and one linear layer, for CIFAR",
      source: "Simonyan & Zisserman, ICLR 2015"),
    NetworkForm(
      form: "vgg11|13|16|19-imagenet",
      examples: ["vgg11-imagenet", "vgg13-imagenet", "vgg16-imagenet", "vgg19-imagenet"],
      words: "without batch norm, three linear layers", source: "Simonyan & Zisserman, ICLR 2015"),
    NetworkForm(
      form: "resnet-18|50", examples: ["resnet-18", "resnet-50"],
      words: "ImageNet's residual networks; small images get a 3×3 convolution first",
      source: "He et al., CVPR 2016"),
    NetworkForm(
      form: "{layers: […]}", examples: [],
      words: "layers of your own, shapes inferred; 'espalier new ablation' lists them", source: ""),
  ]
}
