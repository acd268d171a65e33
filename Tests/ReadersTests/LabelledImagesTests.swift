import Readers
import Recipes
import Testing

@Suite struct LabelledImagesTests {
  @Test func countsAreThoseOfTheLabels() {
    let images = LabelledImages(
      shape: ExampleShape(channels: 2, height: 1, width: 2), pixels: [1, 2, 3, 4, 5, 6, 7, 8],
      labels: [0, 1])
    #expect(images.count == 2)
  }

  @Test func sizesThatDisagreeTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = LabelledImages(
        shape: ExampleShape(channels: 1, height: 2, width: 2), pixels: [1, 2, 3], labels: [0])
    }
  }
}
