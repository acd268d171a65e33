#ifndef ESPALIER_PNG_H
#define ESPALIER_PNG_H

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

/// A PNG in memory, and what was read of it.
///
/// libpng's simplified interface applies the gAMA chunk to samples. Its other one leaves them as they are
/// stored, but reports errors by longjmp, which Swift cannot receive: hence these functions in C.
struct espalier_png {
  const png_byte *bytes;
  size_t count, position;
  png_uint_32 width, height;
  /// Bits of a sample as stored.
  int depth;
  int has_colour, has_alpha;
  /// What the file says of its gamma, in 1/100,000; 0 where it says nothing.
  png_fixed_point gamma;
  /// libpng's words where reading failed.
  char problem[128];
};

static void espalier_png_fail(png_structp png, png_const_charp message) {
  struct espalier_png *image = png_get_error_ptr(png);
  snprintf(image->problem, sizeof image->problem, "%s", message);
  png_longjmp(png, 1);
}

static void espalier_png_ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void espalier_png_next(png_structp png, png_bytep out, size_t count) {
  struct espalier_png *image = png_get_io_ptr(png);
  if (count > image->count - image->position) png_error(png, "ends too early");
  memcpy(out, image->bytes + image->position, count);
  image->position += count;
}

/// Which part of an image is read.
enum espalier_png_part { ESPALIER_PNG_HEADER, ESPALIER_PNG_ROWS };

/// Reads the header, and all rows where these are asked for: `pixels` gets four bytes for each pixel, red,
/// green, blue and alpha, as they are stored. Palettes become their colours, samples of fewer bits than
/// eight spread to 0…255, those of sixteen bits give their high byte. Without `pixels` rows are unpacked
/// and forgotten.
///
/// Returns 0, and `problem`, where the image is damaged.
static inline int espalier_png_read(
    struct espalier_png *image, enum espalier_png_part part, png_bytep pixels) {
  png_structp png = png_create_read_struct(
      PNG_LIBPNG_VER_STRING, image, espalier_png_fail, espalier_png_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  image->position = 0;
  if (!info) {
    snprintf(image->problem, sizeof image->problem, "no memory");
    png_destroy_read_struct(&png, NULL, NULL);
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
  }
  png_set_read_fn(png, image, espalier_png_next);
  png_read_info(png, info);
  image->width = png_get_image_width(png, info);
  image->height = png_get_image_height(png, info);
  image->depth = png_get_bit_depth(png, info);
  image->has_colour = (png_get_color_type(png, info) & PNG_COLOR_MASK_COLOR) != 0;
  image->has_alpha = (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) != 0 ||
      png_get_valid(png, info, PNG_INFO_tRNS) != 0;
  image->gamma = 0;
  png_get_gAMA_fixed(png, info, &image->gamma);
  if (part == ESPALIER_PNG_ROWS) {
    if (pixels) {
      png_set_expand(png);
      png_set_strip_16(png);
      png_set_gray_to_rgb(png);
      png_set_add_alpha(png, 0xFF, PNG_FILLER_AFTER);
    }
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    for (int pass = 0; pass < passes; pass++)
      for (png_uint_32 row = 0; row < image->height; row++)
        png_read_row(png, pixels ? pixels + (size_t)4 * row * image->width : NULL, NULL);
  }
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}

#endif
