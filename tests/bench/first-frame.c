/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-first-frame COMMAND…: starts COMMAND on a screen without a window manager and prints "MS KIB": from the start to the
 * first frame in the middle of its window, and what it holds in memory once nothing is drawn any more. Then ends it. */

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xdamage.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 60000
#define SETTLED_MS  700

static double
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void
die (const char *words)
{
  fprintf (stderr, "bench-first-frame: %s\n", words);
  exit (2);
}

/* A window may go between two requests. */
static int
ignore_error (Display     *display,
              XErrorEvent *event)
{
  return 0;
}

/* Nothing lies under a window here, so what is not drawn yet is black. */
static bool
is_drawn (Display *display,
          Window   window)
{
  XWindowAttributes attributes;
  XImage *image;
  unsigned long pixel;

  if (!XGetWindowAttributes (display, window, &attributes) || attributes.map_state != IsViewable)
    return false;
  image = XGetImage (display, window, attributes.width / 2, attributes.height / 2, 1, 1, AllPlanes, ZPixmap);
  if (image == NULL)
    return false;
  pixel = XGetPixel (image, 0, 0);
  XDestroyImage (image);
  return (pixel & 0xffffff) != 0;
}

/* Waits for the next event; false when none came in time. */
static bool
next_event (Display *display,
            XEvent  *event,
            double   patience)
{
  struct pollfd connection = { .fd = ConnectionNumber (display), .events = POLLIN };
  double end = now_ms () + patience;

  while (XPending (display) == 0)
    {
      double left = end - now_ms ();

      if (left <= 0 || (poll (&connection, 1, (int) left + 1) < 0 && errno != EINTR))
        return false;
    }
  XNextEvent (display, event);
  return true;
}

static void
watch_window (Display            *display,
              const XMapEvent    *event)
{
  if (!event->override_redirect)
    XDamageCreate (display, event->window, XDamageReportRawRectangles);
}

static bool
wait_for_frame (Display *display,
                int      damage_notify)
{
  double end = now_ms () + PATIENCE_MS;
  XEvent event;

  while (next_event (display, &event, end - now_ms ()))
    {
      if (event.type == MapNotify)
        watch_window (display, &event.xmap);
      else if (event.type == damage_notify && is_drawn (display, ((XDamageNotifyEvent *) &event)->drawable))
        return true;
    }
  return false;
}

static void
wait_for_rest (Display *display)
{
  double end = now_ms () + PATIENCE_MS / 6;
  XEvent event;

  while (now_ms () < end && next_event (display, &event, SETTLED_MS))
    ;
}

static long
resident_kib (pid_t id)
{
  char path[64], line[256];
  long kib = 0;
  FILE *status;

  snprintf (path, sizeof path, "/proc/%d/status", (int) id);
  status = fopen (path, "r");
  if (status == NULL)
    die ("the program has ended");
  while (fgets (line, sizeof line, status) != NULL)
    if (sscanf (line, "VmRSS: %ld", &kib) == 1)
      break;
  fclose (status);
  return kib;
}

static pid_t
start (char **command)
{
  pid_t id = fork ();

  if (id < 0)
    die (strerror (errno));
  if (id > 0)
    return id;
  execvp (command[0], command);
  die (strerror (errno));
  return -1;
}

int
main (int    argc,
      char **argv)
{
  Display *display = XOpenDisplay (NULL);
  int damage_event, damage_error, status;
  double begun, taken;
  long kib;
  pid_t id;
  bool drawn;

  if (argc < 2 || display == NULL || !XDamageQueryExtension (display, &damage_event, &damage_error))
    die ("a command and an X screen with the damage extension are needed");
  XSetErrorHandler (ignore_error);
  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);
  XSync (display, False);

  begun = now_ms ();
  id = start (argv + 1);
  drawn = wait_for_frame (display, damage_event + XDamageNotify);
  taken = now_ms () - begun;
  if (!drawn)
    {
      kill (id, SIGKILL);
      die ("no frame came");
    }
  wait_for_rest (display);
  kib = resident_kib (id);
  kill (id, SIGTERM);
  waitpid (id, &status, 0);
  printf ("%.1f %ld\n", taken, kib);
  return 0;
}
