/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fault-script.h"

#define PAGE "<!DOCTYPE html><html><body><h1>Be right back</h1></body></html>"
#define ENVELOPE(code, message) "{\"code\": " code ", \"message\": \"" message "\", \"request_id\": \"fault\", \"data\": {}}"

#define PIECE (1024 * 1024)
#define N_PIECES 100

static GBytes *
make_piece (void)
{
  char *blanks = g_malloc (PIECE);

  memset (blanks, ' ', PIECE);
  return g_bytes_new_take (blanks, PIECE);
}

/* (transfer full): what unpacks to as much */
static GBytes *
make_bomb (void)
{
  static GBytes *bomb;
  g_autoptr (GOutputStream) memory = NULL;
  g_autoptr (GOutputStream) packed = NULL;
  g_autoptr (GConverter) converter = NULL;
  g_autoptr (GBytes) piece = NULL;

  if (bomb != NULL)
    return g_bytes_ref (bomb);
  memory = g_memory_output_stream_new_resizable ();
  converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
  packed = g_converter_output_stream_new (memory, converter);
  piece = make_piece ();
  for (guint i = 0; i < N_PIECES; i++)
    g_output_stream_write_all (packed, g_bytes_get_data (piece, NULL), PIECE, NULL, NULL, NULL);
  g_output_stream_close (packed, NULL, NULL);
  bomb = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  return g_bytes_ref (bomb);
}

static void
script_flood (DubFakeService *service,
              const DubFault *fault)
{
  gboolean packed = fault->kind == DUB_FAULT_BOMB;
  g_autoptr (GBytes) piece = packed ? make_bomb () : make_piece ();

  dub_fake_service_script_answer (service, fault->endpoint, fault->ordinal, 200, NULL, NULL);
  if (packed)
    dub_fake_service_script_header (service, fault->endpoint, fault->ordinal, "Content-Encoding", "gzip");
  dub_fake_service_script_flood (service, fault->endpoint, fault->ordinal, piece, packed ? 1 : N_PIECES);
}

static void
script_drop (DubFakeService *service,
             const DubFault *fault,
             DubFakeDrop     drop)
{
  dub_fake_service_script_drop (service, fault->endpoint, fault->ordinal, drop);
}

static void
script_code (DubFakeService *service,
             const DubFault *fault,
             gint64          code,
             const char     *message)
{
  dub_fake_service_script_code (service, fault->endpoint, fault->ordinal, code, message);
}

static void
script_answer (DubFakeService *service,
               const DubFault *fault,
               guint           status,
               const char     *type,
               const char     *body)
{
  dub_fake_service_script_answer (service, fault->endpoint, fault->ordinal, status, type, body);
}

static void
script_redirect (DubFakeService *service,
                 const DubFault *fault,
                 const char     *elsewhere)
{
  script_answer (service, fault, fault->ordinal % 2 == 0 ? 302 : 307, "text/html", PAGE);
  dub_fake_service_script_header (service, fault->endpoint, fault->ordinal, "Location", elsewhere);
}

static void
script_rest (DubFakeService *service,
             const DubFault *fault)
{
  script_answer (service, fault, 429, NULL, ENVELOPE ("40100", "Too many requests."));
  if (fault->kind == DUB_FAULT_TOO_MANY_WAIT)
    dub_fake_service_script_header (service, fault->endpoint, fault->ordinal, "Retry-After", "1");
}

static void
script_twist (DubFakeService *service,
              const DubFault *fault)
{
  static const DubFakeTwist twists[] = {
    [DUB_FAULT_CUT] = DUB_FAKE_TWIST_CUT,         [DUB_FAULT_REVERSED] = DUB_FAKE_TWIST_REVERSED,
    [DUB_FAULT_DOUBLED] = DUB_FAKE_TWIST_DOUBLED, [DUB_FAULT_FEWER] = DUB_FAKE_TWIST_FEWER,
    [DUB_FAULT_MORE] = DUB_FAKE_TWIST_MORE,       [DUB_FAULT_OLDER] = DUB_FAKE_TWIST_OLDER,
    [DUB_FAULT_STATUS] = DUB_FAKE_TWIST_STATUS,
  };

  dub_fake_service_script_twist (service, fault->endpoint, fault->ordinal, twists[fault->kind]);
}

