#include "cz3.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

// The functions of the loaded library, by the names that it has them under.
static struct {
  cz3_config (*mk_config)(void);
  void (*del_config)(cz3_config);
  cz3_context (*mk_context)(cz3_config);
  void (*set_error_handler)(cz3_context, void (*)(cz3_context, int));
  int (*get_error_code)(cz3_context);
  const char *(*get_error_msg)(cz3_context, int);
#define CZ3_MEMBER(result, name, parameters, arguments) result (*name) parameters;
  CZ3_FUNCTIONS(CZ3_MEMBER)
#undef CZ3_MEMBER
} z3;

static const char *failure = NULL;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// dlsym returns an object pointer; POSIX lets it hold a function.
static void resolve(void *library, const char *name, void *place) {
  void *function = dlsym(library, name);
  if (function == NULL && failure == NULL) failure = "it is older than 4.8.12";
  *(void **)place = function;
}

static void load(void) {
  void *library = dlopen("libz3.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) library = dlopen("libz3.so", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    failure = "it is not installed";
    return;
  }
  resolve(library, "Z3_mk_config", &z3.mk_config);
  resolve(library, "Z3_del_config", &z3.del_config);
  resolve(library, "Z3_mk_context", &z3.mk_context);
  resolve(library, "Z3_set_error_handler", &z3.set_error_handler);
  resolve(library, "Z3_get_error_code", &z3.get_error_code);
  resolve(library, "Z3_get_error_msg", &z3.get_error_msg);
#define CZ3_RESOLVE(result, name, parameters, arguments) resolve(library, "Z3_" #name, &z3.name);
  CZ3_FUNCTIONS(CZ3_RESOLVE)
#undef CZ3_RESOLVE
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

cz3_context cz3_open(void) {
  cz3_config config = z3.mk_config();
  cz3_context context = z3.mk_context(config);
  z3.del_config(config);
  if (context != NULL) z3.set_error_handler(context, keep_going);
  return context;
}

const char *cz3_error(cz3_context context) {
  int code = z3.get_error_code(context);
  return code == 0 ? NULL : z3.get_error_msg(context, code);
}

#define CZ3_DEFINE(result, name, parameters, arguments) \
  result cz3_##name parameters { return z3.name arguments; }
CZ3_FUNCTIONS(CZ3_DEFINE)
