// Calls into libz3, which is loaded when it is needed first: a check without a prompt neither needs
// nor pays for it.
//
// The functions have the names and meanings of Z3's C API (4.8.12 or later), with `cz3_` for `Z3_`.
// Requires: cz3_load() has returned NULL before any other call.
// Errors: no call jumps or exits; after one that failed, cz3_error() says why.
// Threads: a context belongs to one thread at a time, but for cz3_interrupt.

#ifndef CZ3_H
#define CZ3_H

#include <stdbool.h>

typedef struct cz3_config_s *cz3_config;
typedef struct cz3_context_s *cz3_context;
typedef struct cz3_symbol_s *cz3_symbol;
typedef struct cz3_sort_s *cz3_sort;
/// Lives as long as its context.
typedef struct cz3_ast_s *cz3_ast;
typedef struct cz3_params_s *cz3_params;
typedef struct cz3_solver_s *cz3_solver;
typedef struct cz3_model_s *cz3_model;
typedef struct cz3_ast_vector_s *cz3_ast_vector;
typedef struct cz3_optimize_s *cz3_optimize;

/// Loads the library, once: libz3.so.4 or libz3.so, or what WFCHECK_LIBZ3 names. NULL, or the
/// reason why it cannot be loaded.
const char *cz3_load(void);

/// A context whose errors are values: one that was given back, or a new one. NULL: there is none.
/// Threads: any.
cz3_context cz3_take(void);

/// Keeps the context for the next cz3_take, with the terms in it; its solvers are gone. One whose
/// last query ended in an error, or that was interrupted, which may cancel what comes later, is
/// deleted instead, and so are those that are too many.
/// Threads: any.
void cz3_give_back(cz3_context context, bool is_broken);

/// Contexts that were made so far: how well they are used again.
unsigned cz3_context_count(void);

/// What went wrong in the last call; NULL if nothing did.
const char *cz3_error(cz3_context context);

/// A call that may never return: some procedures of Z3 heed neither time limits nor interrupts.
typedef struct {
  void (*body)(void *argument);
  /// Whether somebody wants it to end: looked at fifty times a second, by who waits.
  bool (*is_stopped)(void *argument);
  /// Called once, after body or instead of it.
  void (*release)(void *argument);
  void *argument;
  /// Where body calls, and nobody else while it runs.
  cz3_context context;
  unsigned milliseconds;
} cz3_call;

typedef enum {
  CZ3_ENDED,
  /// It ended, after an interrupt, which the context may keep: it is broken.
  CZ3_INTERRUPTED,
  /// It still runs, on a thread of its own: what it uses must not be touched any more.
  CZ3_ABANDONED,
  /// It was not run, as too many still do.
  CZ3_REFUSED
} cz3_end;

/// Runs a call on a thread for such calls, interrupts it when its time is up or it is stopped, and
/// abandons it when it does not end 0.3 s later. The process can exit all the same.
/// Threads: any.
cz3_end cz3_run(const cz3_call *call);

/// Calls that were abandoned and still run.
int cz3_abandoned_count(void);

