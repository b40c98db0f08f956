#include "cz3.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

// The functions of the loaded library, by the names that it has them under.
static struct {
  cz3_config (*mk_config)(void);
  void (*del_config)(cz3_config);
  cz3_context (*mk_context)(cz3_config);
  void (*set_error_handler)(cz3_context, void (*)(cz3_context, int));
  int (*get_error_code)(cz3_context);
  const char *(*get_error_msg)(cz3_context, int);
  void (*global_param_set)(const char *, const char *);
#define CZ3_MEMBER(result, name, parameters, arguments) result (*name) parameters;
  CZ3_FUNCTIONS(CZ3_MEMBER)
#undef CZ3_MEMBER
} z3;

// Of all contexts together: optimizers have no limit of their own. A call that needs more fails.
static const char *const MEGABYTES_MAX = "5120";

static const char *failure = NULL;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// dlsym returns an object pointer; POSIX lets it hold a function.
static void resolve(void *library, const char *name, void *place) {
  void *function = dlsym(library, name);
  if (function == NULL && failure == NULL) failure = "it is older than 4.8.12";
  *(void **)place = function;
}

// Keeps the linker's words where there is a library that cannot be used.
static void *open_library(const char *name) {
  static char words[256];
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (library != NULL) return library;
  const char *error = dlerror();
  if (error == NULL || strstr(error, "No such file") != NULL) return NULL;
  strncpy(words, error, sizeof words - 1);
  failure = words;
  return NULL;
}

static void load(void) {
  const char *given = getenv("WFCHECK_LIBZ3");
  void *library = open_library(given != NULL ? given : "libz3.so.4");
  if (library == NULL && given == NULL) library = open_library("libz3.so");
  if (library == NULL) {
    if (failure == NULL) failure = "it is not installed";
    return;
  }
  failure = NULL;
  resolve(library, "Z3_mk_config", &z3.mk_config);
  resolve(library, "Z3_del_config", &z3.del_config);
  resolve(library, "Z3_mk_context", &z3.mk_context);
  resolve(library, "Z3_set_error_handler", &z3.set_error_handler);
  resolve(library, "Z3_get_error_code", &z3.get_error_code);
  resolve(library, "Z3_get_error_msg", &z3.get_error_msg);
  resolve(library, "Z3_global_param_set", &z3.global_param_set);
#define CZ3_RESOLVE(result, name, parameters, arguments) resolve(library, "Z3_" #name, &z3.name);
  CZ3_FUNCTIONS(CZ3_RESOLVE)
#undef CZ3_RESOLVE
  if (failure == NULL) z3.global_param_set("memory_max_size", MEGABYTES_MAX);
}

const char *cz3_load(void) {
  pthread_once(&once, load);
  return failure;
}

// Z3's own handler exits the process; one that returns makes the failing call return nothing.
static void keep_going(cz3_context context, int code) {
  (void)context;
  (void)code;
}

// A context takes a millisecond to make and a megabyte to keep.
enum { IDLE_MAX = 4 };

static pthread_mutex_t pool_lock = PTHREAD_MUTEX_INITIALIZER;
static cz3_context idle[IDLE_MAX];
static unsigned idle_count = 0;
static unsigned made_count = 0;

static cz3_context make(void) {
  cz3_config config = z3.mk_config();
  cz3_context context = z3.mk_context(config);
  z3.del_config(config);
  if (context != NULL) z3.set_error_handler(context, keep_going);
  return context;
}

cz3_context cz3_take(void) {
  cz3_context context = NULL;
  pthread_mutex_lock(&pool_lock);
  if (idle_count > 0) context = idle[--idle_count];
  else made_count++;
  pthread_mutex_unlock(&pool_lock);
  return context != NULL ? context : make();
}

void cz3_give_back(cz3_context context, bool is_broken) {
  pthread_mutex_lock(&pool_lock);
  bool is_kept = !is_broken && idle_count < IDLE_MAX;
  if (is_kept) idle[idle_count++] = context;
  pthread_mutex_unlock(&pool_lock);
  if (!is_kept) z3.del_context(context);
}

unsigned cz3_context_count(void) {
  pthread_mutex_lock(&pool_lock);
  unsigned count = made_count;
  pthread_mutex_unlock(&pool_lock);
  return count;
}

const char *cz3_error(cz3_context context) {
  int code = z3.get_error_code(context);
  return code == 0 ? NULL : z3.get_error_msg(context, code);
}

#define CZ3_DEFINE(result, name, parameters, arguments) \
  result cz3_##name parameters { return z3.name arguments; }
CZ3_FUNCTIONS(CZ3_DEFINE)