static void
script_refusal (DubFakeService *service,
                const DubFault *fault)
{
  switch ((guint) fault->kind)
    {
    case DUB_FAULT_TOO_MANY:
    case DUB_FAULT_TOO_MANY_WAIT:
      script_rest (service, fault);
      break;
    case DUB_FAULT_TOO_MANY_CODE:
      script_code (service, fault, 40100, "Too many requests.");
      break;
    case DUB_FAULT_BAD_TOKEN:
      script_code (service, fault, 40105, "Access token is incorrect or has been revoked.");
      break;
    case DUB_FAULT_NOT_ALLOWED:
      script_code (service, fault, 40001, "No permission to operate.");
      break;
    case DUB_FAULT_BAD_BATCH:
      script_code (service, fault, 40002, "A video is too long.");
      break;
    case DUB_FAULT_UNKNOWN_REFUSAL:
      script_code (service, fault, 47110, "It is Sunday.");
      break;
    default:
      break;
    }
}

static gboolean
script_breakdown (DubFakeService *service,
                  const DubFault *fault,
                  const char     *elsewhere)
{
  switch ((guint) fault->kind)
    {
    case DUB_FAULT_LATE:
      dub_fake_service_script_hold (service, fault->endpoint, fault->ordinal);
      script_answer (service, fault, 200, NULL, ENVELOPE ("0", "OK"));
      return TRUE;
    case DUB_FAULT_SERVER_ERROR:
      script_answer (service, fault, 500, NULL, ENVELOPE ("50002", "Internal error."));
      return TRUE;
    case DUB_FAULT_UNAVAILABLE:
      script_answer (service, fault, 503, "text/html", PAGE);
      return TRUE;
    case DUB_FAULT_SERVER_CODE:
      script_code (service, fault, 50000, "System error.");
      return TRUE;
    case DUB_FAULT_UNKNOWN_CODE:
      script_code (service, fault, 77001, "Somebody is at it.");
      return TRUE;
    case DUB_FAULT_HTML:
      script_answer (service, fault, 200, "text/html", PAGE);
      return TRUE;
    case DUB_FAULT_REDIRECT:
      script_redirect (service, fault, elsewhere);
      return TRUE;
    case DUB_FAULT_FLOOD:
    case DUB_FAULT_BOMB:
      script_flood (service, fault);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
script_other (DubFakeService *service,
              const DubFault *fault)
{
  switch ((guint) fault->kind)
    {
    case DUB_FAULT_DROP_UNREAD:
      script_drop (service, fault, DUB_FAKE_DROP_BEFORE_READING);
      break;
    case DUB_FAULT_DROP_READ:
      script_drop (service, fault, DUB_FAKE_DROP_AFTER_READING);
      break;
    case DUB_FAULT_DROP_ACTED:
      script_drop (service, fault, DUB_FAKE_DROP_AFTER_ACTING);
      break;
    case DUB_FAULT_HALF_ANSWER:
      script_drop (service, fault, DUB_FAKE_DROP_HALF_ANSWER);
      break;
    case DUB_FAULT_CUT:
    case DUB_FAULT_REVERSED:
    case DUB_FAULT_DOUBLED:
    case DUB_FAULT_FEWER:
    case DUB_FAULT_MORE:
    case DUB_FAULT_OLDER:
    case DUB_FAULT_STATUS:
      script_twist (service, fault);
      break;
    default:
      script_refusal (service, fault);
      break;
    }
}

void
dub_fault_script (DubFakeService *service,
                  const DubFault *fault,
                  const char     *elsewhere)
{
  if (!script_breakdown (service, fault, elsewhere))
    script_other (service, fault);
  else if (fault->accepted)
    dub_fake_service_script_acted (service, fault->endpoint, fault->ordinal);
}
