/* N dining philosophers, all of whom take the fork of their own number first, as model
 * "phils" of the BEEM database (R. Pelánek, SPIN 2007). It deadlocks.
 *
 * State: fork[N]; per philosopher its place. One d_step is one guarded command.
 */
#ifndef N
#define N 3
#endif
#define NEXT ((_pid + 1) % N)

bit fork[N];

active [N] proctype philosopher() {
  do
  :: d_step { !fork[_pid] -> fork[_pid] = 1 };
     d_step { !fork[NEXT] -> fork[NEXT] = 1 };
     fork[_pid] = 0;
     fork[NEXT] = 0
  od
}
