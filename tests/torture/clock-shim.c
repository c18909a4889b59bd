/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded in front of the C library (LD_PRELOAD): a wall clock that jumps on command.
 *
 * The offset, in milliseconds, is a signed 64-bit number in a file that both sides map; TORTURE_CLOCK names it. Clocks that only
 * count on are left alone, as a jump leaves them. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const int64_t *offset;

#define REAL(name) \
  ({ \
    static __typeof__ (name) *function; \
    if (function == NULL) \
      function = (__typeof__ (name) *) dlsym (RTLD_NEXT, #name); \
    function; \
  })

__attribute__ ((constructor)) static void
map_offset (void)
{
  const char *path = getenv ("TORTURE_CLOCK");
  int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  void *memory;

  if (fd < 0)
    return;
  memory = mmap (NULL, sizeof *offset, PROT_READ, MAP_SHARED, fd, 0);
  offset = memory != MAP_FAILED ? memory : NULL;
  close (fd);
}

static int64_t
jumped (void)
{
  return offset != NULL ? __atomic_load_n (offset, __ATOMIC_ACQUIRE) : 0;
}

static int
is_wall (clockid_t clock)
{
  return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

int
clock_gettime (clockid_t clock, struct timespec *out)
{
  int result = REAL (clock_gettime) (clock, out);
  int64_t milliseconds = jumped (), nanoseconds;

  if (result != 0 || !is_wall (clock) || milliseconds == 0)
    return result;
  nanoseconds = out->tv_nsec + milliseconds % 1000 * 1000000;
  out->tv_sec += milliseconds / 1000 + (nanoseconds >= 1000000000) - (nanoseconds < 0);
  out->tv_nsec = (nanoseconds + 1000000000) % 1000000000;
  return 0;
}

int
gettimeofday (struct timeval *restrict out, void *restrict zone)
{
  struct timespec now;

  if (clock_gettime (CLOCK_REALTIME, &now) != 0)
    return -1;
  out->tv_sec = now.tv_sec;
  out->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t
time (time_t *out)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (out != NULL)
    *out = now.tv_sec;
  return now.tv_sec;
}
