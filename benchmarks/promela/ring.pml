/* Leader election on a one-way ring: D. Dolev, M. Klawe, M. Rodeh, "An O(n log n) unidirectional
 * distributed algorithm for extrema finding in a circle", Journal of Algorithms 3 (3), 1982.
 * To receive and to react are two steps.
 *
 * State: one queue into each node; leaders; per node its place, number, active, know, received,
 * max and neighbour. A finished node is all zero. One d_step, or one receive, is one guarded
 * command.
 */
#ifndef N
#define N 5
#endif
#if N > 15
#error "numbers have four bits"
#endif
#ifndef CAPACITY
#define CAPACITY 2
#endif
#define OWN (1 + (_pid * 3 + 2) % N)
#define OUT queue[(_pid + 1) % N]
#define ROOM (len(OUT) < CAPACITY)

#define ONE 1
#define TWO 2
#define WINNER 3

#define FINISH \
  leaders = leaders + (received == number); \
  number = 0; received = 0; max = 0; neighbour = 0; isActive = 0; know = 0

chan queue[N] = [CAPACITY] of { byte, byte };
byte leaders;

active [N] proctype node() {
  unsigned number : 4, received : 4, max : 4, neighbour : 4;
  bit isActive, know;

start:
  d_step { ROOM -> number = OWN; isActive = 1; max = OWN; OUT!ONE(OWN) };
wait:
  if
  :: queue[_pid]?ONE(received); goto gotOne
  :: queue[_pid]?TWO(received); goto gotTwo
  :: queue[_pid]?WINNER(received); goto gotWinner
  fi;
gotOne:
  if
  :: d_step { !isActive && ROOM -> OUT!ONE(received); received = 0 }
  :: d_step { isActive && received != max && ROOM ->
       OUT!TWO(received); neighbour = received; received = 0 }
  :: d_step { isActive && received == max && ROOM ->
       OUT!WINNER(received); know = 1; received = 0 }
  fi;
  goto wait;
gotTwo:
  if
  :: d_step { isActive && !(neighbour > received && neighbour > max) ->
       isActive = 0; received = 0; neighbour = 0 }
  :: d_step { isActive && neighbour > received && neighbour > max && ROOM ->
       OUT!ONE(neighbour); max = neighbour; received = 0; neighbour = 0 }
  :: d_step { !isActive && ROOM -> OUT!TWO(received); received = 0 }
  fi;
  goto wait;
gotWinner:
  if
  :: d_step { know -> FINISH }
  :: d_step { !know && ROOM -> OUT!WINNER(received); FINISH }
  fi;
endFinished:
  false
}
