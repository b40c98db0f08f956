/* Peterson's mutual exclusion for N processes, as model "peterson" of the BEEM database
 * (R. Pelánek, "BEEM: Benchmarks for explicit model checkers", SPIN 2007).
 *
 * State: pos[N], step[N]; per process its place, j and k, which are never reset.
 * One d_step is one guarded command.
 */
#ifndef N
#define N 3
#endif
#if N > 7
#error "j and k have three bits"
#endif

byte pos[N], step[N];

active [N] proctype process() {
  unsigned j : 3, k : 3;

idle:
  j = 1;
loop:
  if
  :: d_step { j < N -> pos[_pid] = j }
  :: j == N -> goto critical
  fi;
set:
  d_step { step[j - 1] = _pid; k = 0 };
scan:
  if
  :: d_step { k < N && (k == _pid || pos[k] < j) -> k++ }; goto scan
  :: d_step { step[j - 1] != _pid || k == N -> j++ }; goto loop
  fi;
critical:
  pos[_pid] = 0;
  goto idle
}
