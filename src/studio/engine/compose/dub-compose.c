/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-compose.h"

#include "dub-gst.h"
#include "dub-mp4.h"
#include "dub-picture.h"

/**
 * dub_compose:
 * @sound: as long as the dub is to be, 48 kHz, left and right
 * @subtitles: (nullable): what to write on the picture
 * @language: of @sound and @subtitles
 * @output: path of the MP4; incomplete where this fails
 *
 * Blocks. Without @subtitles the picture is copied bit for bit where an MP4 can hold it.
 *
 * Returns: whether the file is complete
 */
gboolean
dub_compose (DubSource *source,
             const DubPcm *sound,
             DubScript *subtitles,
             const DubLanguage *language,
             const char *output,
             DubProgress *progress,
             GError **error)
{
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  GstElement *mux = dub_mp4_add (pipeline, output, error);
  g_autoptr (DubPicture) picture = NULL;

  if (mux == NULL)
    return FALSE;
  picture = dub_picture_add (pipeline, mux, source, subtitles, language, error);
  if (picture == NULL || !dub_mp4_add_sound (pipeline, mux, sound, dub_language_get_code (language), error))
    return FALSE;
  return dub_gst_run (pipeline, source->duration, progress, error);
}
