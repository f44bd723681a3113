/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-wav.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define HEADER_BYTES 44
#define PCM 1
#define BITS 16

static void
put_u32 (guint8 *to, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (to, &value, sizeof value);
}

static void
put_u16 (guint8 *to, guint16 value)
{
  value = GUINT16_TO_LE (value);
  memcpy (to, &value, sizeof value);
}

static guint32
get_u32 (const guint8 *from)
{
  guint32 value;

  memcpy (&value, from, sizeof value);
  return GUINT32_FROM_LE (value);
}

/**
 * dub_wav_write:
 * @sound: less than 4 GiB of it
 *
 * Returns: (transfer full): the file (RIFF WAVE, PCM)
 */
GBytes *
dub_wav_write (const DubPcm *sound)
{
  gsize n_samples = sound->n_frames * sound->channels;
  guint frame = sound->channels * (BITS / 8);
  gsize n_bytes = n_samples * (BITS / 8);
  guint8 *file = g_malloc (HEADER_BYTES + n_bytes);

  memcpy (file, "RIFF", 4);
  put_u32 (file + 4, (guint32) (HEADER_BYTES - 8 + n_bytes));
  memcpy (file + 8, "WAVEfmt ", 8);
  put_u32 (file + 16, 16);
  put_u16 (file + 20, PCM);
  put_u16 (file + 22, (guint16) sound->channels);
  put_u32 (file + 24, sound->rate);
  put_u32 (file + 28, sound->rate * frame);
  put_u16 (file + 32, (guint16) frame);
  put_u16 (file + 34, BITS);
  memcpy (file + 36, "data", 4);
  put_u32 (file + 40, (guint32) n_bytes);
  for (gsize i = 0; i < n_samples; i++)
    put_u16 (file + HEADER_BYTES + 2 * i, (guint16) lrintf (CLAMP (sound->samples[i], -1, 1) * G_MAXINT16));
  return g_bytes_new_take (file, HEADER_BYTES + n_bytes);
}

/**
 * dub_wav_is_cut:
 * @bytes: anything
 *
 * A server that writes speech as it comes does not know its length beforehand, and puts 0 or 4 GiB in its place.
 *
 * Returns: whether there is less than the file says
 */
gboolean
dub_wav_is_cut (GBytes *bytes)
{
  gsize length;
  const guint8 *file = g_bytes_get_data (bytes, &length);
  guint32 stated;

  if (length < 12 || memcmp (file, "RIFF", 4) != 0 || memcmp (file + 8, "WAVE", 4) != 0)
    return FALSE;
  stated = get_u32 (file + 4);
  /* "4 GiB" is written with and without what comes before it. */
  return stated < (guint32) G_MAXINT32 && (gsize) stated + 8 > length + 1;
}
