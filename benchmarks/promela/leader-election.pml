/* Leader election on a one-way ring (Dolev, Klawe, Rodeh 1982) in the fine steps of model
 * "leader_election" of the BEEM database (R. Pelánek, SPIN 2007).
 *
 * State: one queue into each node; leaders; per node its place, max, number, neighbour, know,
 * active and, between receiving a message and looking at it, the message's kind.
 * One d_step, or one simple statement, is one guarded command.
 */
#ifndef N
#define N 5
#endif
#ifndef CAPACITY
#define CAPACITY (2 * N)
#endif
#define NAME (((_pid + 9) * (_pid + 7) + 42) % 27)
#define OUT queue[(_pid + 1) % N]
#define ROOM (len(OUT) < CAPACITY)

#define WINNER 0
#define ONE 1
#define TWO 2

chan queue[N] = [CAPACITY] of { byte, byte };
byte leaders;

active [N] proctype node() {
  unsigned max : 5 = NAME;
  unsigned number : 5, neighbour : 5, kind : 2;
  bit know, isActive = 1;

start:
  d_step { ROOM -> OUT!ONE(NAME) };
endWait:
  queue[_pid]?kind(number);
got:
  if
  :: d_step { kind == ONE -> kind = 0 }; goto gotOne
  :: d_step { kind == TWO -> kind = 0 }; goto gotTwo
  :: kind == WINNER -> goto gotWinner
  fi;
gotOne:
  if
  :: isActive
  :: !isActive -> goto onePassive
  fi;
  if
  :: d_step { ROOM && number != max -> OUT!TWO(number); neighbour = number }
  :: d_step { ROOM && number == max -> OUT!WINNER(number); know = 1 }
  fi;
  goto endWait;
onePassive:
  if :: d_step { ROOM -> OUT!ONE(number) } fi;
  goto endWait;
gotTwo:
  if
  :: isActive
  :: !isActive -> goto twoPassive
  fi;
  if
  :: d_step { ROOM && neighbour > number && neighbour > max -> OUT!ONE(neighbour); max = neighbour }
  :: d_step { !(neighbour > number && neighbour > max) -> isActive = 0 }
  fi;
  goto endWait;
twoPassive:
  if :: d_step { ROOM -> OUT!TWO(number) } fi;
  goto endWait;
gotWinner:
  leaders = leaders + (number == NAME);
  if
  :: know
  :: d_step { !know && ROOM -> OUT!WINNER(number) }
  fi;
  goto endWait
}
