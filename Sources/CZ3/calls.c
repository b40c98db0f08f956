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

// A thread that runs calls, one after the other, and who waits for the one at hand. Threads are used
// again: Z3 counts memory by thread in portions, and what is left of a portion when a thread ends
// is lost, so that its limit would be too high by then.
struct worker {
  cz3_call call;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  bool has_call, is_done, is_interrupted, is_abandoned;
  pid_t thread;
  struct worker *next;
};

static pthread_mutex_t idle_lock = PTHREAD_MUTEX_INITIALIZER;
static struct worker *idle = NULL;

static void delete(struct worker *worker) {
  pthread_cond_destroy(&worker->changed);
  pthread_mutex_destroy(&worker->lock);
  free(worker);
}

static void *run(void *argument) {
  struct worker *worker = argument;
  for (bool is_abandoned = false; !is_abandoned;) {
    pthread_mutex_lock(&worker->lock);
    worker->thread = gettid();
    while (!worker->has_call) pthread_cond_wait(&worker->changed, &worker->lock);
    cz3_call call = worker->call;
    pthread_mutex_unlock(&worker->lock);
    call.body(call.argument);
    pthread_mutex_lock(&worker->lock);
    worker->has_call = false;
    worker->is_done = true;
    is_abandoned = worker->is_abandoned;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
    call.release(call.argument);
  }
  delete(worker);
  atomic_fetch_sub(&abandoned_count, 1);
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
static bool wait_for(struct worker *worker) {
  struct timespec limit = later(now(), worker->call.milliseconds);
  bool is_late = false;
  while (!worker->is_done) {
    struct timespec time = now();
    if (!is_before(time, limit)) {
      if (is_late) return false;
      is_late = true;
      limit = later(time, GRACE);
    } else if (!is_late && worker->call.is_stopped(worker->call.argument)) {
      is_late = true;
      limit = later(time, GRACE);
    }
    if (is_late) {
      worker->is_interrupted = true;
      cz3_interrupt(worker->call.context);
    }
    struct timespec next = later(time, SLICE);
    pthread_cond_timedwait(&worker->changed, &worker->lock, &next);
  }
  return true;
}

static void abandon(struct worker *worker) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, prepare_to_leave);
  worker->is_abandoned = true;
  atomic_fetch_add(&abandoned_count, 1);
  // What is of no use to anybody takes no time from the rest.
  if (worker->thread != 0) setpriority(PRIO_PROCESS, (id_t)worker->thread, 19);
}

static struct worker *new_worker(void) {
  struct worker *worker = calloc(1, sizeof *worker);
  if (worker == NULL) return NULL;
  pthread_condattr_t clock;
  pthread_condattr_init(&clock);
  pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
  pthread_cond_init(&worker->changed, &clock);
  pthread_condattr_destroy(&clock);
  pthread_mutex_init(&worker->lock, NULL);
  pthread_t thread;
  if (pthread_create(&thread, NULL, run, worker) != 0) {
    delete(worker);
    return NULL;
  }
  pthread_detach(thread);
  return worker;
}

static struct worker *idle_worker(void) {
  pthread_mutex_lock(&idle_lock);
  struct worker *worker = idle;
  if (worker != NULL) idle = worker->next;
  pthread_mutex_unlock(&idle_lock);
  return worker != NULL ? worker : new_worker();
}

static void keep_for_others(struct worker *worker) {
  pthread_mutex_lock(&idle_lock);
  worker->next = idle;
  idle = worker;
  pthread_mutex_unlock(&idle_lock);
}

cz3_end cz3_run(const cz3_call *call) {
  bool is_refused = atomic_load(&abandoned_count) >= ABANDONED_MAX;
  struct worker *worker = is_refused ? NULL : idle_worker();
  if (worker == NULL) {
    call->release(call->argument);
    return CZ3_REFUSED;
  }
  pthread_mutex_lock(&worker->lock);
  worker->call = *call;
  worker->is_done = worker->is_interrupted = false;
  worker->has_call = true;
  pthread_cond_broadcast(&worker->changed);
  bool has_ended = wait_for(worker);
  if (!has_ended) abandon(worker);
  bool is_interrupted = worker->is_interrupted;
  pthread_mutex_unlock(&worker->lock);
  if (!has_ended) return CZ3_ABANDONED;
  keep_for_others(worker);
  return is_interrupted ? CZ3_INTERRUPTED : CZ3_ENDED;
}

int cz3_abandoned_count(void) { return atomic_load(&abandoned_count); }
