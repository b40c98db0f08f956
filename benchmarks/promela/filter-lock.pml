/* The filter lock of G. L. Peterson, "Myths about the mutual exclusion problem",
 * Information Processing Letters 12 (3), 1981: N - 1 levels, each holds back one process.
 *
 * State: level[N], last[N]; per process its place, j (level being entered) and k (scan index).
 * One d_step is one guarded command. j and k are 0 wherever they are dead.
 */
#ifndef N
#define N 3
#endif
#if N > 7
#error "j and k have three bits"
#endif

byte level[N], last[N];

active [N] proctype process() {
  unsigned j : 3, k : 3;

idle:
  j = 1;
loop:
  if
  :: d_step { j < N -> level[_pid] = j }
  :: d_step { j == N -> j = 0 }; goto critical
  fi;
set:
  d_step { last[j] = _pid; k = 0 };
scan:
  if
  :: d_step { k < N && (k == _pid || level[k] < j || last[j] != _pid) -> k++ }; goto scan
  :: d_step { k == N -> j++; k = 0 }; goto loop
  fi;
critical:
  level[_pid] = 0;
  goto idle
}
