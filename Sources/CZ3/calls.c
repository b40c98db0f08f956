#define _GNU_SOURCE
#include "cz3.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

// In milliseconds: what a call may take beyond its limit, and how often it is looked at.
enum { GRACE = 300, SLICE = 20 };
// Each takes a processor and memory for as long as the process lives.
enum { ABANDONED_MAX = 4 };

static atomic_int abandoned_count = 0;

struct bounded {
  cz3_call call;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  bool is_done, is_interrupted, is_abandoned;
  pid_t thread;
};

static void delete(struct bounded *bounded) {
  pthread_cond_destroy(&bounded->changed);
  pthread_mutex_destroy(&bounded->lock);
  free(bounded);
}

static void *run(void *argument) {
  struct bounded *bounded = argument;
  cz3_call call = bounded->call;
  pthread_mutex_lock(&bounded->lock);
  bounded->thread = gettid();
  pthread_mutex_unlock(&bounded->lock);
  call.body(call.argument);
  pthread_mutex_lock(&bounded->lock);
  bounded->is_done = true;
  bool is_abandoned = bounded->is_abandoned;
  pthread_cond_signal(&bounded->changed);
  pthread_mutex_unlock(&bounded->lock);
  call.release(call.argument);
  if (is_abandoned) {
    delete(bounded);
    atomic_fetch_sub(&abandoned_count, 1);
  }
  return NULL;
}

// Behind a thread that still runs, exit() would take down what the library lives on.
static void leave(int status, void *unused) {
  (void)unused;
  if (atomic_load(&abandoned_count) == 0) return;
  fflush(NULL);
  _exit(status);
}

static void prepare_to_leave(void) { on_exit(leave, NULL); }

static struct timespec later(struct timespec time, unsigned milliseconds) {
  time.tv_sec += milliseconds / 1000;
  time.tv_nsec += (long)(milliseconds % 1000) * 1000000;
  if (time.tv_nsec >= 1000000000) {
    time.tv_sec++;
    time.tv_nsec -= 1000000000;
  }
  return time;
}

static bool is_before(struct timespec a, struct timespec b) {
  return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

static struct timespec now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time;
}

// Requires: the lock is held. Returns whether the call has ended.
static bool wait_for(struct bounded *bounded) {
  struct timespec limit = later(now(), bounded->call.milliseconds);
  bool is_late = false;
  while (!bounded->is_done) {
    struct timespec time = now();
    if (!is_before(time, limit)) {
      if (is_late) return false;
      is_late = true;
      limit = later(time, GRACE);
    } else if (!is_late && bounded->call.is_stopped(bounded->call.argument)) {
      is_late = true;
      limit = later(time, GRACE);
    }
    if (is_late) {
      bounded->is_interrupted = true;
      cz3_interrupt(bounded->call.context);
    }
    struct timespec next = later(time, SLICE);
    pthread_cond_timedwait(&bounded->changed, &bounded->lock, &next);
  }
  return true;
}

static void abandon(struct bounded *bounded) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, prepare_to_leave);
  bounded->is_abandoned = true;
  atomic_fetch_add(&abandoned_count, 1);
  // What is of no use to anybody takes no time from the rest.
  if (bounded->thread != 0) setpriority(PRIO_PROCESS, (id_t)bounded->thread, 19);
}

static struct bounded *started(const cz3_call *call) {
  struct bounded *bounded = calloc(1, sizeof *bounded);
  if (bounded == NULL) return NULL;
  bounded->call = *call;
  pthread_condattr_t clock;
  pthread_condattr_init(&clock);
  pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
  pthread_cond_init(&bounded->changed, &clock);
  pthread_condattr_destroy(&clock);
  pthread_mutex_init(&bounded->lock, NULL);
  pthread_t thread;
  if (pthread_create(&thread, NULL, run, bounded) != 0) {
    delete(bounded);
    return NULL;
  }
  pthread_detach(thread);
  return bounded;
}

cz3_end cz3_run(const cz3_call *call) {
  bool is_refused = atomic_load(&abandoned_count) >= ABANDONED_MAX;
  struct bounded *bounded = is_refused ? NULL : started(call);
  if (bounded == NULL) {
    call->release(call->argument);
    return CZ3_REFUSED;
  }
  pthread_mutex_lock(&bounded->lock);
  bool has_ended = wait_for(bounded);
  if (!has_ended) abandon(bounded);
  bool is_interrupted = bounded->is_interrupted;
  pthread_mutex_unlock(&bounded->lock);
  if (!has_ended) return CZ3_ABANDONED;
  delete(bounded);
  return is_interrupted ? CZ3_INTERRUPTED : CZ3_ENDED;
}

int cz3_abandoned_count(void) { return atomic_load(&abandoned_count); }
