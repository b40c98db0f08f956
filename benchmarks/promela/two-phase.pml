/* Two-phase commit among N resource managers over a set of messages that never shrinks, as
 * TwoPhase.tla: J. Gray, L. Lamport, "Consensus on transaction commit", ACM TODS 31 (1), 2006.
 *
 * State: tm, heard (managers it has heard "prepared" from), said (Prepared(i) was sent), the
 * messages Commit and Abort; per manager its working state. One d_step is one guarded command.
 * The transaction manager's step on Prepared(i) is written in manager i, which makes it one
 * command for each i.
 */
#ifndef N
#define N 3
#endif
#define ALL ((1 << N) - 1)
#define ME (1 << _pid)

#define INIT 0
#define WORKING 0
#define PREPARED 1
#define COMMITTED 2
#define ABORTED 3

unsigned tm : 2, heard : N, said : N;
bit commit, abort;

active [N] proctype resourceManager() {
  unsigned rm : 2;

  do
  :: d_step { rm == WORKING -> rm = PREPARED; said = said | ME }
  :: d_step { rm == WORKING -> rm = ABORTED }
  :: d_step { tm == INIT && (said & ME) -> heard = heard | ME }
  :: d_step { commit -> rm = COMMITTED }
  :: d_step { abort -> rm = ABORTED }
  od
}

active proctype transactionManager() {
  do
  :: d_step { tm == INIT && heard == ALL -> tm = COMMITTED; commit = 1 }
  :: d_step { tm == INIT -> tm = ABORTED; abort = 1 }
  od
}
