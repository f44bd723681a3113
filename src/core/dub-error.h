/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DUB_ERROR:
 *
 * Error domain of the values and rules in `core`. Every message is a whole sentence for a person: what is
 * wrong, and what to do.
 */
#define DUB_ERROR (dub_error_quark ())
GQuark dub_error_quark (void);

/**
 * DubError:
 * @DUB_ERROR_CAPTIONS: a subtitle file cannot be read
 * @DUB_ERROR_SCRIPT: a script breaks a rule of the service (order, length, end of the video)
 * @DUB_ERROR_NAME: a name is empty or longer than 50 characters
 * @DUB_ERROR_LANGUAGE: a language code that the service does not know
 * @DUB_ERROR_FILE: a file cannot be read, or is not what it should be
 * @DUB_ERROR_ENGINE: an engine of the built-in studio cannot be used as it is set up
 */
typedef enum
{
  DUB_ERROR_CAPTIONS,
  DUB_ERROR_SCRIPT,
  DUB_ERROR_NAME,
  DUB_ERROR_LANGUAGE,
  DUB_ERROR_FILE,
  DUB_ERROR_ENGINE,
} DubError;

G_END_DECLS
