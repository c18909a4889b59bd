/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clean-image.h"

#include "exif.h"
#include "pixels.h"
#include "protocol/error.h"

#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>
#include <webp/encode.h>
#include <webp/mux.h>

#define QUALITY 90
#define LOSSLESS 2 /* WebPBitstreamFeatures.format */
#define FRAMES_MAX 1000

static GBytes *
fail (GError **error)
{
  if (error == NULL || *error == NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "WebP: the picture is damaged");
  return NULL;
}

static guint
orientation_of (const WebPData *data)
{
  WebPDemuxer *demuxer = WebPDemux (data);
  WebPChunkIterator chunk;
  guint orientation = 1;

  if (demuxer == NULL)
    return 1;
  if (WebPDemuxGetChunk (demuxer, "EXIF", 1, &chunk))
    {
      orientation = cfd_exif_orientation (chunk.chunk.bytes, chunk.chunk.size);
      WebPDemuxReleaseChunkIterator (&chunk);
    }
  WebPDemuxDelete (demuxer);
  return orientation;
}

static gboolean
decode_still (const WebPData *data, const WebPBitstreamFeatures *features, CfdPixels *pixels, GError **error)
{
  int stride = features->width * 4;

  if (cfd_pixels_alloc (pixels, features->width, features->height, 4, error)
      && WebPDecodeRGBAInto (data->bytes, data->size, pixels->data, (gsize) stride * features->height, stride) != NULL
      && cfd_pixels_orient (pixels, orientation_of (data), error))
    return TRUE;
  fail (error);
  return FALSE;
}

static gboolean
decode_first (const WebPData *data, const WebPBitstreamFeatures *features, CfdPixels *pixels, GError **error)
{
  WebPAnimDecoder *decoder = NULL;
  WebPAnimInfo info;
  uint8_t *rgba;
  int time;
  gboolean good;

  /* Before the decoder makes room for it. */
  if (!cfd_pixels_check (features->width, features->height, error))
    return FALSE;
  decoder = WebPAnimDecoderNew (data, NULL);
  good = decoder != NULL && WebPAnimDecoderGetInfo (decoder, &info) && WebPAnimDecoderGetNext (decoder, &rgba, &time)
         && cfd_pixels_alloc (pixels, info.canvas_width, info.canvas_height, 4, error);
  if (good)
    memcpy (pixels->data, rgba, (gsize) info.canvas_width * info.canvas_height * 4);
  else
    fail (error);
  WebPAnimDecoderDelete (decoder);
  return good;
}

static GBytes *
clean_still (const WebPData *data, const WebPBitstreamFeatures *features, CfdPixels *pixels, GError **error)
{
  int stride;
  uint8_t *bytes = NULL;
  size_t length;
  GBytes *clean;

  if (!decode_still (data, features, pixels, error))
    return NULL;
  stride = pixels->width * 4;
  length = features->format == LOSSLESS ? WebPEncodeLosslessRGBA (pixels->data, pixels->width, pixels->height, stride, &bytes)
                                        : WebPEncodeRGBA (pixels->data, pixels->width, pixels->height, stride, QUALITY, &bytes);
  clean = length > 0 ? g_bytes_new (bytes, length) : fail (error);
  WebPFree (bytes);
  return clean;
}

/* Decodes each frame and gives it to @encoder. Returns: whether all was well. */
static gboolean
copy_frames (WebPAnimDecoder *decoder, WebPAnimEncoder *encoder, const WebPAnimInfo *info)
{
  WebPConfig config;
  int time = 0, shown = 0;

  if (!WebPConfigInit (&config))
    return FALSE;
  config.quality = QUALITY;
  config.method = 2; /* there may be many */
  while (WebPAnimDecoderHasMoreFrames (decoder))
    {
      WebPPicture picture;
      uint8_t *rgba;
      gboolean good;

      if (!WebPAnimDecoderGetNext (decoder, &rgba, &time) || !WebPPictureInit (&picture))
        return FALSE;
      picture.use_argb = 1;
      picture.width = info->canvas_width;
      picture.height = info->canvas_height;
      good = WebPPictureImportRGBA (&picture, rgba, info->canvas_width * 4) && WebPAnimEncoderAdd (encoder, &picture, shown, &config);
      WebPPictureFree (&picture);
      if (!good)
        return FALSE;
      shown = time; /* a frame's own time is its end */
    }
  return WebPAnimEncoderAdd (encoder, NULL, time, NULL);
}

static GBytes *
clean_animation (const WebPData *data, GError **error)
{
  WebPAnimDecoder *decoder = WebPAnimDecoderNew (data, NULL);
  WebPAnimEncoderOptions options;
  WebPAnimEncoder *encoder = NULL;
  WebPAnimInfo info;
  WebPData out = { 0 };
  GBytes *clean = NULL;

  if (decoder != NULL && WebPAnimDecoderGetInfo (decoder, &info) && info.frame_count <= FRAMES_MAX
      && cfd_pixels_check (info.canvas_width, info.canvas_height, error) && WebPAnimEncoderOptionsInit (&options))
    {
      options.anim_params.loop_count = info.loop_count;
      encoder = WebPAnimEncoderNew (info.canvas_width, info.canvas_height, &options);
    }
  if (encoder != NULL && copy_frames (decoder, encoder, &info) && WebPAnimEncoderAssemble (encoder, &out))
    clean = g_bytes_new (out.bytes, out.size);
  WebPDataClear (&out);
  WebPAnimEncoderDelete (encoder);
  WebPAnimDecoderDelete (decoder);
  return clean != NULL ? clean : fail (error);
}

gboolean
cfd_decode_webp (GBytes *image, CfdPixels *pixels, GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (image, &length);
  const WebPData data = { bytes, length };
  WebPBitstreamFeatures features;

  if (WebPGetFeatures (bytes, length, &features) != VP8_STATUS_OK)
    {
      fail (error);
      return FALSE;
    }
  return features.has_animation ? decode_first (&data, &features, pixels, error) : decode_still (&data, &features, pixels, error);
}

GBytes *
cfd_clean_webp (GBytes *image, guint *width, guint *height, GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (image, &length);
  const WebPData data = { bytes, length };
  g_auto (CfdPixels) pixels = { 0 };
  WebPBitstreamFeatures features;
  GBytes *clean;

  if (WebPGetFeatures (bytes, length, &features) != VP8_STATUS_OK)
    return fail (error);
  *width = features.width;
  *height = features.height;
  if (features.has_animation)
    return clean_animation (&data, error);
  clean = clean_still (&data, &features, &pixels, error);
  if (clean != NULL)
    {
      *width = pixels.width;
      *height = pixels.height;
    }
  return clean;
}
