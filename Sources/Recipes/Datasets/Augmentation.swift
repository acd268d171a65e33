/// How training images are varied, anew in each epoch: mirrored with probability ½, then cut out at a
/// random place after a black border was put around them.
///
/// The order of torchvision's `RandomHorizontalFlip` and `RandomCrop(size, padding)`: the border is black
/// before normalization. Reference for the recipe: He, Zhang, Ren & Sun, CVPR 2016, section 4.2.
package struct Augmentation: Hashable, Sendable, Codable {
  /// Whether images are mirrored left to right with probability ½.
  package let flip: Bool
  /// Width of the border in pixels; the crop has the image's own size. 0 crops nothing.
  package let crop: Int

  /// An augmentation; `nil` where it varies nothing.
  package init?(flip: Bool, crop: Int) {
    precondition(crop >= 0, "a border of \(crop) pixels")
    guard flip || crop > 0 else { return nil }
    self.flip = flip
    self.crop = crop
  }
}
