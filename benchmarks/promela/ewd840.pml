/* Termination detection on a ring: E. W. Dijkstra, W. H. J. Feijen, A. J. M. van Gasteren,
 * "Derivation of a termination detection algorithm for distributed computations" (EWD 840), 1983.
 *
 * State: isActive[N], black[N], token position and colour. One d_step is one guarded command.
 * Every combination with a black token is initial: `choose` picks one in a single step and ends
 * at a place of its own, so there is one state more than in the problem, and N * 4^N transitions
 * that lead out of it.
 */
#ifndef N
#define N 3
#endif
#if N > 5
#error "add WAKE(5) and so on"
#endif
#define NOWHERE N

bit isActive[N], black[N], tokenBlack;
byte token = NOWHERE;

#define OTHER(d) ((_pid + d) % N)
#define WAKE(d) d_step { isActive[_pid] -> \
  isActive[OTHER(d)] = 1; black[_pid] = black[_pid] || OTHER(d) > _pid }

active [N] proctype node() {
  do
  :: d_step { token == _pid && _pid == 0 && (tokenBlack || black[0]) ->
       token = N - 1; tokenBlack = 0; black[0] = 0 }
  :: d_step { token == _pid && _pid > 0 && (!isActive[_pid] || black[_pid] || tokenBlack) ->
       token--; tokenBlack = tokenBlack || black[_pid]; black[_pid] = 0 }
  :: d_step { isActive[_pid] -> isActive[_pid] = 0 }
  :: WAKE(1)
  :: WAKE(2)
#if N > 3
  :: WAKE(3)
#endif
#if N > 4
  :: WAKE(4)
#endif
  od
}

active proctype choose() {
  byte i;

  atomic {
    do
    :: i < N ->
       if :: isActive[i] = 0 :: isActive[i] = 1 fi;
       if :: black[i] = 0 :: black[i] = 1 fi;
       i++
    :: i == N -> break
    od;
    i = 0;
    do
    :: i < N - 1 -> i++
    :: token = i; break
    od;
    tokenBlack = 1;
    i = 0
  };
  false
}