// X(result, name, parameters, arguments)
#define CZ3_FUNCTIONS(X)                                                                           \
  X(void, del_context, (cz3_context c), (c))                                                       \
  X(void, interrupt, (cz3_context c), (c))                                                         \
  X(cz3_symbol, mk_string_symbol, (cz3_context c, const char *s), (c, s))                          \
  X(cz3_sort, mk_bool_sort, (cz3_context c), (c))                                                  \
  X(cz3_sort, mk_int_sort, (cz3_context c), (c))                                                   \
  X(cz3_sort, mk_real_sort, (cz3_context c), (c))                                                  \
  X(cz3_sort, mk_string_sort, (cz3_context c), (c))                                                \
  X(cz3_ast, mk_const, (cz3_context c, cz3_symbol s, cz3_sort t), (c, s, t))                       \
  X(cz3_ast, mk_fresh_const, (cz3_context c, const char *p, cz3_sort t), (c, p, t))                \
  X(cz3_ast, mk_true, (cz3_context c), (c))                                                        \
  X(cz3_ast, mk_false, (cz3_context c), (c))                                                       \
  X(cz3_ast, mk_numeral, (cz3_context c, const char *s, cz3_sort t), (c, s, t))                    \
  X(cz3_ast, mk_string, (cz3_context c, const char *s), (c, s))                                    \
  X(cz3_ast, mk_eq, (cz3_context c, cz3_ast l, cz3_ast r), (c, l, r))                              \
  X(cz3_ast, mk_not, (cz3_context c, cz3_ast a), (c, a))                                           \
  X(cz3_ast, mk_ite, (cz3_context c, cz3_ast i, cz3_ast t, cz3_ast e), (c, i, t, e))               \
  X(cz3_ast, mk_implies, (cz3_context c, cz3_ast l, cz3_ast r), (c, l, r))                         \
  X(cz3_ast, mk_and, (cz3_context c, unsigned n, const cz3_ast *a), (c, n, a))                     \
  X(cz3_ast, mk_or, (cz3_context c, unsigned n, const cz3_ast *a), (c, n, a))                      \
  X(cz3_ast, mk_atmost, (cz3_context c, unsigned n, const cz3_ast *a, unsigned k), (c, n, a, k))   \
  X(cz3_ast, mk_add, (cz3_context c, unsigned n, const cz3_ast *a), (c, n, a))                     \
  X(cz3_ast, mk_sub, (cz3_context c, unsigned n, const cz3_ast *a), (c, n, a))                     \
  X(cz3_ast, mk_mul, (cz3_context c, unsigned n, const cz3_ast *a), (c, n, a))                     \
  X(cz3_ast, mk_div, (cz3_context c, cz3_ast l, cz3_ast r), (c, l, r))                             \
  X(cz3_ast, mk_lt, (cz3_context c, cz3_ast l, cz3_ast r), (c, l, r))                              \
  X(cz3_ast, mk_le, (cz3_context c, cz3_ast l, cz3_ast r), (c, l, r))                              \
  X(cz3_ast, mk_int2real, (cz3_context c, cz3_ast a), (c, a))                                      \
  X(cz3_params, mk_params, (cz3_context c), (c))                                                   \
  X(void, params_inc_ref, (cz3_context c, cz3_params p), (c, p))                                   \
  X(void, params_dec_ref, (cz3_context c, cz3_params p), (c, p))                                   \
  X(void, params_set_uint, (cz3_context c, cz3_params p, cz3_symbol k, unsigned v), (c, p, k, v))  \
  X(void, params_set_bool, (cz3_context c, cz3_params p, cz3_symbol k, bool v), (c, p, k, v))      \
  X(cz3_ast, translate, (cz3_context c, cz3_ast a, cz3_context t), (c, a, t))                      \
  X(cz3_solver, mk_solver, (cz3_context c), (c))                                                   \
  X(void, solver_inc_ref, (cz3_context c, cz3_solver s), (c, s))                                   \
  X(void, solver_dec_ref, (cz3_context c, cz3_solver s), (c, s))                                   \
  X(void, solver_set_params, (cz3_context c, cz3_solver s, cz3_params p), (c, s, p))               \
  X(void, solver_assert, (cz3_context c, cz3_solver s, cz3_ast a), (c, s, a))                      \
  X(cz3_ast_vector, solver_get_assertions, (cz3_context c, cz3_solver s), (c, s))                  \
  X(int, solver_check_assumptions,                                                                 \
    (cz3_context c, cz3_solver s, unsigned n, const cz3_ast *a), (c, s, n, a))                     \
  X(cz3_model, solver_get_model, (cz3_context c, cz3_solver s), (c, s))                            \
  X(cz3_ast_vector, solver_get_unsat_core, (cz3_context c, cz3_solver s), (c, s))                  \
  X(const char *, solver_get_reason_unknown, (cz3_context c, cz3_solver s), (c, s))                \
  X(void, solver_push, (cz3_context c, cz3_solver s), (c, s))                                      \
  X(void, solver_pop, (cz3_context c, cz3_solver s, unsigned n), (c, s, n))                        \
  X(cz3_optimize, mk_optimize, (cz3_context c), (c))                                               \
  X(void, optimize_inc_ref, (cz3_context c, cz3_optimize o), (c, o))                               \
  X(void, optimize_dec_ref, (cz3_context c, cz3_optimize o), (c, o))                               \
  X(void, optimize_set_params, (cz3_context c, cz3_optimize o, cz3_params p), (c, o, p))           \
  X(void, optimize_assert, (cz3_context c, cz3_optimize o, cz3_ast a), (c, o, a))                  \
  X(unsigned, optimize_assert_soft,                                                                \
    (cz3_context c, cz3_optimize o, cz3_ast a, const char *w, cz3_symbol id), (c, o, a, w, id))    \
  X(unsigned, optimize_maximize, (cz3_context c, cz3_optimize o, cz3_ast t), (c, o, t))            \
  X(unsigned, optimize_minimize, (cz3_context c, cz3_optimize o, cz3_ast t), (c, o, t))            \
  X(cz3_ast_vector, optimize_get_lower_as_vector,                                                  \
    (cz3_context c, cz3_optimize o, unsigned i), (c, o, i))                                        \
  X(cz3_ast_vector, optimize_get_upper_as_vector,                                                  \
    (cz3_context c, cz3_optimize o, unsigned i), (c, o, i))                                        \
  X(int, optimize_check,                                                                           \
    (cz3_context c, cz3_optimize o, unsigned n, const cz3_ast *a), (c, o, n, a))                   \
  X(cz3_model, optimize_get_model, (cz3_context c, cz3_optimize o), (c, o))                        \
  X(const char *, optimize_get_reason_unknown, (cz3_context c, cz3_optimize o), (c, o))            \
  X(void, model_inc_ref, (cz3_context c, cz3_model m), (c, m))                                     \
  X(void, model_dec_ref, (cz3_context c, cz3_model m), (c, m))                                     \
  X(bool, model_eval,                                                                              \
    (cz3_context c, cz3_model m, cz3_ast t, bool all, cz3_ast *v), (c, m, t, all, v))              \
  X(void, ast_vector_inc_ref, (cz3_context c, cz3_ast_vector v), (c, v))                           \
  X(void, ast_vector_dec_ref, (cz3_context c, cz3_ast_vector v), (c, v))                           \
  X(unsigned, ast_vector_size, (cz3_context c, cz3_ast_vector v), (c, v))                          \
  X(cz3_ast, ast_vector_get, (cz3_context c, cz3_ast_vector v, unsigned i), (c, v, i))             \
  X(int, get_bool_value, (cz3_context c, cz3_ast a), (c, a))                                       \
  X(bool, is_numeral_ast, (cz3_context c, cz3_ast a), (c, a))                                      \
  X(const char *, get_numeral_string, (cz3_context c, cz3_ast a), (c, a))                          \
  X(bool, is_string, (cz3_context c, cz3_ast a), (c, a))                                           \
  X(const char *, get_string, (cz3_context c, cz3_ast a), (c, a))                                  \
  X(const char *, ast_to_string, (cz3_context c, cz3_ast a), (c, a))

#define CZ3_DECLARE(result, name, parameters, arguments) result cz3_##name parameters;
CZ3_FUNCTIONS(CZ3_DECLARE)
#undef CZ3_DECLARE

#endif
