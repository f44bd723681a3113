/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

static void
ignore (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

/* A warning of a library is a fault of ours. What is only told is not looked at, and costs time. */
int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  g_log_set_handler ("dubroom", G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG, ignore, NULL);
  return 0;
}
